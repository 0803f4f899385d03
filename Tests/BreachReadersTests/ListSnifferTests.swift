import BreachReaders
import Testing

/// What may be a list: short lines, few of them empty, the first one short enough for a header.
@Suite struct ListSnifferTests {
  @Test(arguments: [
    ("氏名\n山田太郎\n", true), ("氏名\r\n山田太郎\r\n鈴木花子", true), ("mail\na@b.cc", true),
    ("氏名", false), ("", false), ("\n氏名\n山田太郎\n", false), ("氏名\n\n山田太郎\n", false),
    (String(repeating: "x", count: 60) + "\na\n", true),
    (String(repeating: "x", count: 61) + "\na\n", false),
    ("a\n" + String(repeating: "x", count: 200) + "\n", true),
    ("a\n" + String(repeating: "x", count: 201) + "\n", false),
    // One line in ten may be empty.
    ("a\n" + String(repeating: "b\n", count: 8) + "\n", true),
    ("a\n" + String(repeating: "b\n", count: 7) + "\n", false),
    ("a\u{1F}b\nc\n", false),
  ])
  func lists(text: String, isList: Bool) {
    #expect(ListSniffer.mayBeList(Array(text.utf8)) == isList)
  }
}
