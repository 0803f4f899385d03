import BreachBytes
import BreachReaders
import TestKit
import Testing

/// Mails and mailboxes, taken apart.
@Suite struct MailReaderTests {
  /// Everything that a mail gives, one line a thing.
  private func dump(
    _ bytes: [UInt8],
    isMailbox: Bool = false,
    piece: Int = .max
  ) throws -> [String] {
    let source = Pieces(bytes, piece)
    let reader = MailReader(source, head: bytes, isMailbox: isMailbox)
    var out: [String] = []
    while let event = try reader.next() {
      switch event {
      case .message(let number): out.append("message \(number)")
      case .headers(let headers):
        let text = MailHeaderText(headers.bytes)
        out.append("headers \(headers.line) \(String(decoding: text.bytes, as: UTF8.self))")
      case .part(let part):
        var body: [UInt8] = []
        while try reader.read(into: &body, upTo: piece == .max ? 1 << 20 : piece) > 0 {}
        if body.isEmpty { continue }
        let name = part.embedded ?? part.head.fileName ?? []
        out.append(
          "part \(part.number) \(part.head.type) \(String(decoding: name, as: UTF8.self))"
            + " \(part.line) \(String(decoding: body, as: UTF8.self))"
        )
        if !reader.strange.isEmpty {
          out.append("strange \(String(decoding: reader.strange, as: UTF8.self))")
        }
      }
    }
    #expect(reader.offset == bytes.count)
    if reader.isUnfinished { out.append("unfinished") }
    return out
  }

