package import BreachModel

/// Decides how decoded text is laid out.
package enum FormatSniffer {
  /// - Parameters:
  ///   - text: the beginning of the leaf, decoded.
  ///   - isWhole: `text` is all of it.
  /// - Returns: the format and its dialect; text when nothing else is plain.
  package static func sniff(_ text: [UInt8], isWhole: Bool) -> LeafFormat {
    if let markup = MarkupSniffer.format(text, isWhole: isWhole) { return markup }
    if let json = json(text, isWhole: isWhole) { return json }
    if let dialect = SQLSniffer.dialect(text) { return .sql(dialect) }
    if let dialect = EntrySniffer.dialect(text) { return .entries(dialect) }
    if FormSniffer.isForm(text, isWhole: isWhole) { return .form }
    if let dialect = CSVSniffer.dialect(text, isWhole: isWhole) { return .csv(dialect) }
    return .text
  }

  // MARK: JSON

  /// Text that is read to see whether it is JSON.
  private static let jsonProbe = 128 << 10

  private static func json(_ text: [UInt8], isWhole: Bool) -> LeafFormat? {
    var start = 0
    while start < text.count, text[start] <= 0x20 { start += 1 }
    guard start < text.count else { return nil }
    let opens = text[start] == 0x7B || text[start] == 0x5B
    if !opens && !mayHoldLines(text) { return nil }
    let probe = Array(text.prefix(jsonProbe))
    let isAll = isWhole && probe.count == text.count
    if opens {
      let document = JSONProbe(probe, linewise: false, isAll: isAll)
      if document.records > 0 && document.textStart == nil {
        return document.isLines ? .jsonLines : .json
      }
      if document.records == 0 && document.textStart == nil {
        // Nothing but brackets, or a record that is longer than the probe.
        return document.looksOpen ? .json : nil
      }
      let lines = JSONProbe(probe, linewise: true, isAll: isAll)
      if lines.goodLines > 0 && lines.goodLines >= lines.badLines { return .jsonLines }
      // Broken far behind a good beginning, it is a broken document.
      if let broken = document.textStart, broken >= max(200, probe.count / 2) { return .json }
      return nil
    }
    // Logs whose first line is something else.
    let lines = JSONProbe(probe, linewise: true, isAll: isAll)
    return lines.goodLines >= 3 && lines.goodLines > 4 * lines.badLines ? .jsonLines : nil
  }

  /// False when lines that begin with an object or array are not by far the most.
  ///
  /// The same bounds as on the lines that `JSONProbe` counts, on more that may be good: looking at all
  /// of a log as JSON would cost as much as searching it.
  private static func mayHoldLines(_ text: [UInt8]) -> Bool {
    let end = min(text.count, jsonProbe)
    var lineFeeds = LineFeeds()
    var good = 0
    var bad = 0
    var start = 0
    while start < end {
      let stop = lineFeeds.next(from: start, in: text)
      let first = token(text, from: start, to: stop)
      if first < stop {
        // A line of scalars, `"a","b"` or `1,2`, is a row of a table; one that the probe cuts off is
        // neither.
        if text[first] == 0x7B || text[first] == 0x5B {
          good += 1
        } else if stop < end {
          bad += 1
        }
      }
      start = stop + 1
    }
    return good >= 3 && good > 4 * bad
  }

  private static func token(_ text: [UInt8], from start: Int, to end: Int) -> Int {
    var at = start
    while at < end, text[at] == 0x20 || text[at] == 0x09 || text[at] == 0x0D || text[at] == 0x1E {
      at += 1
    }
    return at
  }

  /// What the reader of JSON makes of a probe.
  private struct JSONProbe {
    var records = 0
    /// Where what is no JSON begins.
    var textStart: Int?
    var goodLines = 0
    var badLines = 0
    /// Every value stands on a line of its own.
    var isLines = false
    /// Something has begun or ended, all of it JSON so far.
    var looksOpen = false

    init(_ text: [UInt8], linewise: Bool, isAll: Bool) {
      var framer = JSONFramer(linewise: linewise, columns: [])
      var batch = RecordBatch()
      let framed = framer.frame(text, from: 0, &batch.fields, &batch.records, atEnd: false)
      var good: Set<Int> = []
      var bad: Set<Int> = []
      for record in batch.records {
        if record.fieldCount > 0 {
          records += 1
          good.insert(record.line)
        } else {
          if textStart == nil { textStart = Int(record.start) }
          bad.insert(record.line)
        }
      }
      good.subtract(bad)
      goodLines = good.count
      badLines = bad.count
      looksOpen = framed < text.count || framer.state != .value
      isLines = Self.isLines(batch, text, isAll: isAll)
    }

    /// Root values begin lines, end lines, and there is more than one, or more to come.
    private static func isLines(_ batch: RecordBatch, _ text: [UInt8], isAll: Bool) -> Bool {
      var roots = 0
      for record in batch.records where record.depth == 0 && record.fieldCount > 0 {
        let (start, end) = (Int(record.start), Int(record.end))
        guard end <= text.count, start == 0 || text[start - 1] <= 0x20 else { return false }
        for at in start..<end where text[at] == 0x0A { return false }
        var next = end
        while next < text.count, text[next] == 0x20 || text[next] == 0x0D { next += 1 }
        guard next == text.count || text[next] == 0x0A else { return false }
        roots += 1
      }
      var first = 0
      while first < text.count, text[first] <= 0x20 { first += 1 }
      guard first < text.count, text[first] == 0x7B else { return false }
      return roots > 1 || (roots == 1 && !isAll)
    }
  }
}
