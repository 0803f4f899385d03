/// The rules of delimited files once more, as plainly as they can be written.
struct CSVReference {
  let text: [UInt8]
  let delimiter: UInt8
  private let longest = 1 << 20
  private(set) var records: [(line: Int, fields: [[UInt8]])] = []

  init(_ text: [UInt8], delimiter: UInt8 = 0x2C) {
    self.text = text
    self.delimiter = delimiter
    var at = 0
    var line = 1
    while at < text.count {
      var taken = record(at, quoted: true)
      if taken.map({ $0.end - at > longest }) ?? true { taken = record(at, quoted: false) }
      guard let taken else { break }
      if taken.fields != [[]] { records.append((line, taken.fields)) }
      for index in at..<min(text.count, taken.end + 1) where text[index] == 0x0A { line += 1 }
      if taken.end == text.count { line += 1 }
      at = taken.end + 1
    }
  }

  /// Nil when a quote stands open at the end.
  private func record(_ start: Int, quoted: Bool) -> (fields: [[UInt8]], end: Int)? {
    var fields: [[UInt8]] = []
    var at = start
    while true {
      let from = at
      if quoted, at < text.count, text[at] == 0x22 {
        guard let close = closingQuote(at + 1) else { return nil }
        at = close + 1
        while at < text.count, text[at] != delimiter, text[at] != 0x0A { at += 1 }
        let tail = stripped(close + 1, at).filter { $0 != 0x20 }
        fields.append(
          tail.isEmpty ? undoubled(Array(text[from + 1..<close])) : stripped(from, at)
        )
      } else {
        while at < text.count, text[at] != delimiter, text[at] != 0x0A { at += 1 }
        fields.append(stripped(from, at))
      }
      if at == text.count || text[at] == 0x0A { return (fields, at) }
      at += 1
    }
  }

  private func closingQuote(_ start: Int) -> Int? {
    var at = start
    while at < text.count {
      if text[at] == 0x22 {
        guard at + 1 < text.count, text[at + 1] == 0x22 else { return at }
        at += 1
      }
      at += 1
    }
    return nil
  }

  /// Without the CR of a line end.
  private func stripped(_ from: Int, _ to: Int) -> [UInt8] {
    let endsLine = to == text.count || text[to] == 0x0A
    let isReturn = endsLine && to > from && text[to - 1] == 0x0D
    return Array(text[from..<(isReturn ? to - 1 : to)])
  }

  private func undoubled(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      out.append(bytes[at])
      at += bytes[at] == 0x22 && at + 1 < bytes.count && bytes[at + 1] == 0x22 ? 2 : 1
    }
    return out
  }
}
