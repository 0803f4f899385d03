internal import BreachBytes
internal import BreachModel

/// What a detector's file has to be, apart from its examples holding.
extension ExampleRunner {
  /// Matches and misses that a detector of the program has to bring, each; a user's brings one.
  private static let enough = 8
  /// Bytes of an adversarial text.
  private static let adversary = 4_096
  /// Detectors may cost this much per byte of an adversarial text, in nanoseconds.
  private static let nanosecondsPerByte = 1_000.0

  /// Mistakes of the files, in file order.
  package func lint() -> [ExampleFailure] {
    var failures: [ExampleFailure] = []
    for detector in set.detectors {
      func fail(_ message: String) {
        failures.append(
          ExampleFailure(
            path: detector.path,
            line: 1,
            detector: detector.id,
            reason: .lint,
            message: message
          )
        )
      }
      let wanted = Self.id(ofPath: detector.path)
      if detector.id != wanted { fail("the id of a file at this path is \"\(wanted)\"") }
      if detector.source.isEmpty { fail("a source is missing") }
      let least = detector.isBuiltIn ? Self.enough : 1
      if detector.matches.count < least { fail("at least \(least) matches are needed") }
      if detector.misses.count < least { fail("at least \(least) misses are needed") }
      for (index, rule) in detector.text.enumerated() {
        if rule.anchor == .none {
          // What a user's pattern may cost is bounded by the clock, and told by `searchCosts`.
          if detector.isBuiltIn { fail("pattern \(index + 1) has no anchor") }
          continue
        }
        for problem in cost(of: rule, of: detector) {
          fail("pattern \(index + 1) \(problem)")
        }
      }
    }
    return failures
  }

  /// `detectors/jp/phone_number.yaml` → `jp.phone_number`.
  static func id(ofPath path: String) -> String {
    var parts = path.split(separator: "/")
    if parts.first == "detectors" { parts.removeFirst() }
    guard let file = parts.popLast() else { return "" }
    let name = file.hasSuffix(".yaml") ? file.dropLast(5) : file
    return (parts + [name]).joined(separator: ".")
  }

  // MARK: cost

  /// What a pattern costs on the worst texts of its anchor's alphabet; empty when that is bounded.
  private func cost(of rule: Detector.TextRule, of detector: Detector) -> [String] {
    guard let pattern = rule.pattern else { return [] }
    let scratch = Scratch()
    var worst = 0.0
    for text in Self.adversaries(rule.anchor, detector) {
      // The best of three, for the machine may be busy.
      var best = Double.infinity
      for _ in 0..<3 where best > Self.nanosecondsPerByte {
        guard let cost = spent(pattern, text, rule.anchor, scratch) else {
          return ["meets the match limit in one window"]
        }
        best = min(best, cost)
      }
      worst = max(worst, best)
    }
    guard worst > Self.nanosecondsPerByte else { return [] }
    return ["costs \(Int(worst)) ns a byte on adversarial text; 1,000 are allowed"]
  }

  /// Nanoseconds per byte of trying the pattern all over `text`; nil when it meets the match limit.
  private func spent(
    _ pattern: Pattern,
    _ text: [UInt8],
    _ anchor: Detector.Anchor,
    _ scratch: Scratch
  ) -> Double? {
    let window = anchor == .at ? 320 : anchor == .number ? 48 : anchor == .code ? 64 : 400
    let clock = ContinuousClock()
    let start = clock.now
    // No two candidates stand within four bytes.
    for at in stride(from: 0, to: text.count, by: 4) where pattern.canStart(with: text[at]) {
      let low = max(0, at - 16)
      let high = min(text.count, at + window)
      let outcome = pattern.match(text.span.extracting(low..<high), at: at - low, scratch)
      if case .limit = outcome { return nil }
    }
    let elapsed = start.duration(to: clock.now).components
    return (Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9) / Double(text.count)
  }

  /// Texts that make a pattern work: runs of its alphabet that nearly match.
  private static func adversaries(_ anchor: Detector.Anchor, _ detector: Detector) -> [[UInt8]] {
    var units: [String] =
      switch anchor {
      case .at: ["a", "a.", "a-", "a@", "a@a.", "a.a@a-", "0@a.a."]
      case .number:
        ["0", "1", "4", "09", "0-", "0(", "03-1", "4000 ", "4000-", "1980/", "+81-", "0/"]
      case .code: ["A", "AB12", "1", "A1 ", "AB12 1234 "]
      case .literal, .label, .honorific, .closing, .form, .none:
        ["東", "市", "あ", "ア", "1", "1-", "丁目", "東1", "区の", "a", "１", " 1"]
      }
    for literal in detector.literals.prefix(4) {
      let word = String(decoding: literal, as: UTF8.self)
      units += [word, word + "市", word + "東東東", word + "1-"]
    }
    return units.map { unit in
      let bytes = Array(unit.utf8)
      return [UInt8]((0..<adversary).map { bytes[$0 % bytes.count] })
    }
  }
}
