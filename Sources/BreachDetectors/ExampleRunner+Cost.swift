internal import BreachBytes
internal import BreachModel

/// What a pattern without an anchor costs.
package struct SearchCost: Sendable, Hashable, CustomStringConvertible {
  /// Below `Patterns/`.
  package var path: String
  package var detector: String
  /// 1-based, among the text rules of the detector.
  package var pattern: Int
  /// Over the sample text.
  package var megabytesPerSecond: Double
  /// Lines of the sample that met a limit of pattern matching.
  package var limitedLines: Int

  package var description: String {
    let tenths = Int((megabytesPerSecond * 10).rounded())
    let speed = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
    let limits = limitedLines == 0 ? "" : " and meets the match limit in \(limitedLines) lines"
    return "\(path): warning: \(detector): pattern \(pattern) has no anchor; it is searched for in "
      + "all text at \(speed) MB/s\(limits). Give it an anchor, or a literal to begin with"
  }
}

extension ExampleRunner {
  private static let sampleBytes = 256 << 10
  /// Measuring one pattern ends after this much processor time.
  private static let longest = 1.0

  /// The rules without an anchor with what each costs, in file order.
  package func searchCosts() -> [SearchCost] {
    let free = set.detectors.flatMap { detector in
      detector.text.indices.filter { detector.text[$0].anchor == .none }.map { (detector, $0) }
    }
    guard !free.isEmpty else { return [] }
    let sample = Self.sample()
    return free.compactMap { detector, number in
      guard let pattern = detector.text[number].pattern else { return nil }
      let (speed, limited) = Self.measure(pattern, sample)
      return SearchCost(
        path: detector.path,
        detector: detector.id,
        pattern: number + 1,
        megabytesPerSecond: speed,
        limitedLines: limited
      )
    }
  }

  /// Megabytes a second over the sample, and how many of its lines met a limit.
  private static func measure(_ pattern: Pattern, _ sample: [[UInt8]]) -> (Double, Int) {
    let scratch = Scratch()
    let start = OwnProcess.threadSeconds
    var (bytes, limited, seconds) = (0, 0, 0.0)
    for (number, line) in sample.enumerated() {
      var at = 0
      search: while at < line.count {
        let (outcome, whole) = pattern.search(line.span, from: at, scratch)
        switch outcome {
        case .none: break search
        case .limit:
          limited += 1
          break search
        case .match: at = max(at + 1, whole.upperBound)
        }
      }
      bytes += line.count + 1
      if number % 64 == 63 {
        seconds = OwnProcess.threadSeconds - start
        if seconds > longest { break }
      }
    }
    seconds = OwnProcess.threadSeconds - start
    return (Double(bytes) / 1e6 / max(seconds, 1e-6), limited)
  }

  /// Lines of a log, a table, a document and a letter, the same each time.
  private static func sample() -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var (number, bytes) = (0, 0)
    while bytes < sampleBytes {
      let id = 100_000 + number * 7_919 % 900_000
      for line in [
        "2026-01-05 10:\(number % 60).\(id) INFO [worker-\(number % 8)] c.e.App - request \(id) took 12 ms",
        "\(id),山田 太郎,ヤマダ タロウ,東京都渋谷区神宮前\(number % 9)-2-3,03-1234-\(id % 10_000),2026/01/05",
        "{\"id\":\(id),\"path\":\"/api/v1/items/\(id)\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"}",
        "いつもお世話になっております。先日ご注文いただいた品物の発送について、ご連絡いたします。",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ................ 00000000000000000000000000000000",
      ] {
        lines.append(Array(line.utf8))
        bytes += line.utf8.count + 1
      }
      number += 1
    }
    return lines
  }
}
