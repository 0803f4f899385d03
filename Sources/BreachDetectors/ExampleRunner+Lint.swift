internal import BreachBytes
internal import BreachModel

/// What a detector's file has to be, apart from its examples holding.
extension ExampleRunner {
  /// Matches and misses that a detector of the program has to bring, each; a user's brings one.
  private static let enough = 8
  /// Bytes of an adversarial text: some windows and where it ends.
  private static let adversary = 1_024
  /// So many of PCRE2's steps, as `pcre2_set_match_limit` counts them, may a detector take in a window.
  ///
  /// The worst of the program's, that of addresses, takes 4,265, about 1 µs a byte.
  private static let steps: UInt32 = 5_000

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
        if isCostly(rule, of: detector) {
          fail(
            "pattern \(index + 1) takes more than \(Self.steps) steps in one window of adversarial text"
          )
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

  /// True when the pattern takes more steps than are allowed in some window of the worst texts of its
  /// anchor's alphabet.
  private func isCostly(_ rule: Detector.TextRule, of detector: Detector) -> Bool {
    guard let pattern = rule.pattern else { return false }
    let scratch = Scratch(matchLimit: Self.steps)
    let anchor = rule.anchor
    let window = anchor == .at ? 320 : anchor == .number ? 48 : anchor == .code ? 64 : 400
    for text in Self.adversaries(anchor, detector) {
      // No two candidates stand within four bytes.
      for at in stride(from: 0, to: text.count, by: 4) where pattern.canStart(with: text[at]) {
        let low = max(0, at - 16)
        let high = min(text.count, at + window)
        let outcome = pattern.interpret(text.span.extracting(low..<high), at: at - low, scratch)
        if case .limit = outcome { return true }
      }
    }
    return false
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