  private final class Pieces: ByteSource {
    private let bytes: [UInt8]
    private let most: Int
    private var at = 0
    init(_ bytes: [UInt8], _ most: Int) { (self.bytes, self.most) = (bytes, most) }
    var size: Int? { bytes.count }
    func seek(to offset: Int) -> Bool { false }
    func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
      let taken = min(count, most, bytes.count - at)
      buffer += bytes[at..<at + taken]
      at += taken
      return taken
    }
  }

  private static let mixed = """
    From: a@example.com
    Content-Type: multipart/mixed; boundary="b"

    before
    --bb
    --b
    Content-Type: text/plain

    one
    --bb
    --b
    Content-Type: multipart/alternative; boundary=bb

    --bb
    Content-Transfer-Encoding: quoted-printable

    two=20=
     more=3D
    --bb--
    --b \t
    Content-Disposition: attachment; filename="x.csv"
    Content-Transfer-Encoding: base64

    YQpi
    Yw==
    the list's footer
    --b--
    behind

    """

  private static let parts = [
    "headers 0 From: a@example.com\nContent-Type: multipart/mixed; boundary=\"b\"\n\n",
    "part  text/plain  3 before\n--bb",
    "headers 6 Content-Type: text/plain\n\n", "part 1 text/plain  8 one\n--bb",
    "headers 11 Content-Type: multipart/alternative; boundary=bb\n\n",
    "headers 14 Content-Transfer-Encoding: quoted-printable\n\n",
    "part 2.1 text/plain  16 two  more=",
    "headers 20 Content-Disposition: attachment; filename=\"x.csv\"\n"
      + "Content-Transfer-Encoding: base64\n\n",
    "part 3 text/plain x.csv 23 a\nbc", "strange the list's footer\n",
    "part  text/plain  27 behind\n",
  ]

  @Test(arguments: [1, 2, 3, 7, 64, Int.max]) func partsHoweverTheBytesCome(piece: Int) throws {
    #expect(try dump(Array(Self.mixed.utf8), piece: piece) == Self.parts)
  }

  @Test func lineEndsOfAllKinds() throws {
    for end in ["\r\n", "\r"] {
      let text = Self.mixed.replacingLineEnds(by: end)
      let plain = try dump(Array(text.utf8)).map {
        String(decoding: $0.utf8.filter { $0 != 0x0D }, as: UTF8.self)
      }
      #expect(plain == Self.parts)
    }
  }

  @Test func everyPrefixEnds() throws {
    let bytes = Array(Self.mixed.utf8)
    for length in 0..<bytes.count { _ = try dump(Array(bytes[..<length])) }
    #expect(try dump(Array(bytes[..<100])).last == "unfinished")
  }

  @Test func mailboxWithQuotedSeparatorAndWithoutClosing() throws {
    let text = """
      From a@example.com Thu Nov 26 10:00:00 2026
      Content-Type: multipart/mixed; boundary=x

      --x

      >From me 10:00 2026
      From b@example.com  Thu Nov 26 10:00:00 2026
      Subject: y

      From here on in 2026

      """
    #expect(
      try dump(Array(text.utf8), isMailbox: true) == [
        "message 1",
        "headers 0 From a@example.com Thu Nov 26 10:00:00 2026\n"
          + "Content-Type: multipart/mixed; boundary=x\n\n", "headers 4 \n",
        "part 1 text/plain  5 >From me 10:00 2026", "message 2",
        "headers 0 From b@example.com  Thu Nov 26 10:00:00 2026\nSubject: y\n\n",
        "part 1 text/plain  3 From here on in 2026\n",
      ]
    )
  }

  @Test func filesInRunningText() throws {
    let text = """
      From: a@example.com

      see
      begin 644 a.txt
      #86)C
      `
      end
      -----BEGIN PGP MESSAGE-----
      xyz
      -----END PGP MESSAGE-----
      bye

      """
    #expect(
      try dump(Array(text.utf8)) == [
        "headers 0 From: a@example.com\n\n", "part 1 text/plain  2 see\n",
        "part 1 application/octet-stream a.txt 4 abc",
        "part 1 application/octet-stream  8 -----BEGIN PGP MESSAGE-----\nxyz\n"
          + "-----END PGP MESSAGE-----\n", "part 1 text/plain  10 bye\n",
      ]
    )
  }

  @Test(arguments: [
    ("=?utf-8?B?5bGx55Sw?= <a@example.com>", "山田 <a@example.com>"),
    // One character in two words.
    ("=?utf-8?B?5bE=?= =?utf-8?B?seeUsA==?=", "山田"),
    ("=?UTF-8?Q?=E5=B1=B1_=E7=94=B0?= x", "山 田 x"),
    ("=?iso-2022-jp?B?GyRCOzNFRBsoQg==?=\r\n =?iso-2022-jp?B?GyRCMlY7UhsoQg==?=", "山田花子"),
    // The escape back to ASCII is missing.
    ("=?iso-2022-jp?B?GyRCOzNFRA==?= b", "山田 b"),
    ("=?gb2312?B?zfXQocP3?= x", "王小明 x"), ("=?euc-kr?B?seg=?=", "김"),
    ("=?big5?B?s68=?=", "陳"), ("=?koi8-r?B?6dfBzg==?=", "Иван"),
    ("=?utf-7?Q?+XHF1MA-?= b", "山田 b"), ("=?unicode-1-1-utf-7?Q?A+AGE-+-?=", "Aa+"),
    ("=?shift_jis?B?jlKTYw==?=", "山田"), ("=?iso-8859-1*en?q?Caf=E9?=", "Café"),
    // A wrong charset falls to what the bytes look like.
    ("=?us-ascii?B?5bGx55Sw?=", "山田"),
    ("=?utf-8?X?abc?= =?utf-8?B", "=?utf-8?X?abc?= =?utf-8?B"),
  ]) func encodedWords(_ written: String, _ plain: String) {
    let text = EncodedWords.decode(Array(written.utf8)[...])
    #expect(String(decoding: text.bytes, as: UTF8.self) == plain)
    #expect(text.unread == 0)
  }

  @Test func whatNoDecoderReadsIsCounted() {
    let text = EncodedWords.decode(Array("=?viscii?B?zfXQocP3?= x".utf8)[...])
    #expect(text.unread == 6)
  }

  @Test(arguments: [
    ("attachment; filename=\"a b.csv\"", "a b.csv"), ("attachment; filename=a.csv; x=1", "a.csv"),
    ("attachment; filename*=UTF-8''%E5%90%8D.csv", "名.csv"),
    ("attachment; filename*0*=utf-8'ja'%E5%90; filename*1*=%8D; filename*2=\".csv\"", "名.csv"),
    ("attachment; filename=\"=?utf-8?B?5ZCN?=.csv\"", "名.csv"),
    ("attachment (c; d); filename=\"a;b.csv\"", "a;b.csv"),
  ]) func fileNames(_ value: String, _ name: String) {
    var head = MailHead()
    head.add(Array("Content-Disposition: \(value)\n".utf8)[...])
    #expect(head.fileName.map { String(decoding: $0, as: UTF8.self) } == name)
    #expect(head.isAttachment)
  }

  @Test func whatIsMail() {
    func kind(_ text: String) -> Bool? { MailSniffer.isMailbox(Array(text.utf8).span) }
    #expect(kind("From: a@example.com\nSubject: x\n\nhello\n") == false)
    #expect(kind("\u{FEFF}From: a@example.com\nSubject: x\n\nhello\n") == false)
    #expect(kind("Content-Type: multipart/mixed; boundary=b1\n\n--b1\n") == false)
    #expect(kind("From a@example.com Thu Nov 26 10:00:00 2026\nSubject: x\n\n") == true)
    #expect(kind("From the desk of a friend, 2026\nSubject: x\n\n") == nil)
    #expect(kind("from: a\nto: b\nsubject: c\n") == nil)
    #expect(kind("Subject: a note\nDate: today\n\nx\n") == nil)
    #expect(kind("From: a\n\nx\n") == nil)
    #expect(kind("name,From: x\n1,2\n") == nil)
    #expect(kind("HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n") == nil)
  }

  @Test func htmlThatSaysTheSame() {
    let page = Array("<p>氏名：<b>高橋</b> 健<br>a&amp;b</p><a href='mailto:x@example.com'>mail</a>".utf8)
    let twin = MailAlternatives(html: page)
    #expect(twin.cover(Array("氏名：高橋　健\r\na & b\nmail <mailto:x@example.com>\n".utf8)))
    #expect(!twin.cover(Array("氏名：高橋 健\n電話\n".utf8)))
  }
}

extension String {
  fileprivate func replacingLineEnds(by end: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
  }
}
