package import BreachBytes
package import BreachModel

/// What the first bytes of a leaf say it is.
package enum Content: Sendable, Equatable {
  case empty
  case container(ArchiveKind)
  /// `rival` is a charset that is hardly less plausible.
  case text(Charset, bomLength: Int, rival: Charset? = nil)
  /// One mail, or a mailbox of many.
  case mail(isMailbox: Bool)
  /// Holds no text by nature: fonts, compiled objects, media.
  case notText(String)
  /// Holds text that no reader here can reach; the name goes into the gap's message.
  case unsupported(String, GapReason)
}

/// Tells containers, text and the rest apart by magic numbers and charset; never by name.
package enum ContentSniffer {
  /// Bytes that a decision needs at most.
  package static let headSize = 1 << 20

  /// What `head` begins; `isWhole` says that it is all of the leaf.
  package static func sniff(_ head: Span<UInt8>, isWhole: Bool) -> Content {
    if head.isEmpty { return .empty }
    for magic in Magic.all where magic.matches(head) { return magic.content(head) }
    if isTar(head) { return .container(.tar) }
    if let content = CMS.content(head) { return content }
    if let isMailbox = MailSniffer.isMailbox(head) { return .mail(isMailbox: isMailbox) }
    let detected = CharsetDetector.detect(head, isWhole: isWhole)
    if detected.isText {
      return .text(detected.charset, bomLength: detected.bomLength, rival: detected.rival)
    }
    return .unsupported("data of an unknown kind", .unsupportedFormat)
  }

  /// A tar header: `ustar` at 257, or a checksum that is right (the old format has no magic).
  private static func isTar(_ head: Span<UInt8>) -> Bool {
    guard head.count >= 512 else { return false }
    var sum = 0
    for index in 0..<512 { sum += (148..<156).contains(index) ? 32 : Int(head[index]) }
    var stored = 0
    var digits = 0
    for index in 148..<156 where (0x30...0x37).contains(head[index]) {
      stored = stored << 3 | Int(head[index] - 0x30)
      digits += 1
    }
    return digits >= 4 && stored == sum && sum > 8 * 32
  }
}

/// One magic number.
private struct Magic: Sendable {
  var offset = 0
  var bytes: [UInt8]
  var content: @Sendable (Span<UInt8>) -> Content
  /// The magic could as well begin a text: a NUL has to follow soon.
  var isWeak = false

  init(_ bytes: [UInt8], at offset: Int = 0, _ content: Content) {
    self.offset = offset
    self.bytes = bytes
    self.content = { _ in content }
  }

  init(_ text: StaticString, at offset: Int = 0, isWeak: Bool = false, _ content: Content) {
    self.init(Array(String(describing: text).utf8), at: offset, content)
    self.isWeak = isWeak
  }

  func matches(_ head: Span<UInt8>) -> Bool {
    guard head.count >= offset + bytes.count else { return false }
    for index in bytes.indices where head[offset + index] != bytes[index] { return false }
    guard isWeak else { return true }
    for index in 0..<min(head.count, 64) where head[index] == 0 { return true }
    return false
  }

  private static func unread(_ name: String) -> Content { .unsupported(name, .unsupportedFormat) }
  private static func image(_ name: String) -> Content {
    .unsupported(name, .needsOCR)
  }

