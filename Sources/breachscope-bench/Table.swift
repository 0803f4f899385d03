import Foundation

/// The outcome as text for people.
enum Table {
  static func text(_ outcome: Outcome) -> String {
    var lines: [String] = []
    var corpora: [String] = []
    for entry in outcome.corpora where !corpora.contains(entry.corpus) {
      corpora.append(entry.corpus)
    }
    for corpus in corpora {
      let entries = outcome.corpora.filter { $0.corpus == corpus }
      guard let first = entries.first else { continue }
      let files = first.files > 1 ? ", \(first.files) files" : ""
      lines.append("\(corpus): \(number(Double(first.bytes) / 1e6, 1)) MB\(files)")
      lines.append(
        row(["tool", "jobs", "wall s", "CPU s", "MB/s", "vs rg", "peak MB"]) + "  hits (of truth)"
      )
      for entry in entries {
        let cells = [
          entry.tool, "\(entry.jobs)", number(entry.wall, 3), number(entry.cpu, 3),
          number(entry.megabytesPerSecond, 1), entry.ratio.map { number($0, 2) + "x" } ?? "-",
          number(Double(entry.peakBytes) / 1e6, 1),
        ]
        lines.append(row(cells) + "  " + hits(entry))
      }
      if first.files > 1 {
        for entry in entries where entry.tool == "breachscope" {
          let each = entry.wall / Double(entry.files) * 1e6
          lines.append("  \(number(each, 1)) us a file with \(entry.jobs) jobs")
        }
      }
      lines.append("")
    }
    for (name, milliseconds) in outcome.startMilliseconds.sorted(by: { $0.key < $1.key }) {
      lines.append("start, \(name): \(number(milliseconds, 1)) ms")
    }
    for reason in outcome.missing { lines.append("not measured: \(reason)") }
    lines.append(
      "MB/s and ratios: processor time of the whole process tree for one job, the clock for several."
    )
    return lines.joined(separator: "\n") + "\n"
  }

  static func text(_ curve: [Growth]) -> String {
    let head = ["records", "pairs", "MB", "wall s", "CPU s", "peak MB", "spool MB", "B / pair"]
    var lines = [wide(head) + "  persons (truth)"]
    for entry in curve {
      let cells = [
        "\(entry.records)", "\(entry.pairs)", number(Double(entry.bytes) / 1e6, 0),
        number(entry.wall, 1), number(entry.cpu, 1), number(Double(entry.peakBytes) / 1e6, 0),
        number(Double(entry.spoolBytes) / 1e6, 0), number(entry.bytesPerPair, 1),
      ]
      let persons = entry.persons.map(String.init).joined(separator: "/")
      lines.append(wide(cells) + "  \(persons) (\(entry.truth))")
    }
    lines.append("persons: at least/likely/at most; pairs: values of records; spool: most on disk.")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func wide(_ cells: [String]) -> String {
    cells.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }.joined(separator: " ")
  }

  private static func hits(_ entry: Measurement) -> String {
    let known = entry.hits.sorted { $0.key < $1.key }
    return known.map { name, count in
      let written = Corpus.types.first { $0.value == name }?.key ?? name
      return entry.truth[written].map { "\(written) \(count)/\($0)" } ?? "\(written) \(count)"
    }.joined(separator: ", ")
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [20, 5, 8, 8, 8, 8, 8]
    return zip(cells, widths).enumerated().map { position, cell in
      let room = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return position == 0 ? "  " + cell.0 + room : room + cell.0
    }.joined(separator: " ")
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
