internal import BreachModel

/// The look of a piece of text on a terminal.
enum TextStyle: String {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case alarm = "1;31"
  case open = "33"
}

/// Lines of a report for a terminal; whatever comes in is made safe to show.
struct TextPage {
  private(set) var text = ""
  private let colour: Bool
  private let width: Int
  /// Text is not squeezed into fewer columns.
  private static let narrowest = 16

  /// An empty page; less than 20 columns are taken as 20.
  init(_ options: ReportOptions) {
    colour = options.colour
    width = max(20, options.width)
  }

  /// Ends the line before, and leaves one empty.
  mutating func gap() {
    if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// A heading with an empty line before it.
  mutating func heading(_ title: String) {
    gap()
    line(title, style: .bold)
  }

  /// One line that is not wrapped.
  mutating func line(_ content: String, indent: Int = 0, style: TextStyle = .plain) {
    let content = displaySafe(content)
    text += String(repeating: " ", count: content.isEmpty ? 0 : indent)
    text += colour && style != .plain ? "\u{1B}[\(style.rawValue)m\(content)\u{1B}[0m" : content
    text += "\n"
  }

  /// A wrapped text, behind a label in the first of its lines; below it where the label leaves no room.
  mutating func paragraph(
    _ content: String,
    indent: Int = 0,
    label: String = "",
    labelWidth: Int = 0,
    style: TextStyle = .plain
  ) {
    let label = displaySafe(label)
    let margin = indent + max(labelWidth, DisplayWidth.of(label))
    if width - margin < Self.narrowest, !label.isEmpty {
      let indent = max(0, min(indent, width - DisplayWidth.of(label)))
      let blanks = label.reversed().prefix { $0 == " " }.count
      line(String(label.dropLast(blanks)), indent: indent)
      paragraph(content, indent: min(indent + 2, width - Self.narrowest), style: style)
      return
    }
    let lines = TextWrap.lines(displaySafe(content), width: max(Self.narrowest, width - margin))
    for (position, content) in lines.enumerated() {
      let lead = position == 0 ? label : ""
      let space = String(repeating: " ", count: indent)
      let padded = space + DisplayWidth.pad(lead, to: margin - indent, right: false)
      text += padded
      text += colour && style != .plain ? "\u{1B}[\(style.rawValue)m\(content)\u{1B}[0m" : content
      text += "\n"
    }
  }

  /// A table, two columns from the edge.
  mutating func table(_ table: TextTable, headed: Bool = true) {
    let (heading, rows) = table.lines(width: width)
    if headed, let heading { line(heading, indent: 2, style: .dim) }
    for row in rows { line(row, indent: 2) }
  }
}

/// Breaks text into lines: at spaces, and between full-width characters.
package enum TextWrap {
  /// The lines, at least one; a word wider than a line stands alone and whole.
  package static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for (atom, isSpaced) in atoms(text) {
      let size = DisplayWidth.of(atom)
      let space = isSpaced && !line.isEmpty ? 1 : 0
      if !line.isEmpty, used + space + size > width {
        lines.append(line)
        line = atom
        used = size
      } else {
        line += (space == 1 ? " " : "") + atom
        used += space + size
      }
    }
    lines.append(line)
    return lines
  }

  /// What may not be broken, and whether a space stands before it.
  private static func atoms(_ text: String) -> [(String, Bool)] {
    var atoms: [(text: String, isSpaced: Bool)] = []
    var isSpaced = false
    var joins = false
    for character in text {
      if character == " " {
        isSpaced = true
        joins = false
        continue
      }
      let isWide = character.unicodeScalars.contains { DisplayWidth.isWide($0.value) }
      // No line begins with a closing mark, and none ends with an opening one.
      let isClosing = "、。，．）」』】〉》！？：；ーぁぃぅぇぉっゃゅょァィゥェォッャュョ・々〜".contains(character)
      let mayBreak = isSpaced || atoms.isEmpty || (isWide && !isClosing && !joins)
      let afterWide = atoms.last?.text.unicodeScalars.last.map { DisplayWidth.isWide($0.value) }
      if mayBreak || (afterWide == true && !isClosing && !joins && !isWide) {
        atoms.append((String(character), isSpaced))
      } else {
        atoms[atoms.count - 1].text.append(character)
      }
      isSpaced = false
      joins = "（「『【〈《".contains(character)
    }
    return atoms.map { ($0.text, $0.isSpaced) }
  }
}
