import BreachReaders
import Testing

/// What may be a list: short lines, few of them empty, the first one short enough for a header.
@Suite struct ListSnifferTests {
  private static let texts: [(String, Int?)] = [
    ("氏名\n山田太郎\n", 6), ("氏名\r\n山田太郎\r\n鈴木花子", 6), ("mail\na@b.cc", 4),
    ("氏名", nil), ("", nil), ("\n氏名\n山田太郎\n", nil), ("氏名\n\n山田太郎\n", nil),
    ("\(x(60))\na\n", 60), ("\(x(61))\na\n", nil),
    ("a\n\(x(200))\n", 1), ("a\n\(x(201))\n", nil),
    // One line in ten may be empty.
    ("a\nb\nb\nb\nb\nb\nb\nb\nb\n\n", 1), ("a\nb\nb\nb\nb\nb\nb\nb\n\n", nil),
    ("a\u{1F}b\nc\n", nil),
  ]

  private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test(arguments: texts)
  func lists(text: String, header: Int?) {
    #expect(ListSniffer.header(of: Array(text.utf8)) == header.map { 0..<$0 })
  }
}
