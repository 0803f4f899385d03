internal import BreachModel

/// Charts are SVG whose widths are shares and whose texts are not scaled: they fit a phone and a
/// page of paper alike.
extension HTMLPage {
  private static let step = 34

  /// A share of a whole as `12.34%`.
  private static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0%" }
    // Multiplied in floating point: counts of bytes times ten thousand leave 64 bits.
    let hundredths = Int((Double(min(part, whole)) / Double(whole) * 10_000).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
  }

  private mutating func beginChart(_ id: String, _ title: LocalizedText, height: Int) {
    put("<figure id=\"\(id)\">\n<figcaption>\(words(title))</figcaption>\n")
    put("<svg role=\"img\" aria-labelledby=\"\(id)-title\" width=\"100%\" height=\"\(height)\">")
    put("<title id=\"\(id)-title\">\(words(title))</title>\n")
  }

  private mutating func endChart() { put("</svg>\n</figure>\n") }

  private mutating func bar(_ style: String, x: String = "0%", width: String, y: Int, height: Int) {
    put(
      "<rect class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\"/>"
    )
  }

  /// A name and an amount above a bar.
  private mutating func label(_ text: String, _ amount: String, y: Int) {
    put("<text x=\"0\" y=\"\(y)\">\(Self.escaped(text))</text>")
    put("<text class=\"l\" x=\"100%\" y=\"\(y)\" text-anchor=\"end\">")
    put("\(Self.escaped(amount))</text>\n")
  }

  /// From the least to the most, and what the unread part could add.
  mutating func rangeChart(_ count: PersonCount, couldAdd: Int) {
    let whole = count.high + couldAdd
    guard whole > 0 else { return }
    put("<svg role=\"img\" aria-labelledby=\"range-title\" width=\"100%\" height=\"18\">")
    put("<title id=\"range-title\">\(words(Messages.rangeChart))</title>")
    bar("may", width: Self.share(count.high, of: whole), y: 3, height: 12)
    bar("sure", width: Self.share(count.low, of: whole), y: 3, height: 12)
    let likely = Self.share(count.likely, of: whole)
    put("<rect class=\"tick\" x=\"\(likely)\" y=\"0\" width=\"2\" height=\"18\"/>")
    if couldAdd > 0 {
      let x = Self.share(count.high, of: whole)
      bar("could", x: x, width: Self.share(couldAdd, of: whole), y: 3, height: 12)
    }
    put("</svg>\n")
  }

  /// Persons by type, each from the least to the most.
  mutating func typesChart() {
    let counts = DataType.allCases.compactMap { type in
      result.persons?.byType[type].map { (name: name(type), count: $0) }
    }.filter { $0.count.high > 0 }
    guard let most = counts.map(\.count.high).max() else { return }
    beginChart("chart-types", Messages.typesChart, height: counts.count * Self.step)
    for (position, entry) in counts.enumerated() {
      let y = position * Self.step
      let likely = group(entry.count.likely)
      let amount =
        entry.count.low == entry.count.high ? likely : "\(likely) (\(range(entry.count)))"
      label(entry.name, amount, y: y + 14)
      bar("may", width: Self.share(entry.count.high, of: most), y: y + 19, height: 10)
      bar("sure", width: Self.share(entry.count.low, of: most), y: y + 19, height: 10)
      put("\n")
    }
    endChart()
  }

  /// From rows to persons, each step as wide as what is left.
  mutating func funnelChart(_ steps: [(name: String, count: Int)]) {
    guard let most = steps.map(\.count).max(), most > 0 else { return }
    beginChart("chart-funnel", Messages.funnelChart, height: steps.count * Self.step)
    for (position, step) in steps.enumerated() {
      let y = position * Self.step
      label(step.name, group(step.count), y: y + 14)
      let x = Self.share(most - step.count, of: 2 * most)
      let isLast = position == steps.count - 1
      let width = Self.share(step.count, of: most)
      bar(isLast ? "sure" : "may", x: x, width: width, y: y + 19, height: 12)
      put("\n")
    }
    endChart()
  }

  /// The duties that name a day, from the day of the scan to the last of them.
  mutating func timelineChart() {
    func day(_ text: String) -> Int? { CivilDate(String(text.prefix(10)))?.dayNumber }
    let dated = duties.compactMap { duty in
      duty.due.flatMap(day).map { (duty: duty, from: duty.from.flatMap(day) ?? $0, to: $0) }
    }
    let scan = day(result.run.started)
    let days = dated.flatMap { [$0.from, $0.to] } + [scan].compactMap(\.self)
    guard !dated.isEmpty, let first = days.min(), let last = days.max() else { return }
    let whole = max(1, last - first)
    // Marks stand between 1 % and 98 %, so that none is cut off at an edge.
    func place(_ day: Int) -> String { Self.share((day - first) * 97 + whole, of: whole * 100) }
    let rows = dated.count + (scan == nil ? 0 : 1)
    beginChart("chart-timeline", Messages.timelineChart, height: rows * Self.step)
    var y = 0
    if let scan {
      label(say(Messages.scanDay), CivilDate(dayNumber: scan).description, y: 14)
      strip(y: 0)
      put("<rect class=\"tick\" x=\"\(place(scan))\" y=\"17\" width=\"3\" height=\"14\"/>\n")
      y = Self.step
    }
    for entry in dated {
      label(say(entry.duty.title), due(entry.duty), y: y + 14)
      strip(y: y)
      if entry.from < entry.to {
        let width = Self.share((entry.to - entry.from) * 97, of: whole * 100)
        bar("may", x: place(entry.from), width: width, y: y + 19, height: 10)
      }
      let x = place(entry.to)
      put("<rect class=\"lost\" x=\"\(x)\" y=\"\(y + 17)\" width=\"5\" height=\"14\"/>\n")
      y += Self.step
    }
    endChart()
  }

  private mutating func strip(y: Int) { bar("none", width: "100%", y: y + 23, height: 2) }

  /// How much was read, holds no text, and was not read.
  mutating func coverageChart() {
    let coverage = result.coverage
    let lost = coverage.gaps.knownBytes
    let whole = max(coverage.bytes, coverage.readBytes.clampedSum(lost))
    guard whole > 0 else { return }
    let other = whole - coverage.readBytes - lost
    let parts: [(String, LocalizedText, Int)] = [
      ("sure", Messages.read, coverage.readBytes), ("none", Messages.notText, other),
      ("lost", Messages.unread, lost),
    ]
    let shown = parts.filter { $0.2 > 0 }
    beginChart("chart-coverage", Messages.coverageChart, height: 24 + 20 * shown.count)
    var start = 0
    for (style, _, bytes) in shown {
      let x = Self.share(start, of: whole)
      // The smallest part is still seen.
      bar(style, x: x, width: Self.share(max(bytes, whole / 200), of: whole), y: 0, height: 14)
      start += bytes
    }
    for (position, part) in shown.enumerated() {
      let y = 34 + 20 * position
      put("<rect class=\"\(part.0)\" x=\"0\" y=\"\(y - 10)\" width=\"10\" height=\"10\"/>")
      let text = "\(say(part.1)): \(say(byteText(part.2))) (\(Self.share(part.2, of: whole)))"
      put("<text x=\"16\" y=\"\(y)\">\(Self.escaped(text))</text>\n")
    }
    endChart()
  }
}
