internal import BreachModel

/// A page that grows from its head to its end; each part of the report is an extension.
struct HTMLPage: ResultView {
  let content: ReportContent
  let language: ReportLanguage
  var bytes: [UInt8] = []
  /// Rows of one list; what is left out is counted below it.
  static let most = 1_000

  var result: ScanResult { content.result }

  /// An empty page.
  init(_ content: ReportContent, language: ReportLanguage) {
    self.content = content
    self.language = language
  }

  // MARK: - Writing

  /// Appends markup of our own.
  mutating func put(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// A text as it may stand between tags and in quoted attributes.
  static func escaped(_ text: String) -> String { markupSafe(text) }

  /// A text whose days stay in one piece.
  static func days(_ text: String) -> String {
    escaped(text).split(separator: " ", omittingEmptySubsequences: false).map { word in
      CivilDate(String(word)) == nil ? String(word) : "<span class=\"day\">\(word)</span>"
    }.joined(separator: " ")
  }

  /// A sentence of the catalogue, escaped.
  func words(_ text: LocalizedText) -> String { Self.escaped(say(text)) }

  // MARK: - Pieces

  /// What a cell of a table holds.
  enum Cell {
    case text(String)
    case number(Int)
    /// A range or another amount that keeps to the right.
    case amount(String)
    /// A name from the evidence, which may break anywhere.
    case name(String)
    /// A word that stands out, with the class that says how.
    case mark(String, String)
    /// Several texts below each other.
    case list([String])
    /// Days, which are not broken, and what is said of them.
    case days(String, [String])
  }

  /// A column and whether it keeps to the right.
  typealias Column = (title: LocalizedText, isNumber: Bool)

  /// Opens a section that the contents link to.
  mutating func section(_ id: String, _ title: LocalizedText) {
    put("<section id=\"\(id)\">\n<h2>\(words(title))</h2>\n")
  }

  mutating func endSection() { put("</section>\n") }

  /// A heading inside a section.
  mutating func subheading(_ title: LocalizedText) { put("<h3>\(words(title))</h3>\n") }

  mutating func paragraph(_ text: String, style: String? = nil) {
    let style = style.map { " class=\"\($0)\"" } ?? ""
    put("<p\(style)>\(Self.escaped(text))</p>\n")
  }

  /// A table that scrolls by itself where it is wider than the screen; its first column names rows.
  mutating func table(_ caption: LocalizedText, _ columns: [Column], _ rows: [[Cell]]) {
    beginTable(caption, columns)
    for cells in rows { row(cells) }
    endTable()
  }

  mutating func beginTable(_ caption: LocalizedText, _ columns: [Column]) {
    let label = words(caption)
    put("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(label)\">\n")
    let isFew = columns.count <= 3 && columns.dropFirst().allSatisfy(\.isNumber)
    put(isFew ? "<table class=\"few\">\n" : "<table>\n")
    put("<caption>\(label)</caption>\n<thead><tr>")
    for column in columns {
      put("<th scope=\"col\"\(column.isNumber ? " class=\"n\"" : "")>\(words(column.title))</th>")
    }
    put("</tr></thead>\n<tbody>\n")
  }

  mutating func row(_ cells: [Cell]) {
    put("<tr>")
    for (position, cell) in cells.enumerated() {
      let tag = position == 0 ? "th scope=\"row\"" : "td"
      let end = position == 0 ? "th" : "td"
      switch cell {
      case .text(let text): put("<\(tag)>\(Self.escaped(text))</\(end)>")
      case .number(let number): put("<\(tag) class=\"n\">\(group(number))</\(end)>")
      case .amount(let text): put("<\(tag) class=\"n\">\(Self.escaped(text))</\(end)>")
      case .name(let name):
        put("<\(tag) class=\"name\"><bdi>\(Self.escaped(name))</bdi></\(end)>")
      case .mark(let style, let text):
        put("<\(tag)><span class=\"mark \(style)\">\(Self.escaped(text))</span></\(end)>")
      case .list(let texts):
        put("<\(tag)>\(texts.map(Self.escaped).joined(separator: "<br>"))</\(end)>")
      case .days(let days, let words):
        let lines = [Self.days(days)] + words.map(Self.escaped)
        put("<\(tag)>\(lines.joined(separator: "<br>"))</\(end)>")
      }
    }
    put("</tr>\n")
  }

  mutating func endTable() { put("</tbody>\n</table>\n</div>\n") }

  /// How many rows a list leaves out, when any.
  mutating func more(_ number: Int) {
    if number > 0 { paragraph(say(Messages.more(number)), style: "note") }
  }

  /// A list of sentences.
  mutating func list(_ texts: [String]) {
    guard !texts.isEmpty else { return }
    put("<ul>\n")
    for text in texts { put("<li>\(Self.escaped(text))</li>\n") }
    put("</ul>\n")
  }

  /// A count as two cells: the likely number and its range.
  func cells(_ count: PersonCount?) -> [Cell] {
    guard let count else { return [.amount("-"), .amount("-")] }
    return [.number(count.likely), .amount(range(count))]
  }
}
