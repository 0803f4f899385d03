internal import BreachModel

/// A page of sentences and tables that is no report of one result: the answer of a command.
package struct Sheet {
  private enum Part {
    case heading(String)
    case line(String, isAlarm: Bool)
    case table([TextTable.Column], [[String]])
  }

  private let title: String
  private var parts: [Part] = []

  /// An empty page.
  package init(_ title: String) { self.title = title }

  /// Begins a section.
  package mutating func heading(_ text: String) { parts.append(.heading(text)) }

  /// Adds a sentence; an alarm stands out.
  package mutating func line(_ text: String, isAlarm: Bool = false) {
    parts.append(.line(text, isAlarm: isAlarm))
  }

  /// Adds a table with as many cells in each row as columns; nothing for no rows.
  package mutating func table(_ columns: [TextTable.Column], _ rows: [[String]]) {
    if !rows.isEmpty { parts.append(.table(columns, rows)) }
  }

  // MARK: formats

  /// For a terminal.
  package func text(_ options: ReportOptions) -> String {
    var page = TextPage(options)
    page.line(title, style: .bold)
    for part in parts {
      switch part {
      case .heading(let text): page.heading(text)
      case .line(let text, let isAlarm):
        page.paragraph(text, indent: 2, style: isAlarm ? .alarm : .plain)
      case .table(let columns, let rows):
        var table = TextTable(columns)
        for row in rows { table.add(row.map(displaySafe)) }
        page.table(table)
      }
    }
    return page.text
  }

  /// For a ticket or a wiki.
  package var markdown: String {
    func cells(_ texts: [String]) -> String {
      "| \(texts.map(MarkdownText.plain).joined(separator: " | ")) |\n"
    }
    var out = "# \(MarkdownText.plain(title))\n"
    for part in parts {
      switch part {
      case .heading(let text): out += "\n## \(MarkdownText.plain(text))\n"
      case .line(let text, let isAlarm):
        let plain = MarkdownText.plain(text)
        out += isAlarm ? "\n**\(plain)**\n" : "\n\(plain)\n"
      case .table(let columns, let rows):
        out += "\n" + cells(columns.map(\.title))
        out += "|" + columns.map { $0.right ? "---:|" : "---|" }.joined() + "\n"
        for row in rows { out += cells(row) }
      }
    }
    return out
  }

  /// One file for a browser: no script, no request.
  package func html(_ language: ReportLanguage) -> String {
    var out = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src '\(HTMLStyle.source)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex, nofollow">
      <title>\(markupSafe(title))</title>
      <style>\(HTMLStyle.sheet)</style>
      </head>
      <body>
      <header><h1>\(markupSafe(title))</h1></header>
      <main>

      """
    var caption = title
    for part in parts {
      switch part {
      case .heading(let text):
        caption = text
        out += "<h2>\(markupSafe(text))</h2>\n"
      case .line(let text, let isAlarm):
        out += "<p\(isAlarm ? " class=\"alarm\"" : "")>\(markupSafe(text))</p>\n"
      case .table(let columns, let rows): out += Self.html(columns, rows, markupSafe(caption))
      }
    }
    return out + "</main>\n</body>\n</html>\n"
  }

  private static func html(
    _ columns: [TextTable.Column],
    _ rows: [[String]],
    _ caption: String
  ) -> String {
    var out =
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(caption)\">\n"
      + "<table>\n<caption>\(caption)</caption>\n<thead><tr>"
    for column in columns {
      let side = column.right ? " class=\"n\"" : ""
      out += "<th scope=\"col\"\(side)>\(markupSafe(column.title))</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    for row in rows {
      let cells = zip(columns, row).enumerated().map { position, cell in
        let side = cell.0.right ? " class=\"n\"" : ""
        let text = markupSafe(cell.1)
        return position == 0
          ? "<th scope=\"row\"\(side)>\(text)</th>" : "<td\(side)>\(text)</td>"
      }
      out += "<tr>\(cells.joined())</tr>\n"
    }
    return out + "</tbody>\n</table>\n</div>\n"
  }
}
