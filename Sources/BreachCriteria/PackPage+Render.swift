internal import BreachModel

extension PackPage {
  /// Markdown; what a pack says stands in it as text, never as markup.
  package var markdown: String {
    var out = ""
    for block in blocks {
      switch block {
      case .heading(let level, let text):
        out += String(repeating: "#", count: level) + " \(Self.escaped(text))\n\n"
      case .paragraph(let text): out += "\(Self.escaped(text))\n\n"
      case .list(let items):
        out += items.map { "- \(Self.escaped($0))\n" }.joined() + "\n"
      case .table(let columns, let rows):
        func row(_ cells: [String]) -> String {
          "| " + cells.map(Self.escaped).joined(separator: " | ") + " |\n"
        }
        out += row(columns) + "|" + String(repeating: "---|", count: columns.count) + "\n"
        out += rows.map(row).joined() + "\n"
      }
    }
    return out
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|", "*", "`", "<", ">", "[", "]", "\\": out += "\\\(scalar)"
      case "\n", "\r": out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// One page of HTML for several packs, without scripts and without anything from elsewhere.
  package static func html(_ pages: [PackPage], language: TemplateLanguage) -> String {
    let title = language == .ja ? "要件のパック" : "Criteria packs"
    var out = """
      <!DOCTYPE html>
      <html lang="\(language == .ja ? "ja" : "en")">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      body { font-family: sans-serif; max-width: 70em; margin: 2em auto; line-height: 1.5; }
      table { border-collapse: collapse; }
      th, td { border: 1px solid #999; padding: .3em .5em; text-align: left; vertical-align: top; }
      h1 { border-bottom: 3px solid #333; margin-top: 2em; }
      @media print { h1 { break-before: page; } tr { break-inside: avoid; } }
      </style>
      </head>
      <body>

      """
    for page in pages { out += page.html }
    return out + "</body>\n</html>\n"
  }

  private var html: String {
    var out = ""
    for block in blocks {
      switch block {
      case .heading(let level, let text): out += "<h\(level)>\(Self.linked(text))</h\(level)>\n"
      case .paragraph(let text): out += "<p>\(Self.linked(text))</p>\n"
      case .list(let items):
        out += "<ul>\n" + items.map { "<li>\(Self.linked($0))</li>\n" }.joined() + "</ul>\n"
      case .table(let columns, let rows):
        out += "<table>\n<tr>" + columns.map { "<th>\(Self.linked($0))</th>" }.joined() + "</tr>\n"
        for row in rows {
          out += "<tr>" + row.map { "<td>\(Self.linked($0))</td>" }.joined() + "</tr>\n"
        }
        out += "</table>\n"
      }
    }
    return out
  }

  /// Text with every character of markup escaped, and addresses of sources as links.
  private static func linked(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      var end = word.endIndex
      while end > word.startIndex, ";,)".contains(word[word.index(before: end)]) {
        end = word.index(before: end)
      }
      let address = String(word[..<end])
      let safe = markupSafe(String(word))
      guard address.hasPrefix("https://"), !address.contains("\"") else { return safe }
      let link = markupSafe(address)
      return "<a href=\"\(link)\">\(link)</a>" + markupSafe(String(word[end...]))
    }
    .joined(separator: " ")
  }
}
