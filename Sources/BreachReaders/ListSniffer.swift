package import BreachModel

/// Tells lists: one value a line, which a table of one column is, too.
package enum ListSniffer {
  private static let linesLookedAt = 400
  /// Bytes of the longest line of a list.
  private static let longestLine = 200
  /// Bytes of the longest first line, which names what is listed.
  private static let longestHeader = 60

  /// How a list is read: a byte that stands in no text parts its columns, so it has one.
  package static let dialect = CSVDialect(delimiter: 0x1F)

  /// The first line, where all lines are short and few are empty; nil where they are not.
  ///
  /// Whether it is a header, and the others are what it says, only who knows headers can tell.
  package static func header(of text: [UInt8]) -> Range<Int>? {
    var (lines, blank) = (0, 0)
    var start = 0
    var header = 0..<0
    while start < text.count, lines < linesLookedAt {
      var end = start
      while end < text.count, text[end] != 0x0A {
        guard text[end] != 0x1F, end - start < longestLine else { return nil }
        end += 1
      }
      let isEmpty = end == start || end == start + 1 && text[start] == 0x0D
      if lines == 0 {
        if isEmpty || end - start > longestHeader { return nil }
        header = start..<(text[end - 1] == 0x0D ? end - 1 : end)
      }
      blank += isEmpty ? 1 : 0
      lines += 1
      start = end + 1
    }
    return lines > 1 && blank * 10 <= lines ? header : nil
  }
}