  static let all: [Magic] = {
    var zip = Magic([0x50, 0x4B, 0x03, 0x04], .container(.zip))
    zip.content = { head in
      switch officeKind(head) {
      case let kind?: .unsupported(kind, .unsupportedFormat)
      case nil: .container(.zip)
      }
    }
    let bzip2 = Content.container(.compressed)
    return [
      zip,
      Magic([0x50, 0x4B, 0x05, 0x06], .container(.zip)),
      Magic([0x1F, 0x8B, 0x08], .container(.compressed)),
      Magic([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4, bzip2),
      Magic([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4, bzip2),
      Magic([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .container(.compressed)),
      Magic([0x28, 0xB5, 0x2F, 0xFD], .container(.compressed)),
      Magic([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .container(.sevenZip)),
      Magic("Rar!\u{1A}\u{7}", unread("a RAR archive")),
      Magic("%PDF-", unread("a PDF document")),
      Magic([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], unread("an old Office document")),
      Magic("SQLite format 3\u{0}", unread("an SQLite database")),
      Magic("!BDN", isWeak: true, unread("an Outlook mailbox")),
      Magic("PAR1", isWeak: true, unread("a Parquet file")),
      Magic("Obj\u{1}", unread("an Avro file")),
      Magic("ElfFile\u{0}", unread("a Windows event log")),
      Magic([0x00, 0x01, 0x00, 0x00, 0x53, 0x74, 0x61, 0x6E], unread("an Access database")),
      Magic([0x78, 0x9F, 0x3E, 0x22], unread("an Outlook attachment (winmail.dat)")),
      Magic(
        "-----BEGIN PGP MESSAGE-----",
        .unsupported("an OpenPGP message", .needsPassword)
      ),
      Magic("\u{7F}ELF", .notText("elf")),
      Magic("MZ", isWeak: true, .notText("pe")),
      Magic([0xCA, 0xFE, 0xBA, 0xBE], .notText("class")),
      Magic("!<arch>\n", .notText("ar")),
      Magic([0x00, 0x61, 0x73, 0x6D], .notText("wasm")),
      Magic("wOFF", isWeak: true, .notText("font")),
      Magic("wOF2", isWeak: true, .notText("font")),
      Magic("OTTO", isWeak: true, .notText("font")),
      Magic([0x00, 0x01, 0x00, 0x00, 0x00], .notText("font")),
      Magic("ID3", isWeak: true, .notText("audio")),
      Magic("OggS", isWeak: true, .notText("audio")),
      Magic("fLaC", isWeak: true, .notText("audio")),
      Magic("ftyp", at: 4, isWeak: true, .notText("video")),
      Magic([0xFF, 0xD8, 0xFF], image("a JPEG image")),
      Magic([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], image("a PNG image")),
      Magic("GIF87a", image("a GIF image")),
      Magic("GIF89a", image("a GIF image")),
      Magic("WEBP", at: 8, isWeak: true, image("a WebP image")),
      Magic([0x49, 0x49, 0x2A, 0x00], image("a TIFF image")),
      Magic([0x4D, 0x4D, 0x00, 0x2A], image("a TIFF image")),
    ]
  }()

  /// Office documents are zips whose first members give them away.
  private static func officeKind(_ head: Span<UInt8>) -> String? {
    let markers: [(StaticString, String)] = [
      ("[Content_Types].xml", "an Office document"), ("mimetypeapplication/", "an OpenDocument"),
      ("xl/workbook.xml", "an Excel workbook"), ("word/document.xml", "a Word document"),
    ]
    let limit = min(head.count, 4_096)
    for (marker, name) in markers {
      let bytes = Array(String(describing: marker).utf8)
      var at = 0
      while at + bytes.count <= limit {
        var matched = 0
        while matched < bytes.count && head[at + matched] == bytes[matched] { matched += 1 }
        if matched == bytes.count { return name }
        at += 1
      }
    }
    return nil
  }
}

/// Cryptographic Message Syntax (RFC 5652), as S/MIME has it in attachments.
enum CMS {
  private static let identifier: [UInt8] = [
    0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07,
  ]

  /// What the outermost type says; nil where `head` is none.
  static func content(_ head: Span<UInt8>) -> Content? {
    guard head.count > 24, head[0] == 0x30 else { return nil }
    let start = head[1] < 0x80 ? 2 : head[1] == 0x80 ? 2 : 2 + Int(head[1] & 0x7F)
    guard start <= 6 else { return nil }
    for index in identifier.indices where head[start + index] != identifier[index] { return nil }
    switch head[start + identifier.count] {
    case 2:
      return holdsContent(head)
        ? .unsupported("a signed S/MIME message", .unsupportedFormat) : .notText("signature")
    case 3: return .unsupported("an encrypted S/MIME message", .needsPassword)
    default: return .unsupported("an S/MIME message", .unsupportedFormat)
    }
  }

  /// A signature that stands apart from what it signs names the type of the data and gives none.
  private static func holdsContent(_ head: Span<UInt8>) -> Bool {
    let data = identifier + [0x01]
    var at = 16
    while at + data.count + 1 < min(head.count, 256) {
      var same = 0
      while same < data.count, head[at + same] == data[same] { same += 1 }
      if same == data.count { return head[at + data.count] == 0xA0 }
      at += 1
    }
    return true
  }
}
