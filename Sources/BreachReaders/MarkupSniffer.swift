internal import BreachModel

/// Tells XML and HTML from text that only holds some.
enum MarkupSniffer {
  /// Text that is looked at.
  private static let probe = 1 << 20

  static func format(_ text: [UInt8], isWhole: Bool) -> LeafFormat? {
    var start = 0
    while start < text.count, text[start] <= 0x20 { start += 1 }
    guard start + 2 < text.count, text[start] == 0x3C else { return nil }
    let next = text[start + 1]
    guard next == 0x21 || next == 0x3F || Markup.startsName(next) else { return nil }
    let isDeclared = begins(text, start, "<?xml")
    // Programs and templates are neither.
    if next == 0x3F && !isDeclared { return nil }
    if names(text, start, "<!doctype html") { return .html }
    let isAll = isWhole && text.count <= probe
    let head = text.count > probe ? Array(text[..<probe]) : text
    let found = XMLProbe(head, isWhole: isAll)
    if found.root == "html" { return .html }
    if !isDeclared && HTMLNames.opens(found.root) && found.ofHTML * 10 >= found.count * 9 {
      return isFragment(head, isWhole: isAll) ? .html : nil
    }
    guard found.closed > 0 else { return nil }
    // Where nothing says that it is XML, hardly anything may speak against it.
    let share = isDeclared ? 10 : 100
    return found.flaws * share <= found.count ? .xml(found.dialect) : nil
  }

  private static func begins(_ text: [UInt8], _ start: Int, _ word: String) -> Bool {
    text[start...].starts(with: word.utf8)
  }

  private static func names(_ text: [UInt8], _ start: Int, _ word: StaticString) -> Bool {
    let end = start + word.utf8CodeUnitCount
    return end <= text.count && Markup.equals(text.span, start..<end, word)
  }

  /// A page without its head: most lines begin with a tag, and no table of another kind is meant.
  private static func isFragment(_ text: [UInt8], isWhole: Bool) -> Bool {
    var (lines, tags, at) = (0, 0, 0)
    while at < text.count {
      while at < text.count, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
      guard at < text.count else { break }
      if text[at] > 0x20 {
        lines += 1
        if text[at] == 0x3C { tags += 1 }
      }
      while at < text.count, text[at] != 0x0A { at += 1 }
      at += 1
    }
    return tags * 10 >= lines * 6 && CSVSniffer.dialect(text, isWhole: isWhole) == nil
  }
}
