/// How many digits a match of a pattern can begin with, read off the pattern's text.
///
/// Bit n of a set stands for a run of n digits, bit 63 for longer ones. The set may be too large,
/// never too small: what is not understood allows every length.
struct LeadingDigits {
  private let source: [UInt8]
  private var at = 0
  private var isUnderstood = true

  /// The lengths of the run of digits at the start of whatever `source` matches.
  static func lengths(_ source: [UInt8]) -> UInt64 {
    var reader = LeadingDigits(source)
    let (open, closed) = reader.alternatives(1)
    guard reader.isUnderstood, reader.at == source.count else { return .max }
    // Digits may stand behind the match, too.
    return closed | atLeast(open)
  }

  private init(_ source: [UInt8]) { self.source = source }

  /// What an item of a pattern matches.
  private enum Atom {
    case digit, other, either
  }

  // MARK: sets of lengths

  private static func atLeast(_ set: UInt64) -> UInt64 {
    set == 0 ? 0 : UInt64.max << UInt64(set.trailingZeroBitCount)
  }

  private static func longer(_ set: UInt64, by count: Int) -> UInt64 {
    guard count > 0 && set != 0 else { return set }
    guard count < 63 else { return 1 << 63 }
    return set << UInt64(count) | (set >> UInt64(63 - count) == 0 ? 0 : 1 << 63)
  }

  // MARK: reading

  private var byte: UInt8? { at < source.count ? source[at] : nil }

  private func stands(_ text: StaticString) -> Bool {
    source[at...].starts(with: String(describing: text).utf8)
  }

  /// Branches up to a bracket's end: `open` are lengths of runs that may still go on.
  private mutating func alternatives(_ open: UInt64) -> (open: UInt64, closed: UInt64) {
    var sum = branch(open)
    while isUnderstood, byte == UInt8(ascii: "|") {
      at += 1
      let next = branch(open)
      sum = (sum.open | next.open, sum.closed | next.closed)
    }
    return sum
  }

  private mutating func branch(_ start: UInt64) -> (open: UInt64, closed: UInt64) {
    var (open, closed) = (start, UInt64(0))
    while isUnderstood, let byte, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "(") {
        group(&open, &closed)
        continue
      }
      let atom = atom()
      let (least, most) = quantifier()
      switch atom {
      case .digit:
        var next: UInt64 = 0
        for count in least...min(63, most) { next |= Self.longer(open, by: count) }
        open = next
      case .other:
        if most > 0 { closed |= open }
        if least > 0 { open = 0 }
      case .either:
        closed |= Self.atLeast(open)
        open = 0
      }
    }
    return (open, closed)
  }

  /// A group, or an assertion: of these only one matters, that no digit follows.
  private mutating func group(_ open: inout UInt64, _ closed: inout UInt64) {
    if stands("(?!") || stands("(?=") || stands("(?<!") || stands("(?<=") {
      if stands("(?![0-9"), endsRun() {
        closed |= open
        open = 0
      }
      skipGroup()
      isUnderstood = isUnderstood && quantifier() == (1, 1)
      return
    }
    at += stands("(?:") ? 3 : 1
    if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*") { isUnderstood = false }
    let inner = alternatives(open)
    guard isUnderstood, byte == UInt8(ascii: ")") else { return isUnderstood = false }
    at += 1
    closed |= inner.closed
    switch quantifier() {
    case (1, 1): open = inner.open
    case (0, 1): open |= inner.open
    default: isUnderstood = false
    }
  }

  /// True when the class of `(?![…` is a branch of its own.
  private func endsRun() -> Bool {
    guard let end = source[at...].firstIndex(of: UInt8(ascii: "]")), end + 1 < source.count else {
      return false
    }
    let isPlain = !source[at..<end].contains(UInt8(ascii: "\\"))
    return isPlain && (source[end + 1] == UInt8(ascii: ")") || source[end + 1] == UInt8(ascii: "|"))
  }

  private mutating func skipGroup() {
    var (depth, isClass) = (0, false)
    while at < source.count {
      switch source[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "["): isClass = true
      case UInt8(ascii: "]"): isClass = false
      case UInt8(ascii: "(") where !isClass: depth += 1
      case UInt8(ascii: ")") where !isClass: depth -= 1
      default: break
      }
      at += 1
      if depth == 0 { return }
    }
    isUnderstood = false
  }

  private mutating func atom() -> Atom {
    let byte = source[at]
    at += 1
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "\\"): return escaped()
    case UInt8(ascii: "."): return .either
    case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      isUnderstood = false
      return .either
    default: return .other
    }
  }

  private mutating func escaped() -> Atom {
    guard let byte else {
      isUnderstood = false
      return .either
    }
    at += 1
    switch byte {
    case UInt8(ascii: "d"): return .digit
    // What a group matched may be digits.
    case UInt8(ascii: "1")...UInt8(ascii: "9"): return .either
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0"):
      isUnderstood = false
      return .either
    default: return .other
    }
  }

  private mutating func characterClass() -> Atom {
    var (digits, others, isFirst) = (false, false, true)
    while let byte, byte != UInt8(ascii: "]") || isFirst {
      at += 1
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = true
      case UInt8(ascii: "\\"):
        switch escaped() {
        case .digit: digits = true
        case .other: others = true
        case .either: isUnderstood = false
        }
      case UInt8(ascii: "^") where isFirst, UInt8(ascii: "["): isUnderstood = false
      case UInt8(ascii: "-"):
        // A range between two digits has digits only; any other may hold both.
        let isDigits = !isFirst && (0x30...0x39).contains(source[at - 2])
        if let next = self.byte, next != UInt8(ascii: "]"), !isFirst {
          others = others || !isDigits || !(0x30...0x39).contains(next)
          digits = true
        } else {
          others = true
        }
      default: others = true
      }
      isFirst = false
    }
    at += 1
    return digits ? (others ? .either : .digit) : .other
  }

  /// How often the item before may come; without one, once.
  private mutating func quantifier() -> (Int, Int) {
    var bounds = (1, 1)
    switch byte {
    case UInt8(ascii: "?"): bounds = (0, 1)
    case UInt8(ascii: "*"): bounds = (0, .max)
    case UInt8(ascii: "+"): bounds = (1, .max)
    case UInt8(ascii: "{"):
      guard let end = source[at...].firstIndex(of: UInt8(ascii: "}")) else {
        isUnderstood = false
        return bounds
      }
      let parts = source[at + 1..<end].split(
        separator: UInt8(ascii: ","),
        omittingEmptySubsequences: false
      ).map { Int(String(decoding: $0, as: UTF8.self)) }
      guard parts.count <= 2, let least = parts[0], let last = parts.last else {
        isUnderstood = false
        return bounds
      }
      bounds = (least, last ?? .max)
      at = end
      if bounds.0 > 63 || bounds.1 < bounds.0 { isUnderstood = false }
    default: return bounds
    }
    at += 1
    // Lazy or possessive: the same strings at most.
    if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "+") { at += 1 }
    return bounds
  }
}
