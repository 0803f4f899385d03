/// What a match of a pattern can begin with: how many digits, and which bytes behind them, read off
/// the pattern's text.
///
/// Both sets may be too large, never too small: what is not understood allows everything.
struct LeadingDigits {
  /// The lengths of the run of digits at the start of whatever the pattern matches: bit n stands for
  /// n digits, bit 63 for longer runs.
  let lengths: UInt64
  /// The same by the first digit of the run.
  let lengthsByFirst: [UInt64]
  /// The bytes that can stand behind that run.
  let nexts: ByteBits

  init(_ source: [UInt8]) {
    var reader = DigitReader(source)
    guard let read = reader.read() else {
      (lengths, lengthsByFirst, nexts) = (.max, [UInt64](repeating: .max, count: 10), .all)
      return
    }
    (lengths, nexts) = read
    // Digits with which the same branches begin are read once.
    var known: [(heads: [Bool], lengths: UInt64)] = []
    lengthsByFirst = ByteBits.digitBytes.map { first in
      let heads = reader.heads.map { $0.contains(first) }
      if let same = known.first(where: { $0.heads == heads }) { return same.lengths }
      var again = DigitReader(source, first: first)
      let isApart = heads.contains(true) && heads.contains(false)
      let lengths = isApart ? again.read()?.lengths ?? .max : read.lengths
      known.append((heads, lengths))
      return lengths
    }
  }
}

/// A set of bytes, a bit for each.
struct ByteBits {
  private var words: SIMD4<UInt64> = .zero

  static let all = ByteBits(words: SIMD4(repeating: .max))
  static let digitBytes = UInt8(ascii: "0")...UInt8(ascii: "9")
  static let digits = digitBytes.reduce(into: ByteBits()) { $0.insert($1) }

  private init(words: SIMD4<UInt64>) { self.words = words }

  init() {}

  init(_ byte: UInt8) { insert(byte) }

  var others: ByteBits { ByteBits(words: ~words) }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteBits) { words |= other.words }
}

/// Reads a pattern from its start as far as digits go.
private struct DigitReader {
  private let source: [UInt8]
  private var at = 0
  private var isUnderstood = true
  private var nexts = ByteBits()
  /// The digit that the run begins with; nil for any.
  private let first: UInt8?
  /// Those digits of items that a run can begin with.
  private(set) var heads: [ByteBits] = []

  init(_ source: [UInt8], first: UInt8? = nil) {
    self.source = source
    self.first = first
  }

  /// Nil when something is not understood.
  mutating func read() -> (lengths: UInt64, nexts: ByteBits)? {
    let (open, closed) = alternatives(1)
    guard isUnderstood, at == source.count else { return nil }
    // Digits may stand behind the match, too, and anything behind these.
    return (closed | Self.atLeast(open), open == 0 ? nexts : .all)
  }

  /// What an item of a pattern matches.
  private enum Atom {
    case digit(ByteBits)
    case other(ByteBits)
    /// Digits and other bytes.
    case either
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
      guard isUnderstood else { break }
      switch atom {
      case .digit(let bytes):
        if open & 1 == 1 { heads.append(bytes) }
        let isHead = first.map { bytes.contains($0) } ?? true
        var next = least == 0 ? open : 0
        for count in max(1, least)...max(1, min(63, most)) where count <= most {
          next |= Self.longer(isHead ? open : open & ~1, by: count)
        }
        open = next
      case .other(let bytes):
        if most > 0 && open != 0 {
          closed |= open
          nexts.formUnion(bytes)
        }
        if least > 0 { open = 0 }
      case .either:
        if open != 0 { nexts = .all }
        closed |= Self.atLeast(open)
        open = 0
      }
    }
    return (open, closed)
  }

  /// A group, or an assertion: of these only one matters, that no digit follows.
  private mutating func group(_ open: inout UInt64, _ closed: inout UInt64) {
    if stands("(?!") || stands("(?=") || stands("(?<!") || stands("(?<=") {
      if open != 0, stands("(?![0-9"), let bytes = bytesRuledOut() {
        closed |= open
        nexts.formUnion(bytes.others)
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

  /// The class of `(?![…`, all digits among it; nil when it is no branch of its own.
  private func bytesRuledOut() -> ByteBits? {
    guard let end = source[at...].firstIndex(of: UInt8(ascii: "]")), end + 1 < source.count,
      !source[at..<end].contains(UInt8(ascii: "\\")),
      source[end + 1] == UInt8(ascii: ")") || source[end + 1] == UInt8(ascii: "|")
    else { return nil }
    var reader = self
    reader.at = at + 4
    let bytes = reader.classBytes()
    return reader.isUnderstood && reader.at == end + 1 ? bytes : nil
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
    case ByteBits.digitBytes: return .digit(ByteBits(byte))
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "\\"): return escaped()
    case UInt8(ascii: "."): return .either
    case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      isUnderstood = false
      return .either
    default: return .other(ByteBits(byte))
    }
  }

  private mutating func escaped() -> Atom {
    guard let byte else {
      isUnderstood = false
      return .either
    }
    at += 1
    switch byte {
    case UInt8(ascii: "d"): return .digit(.digits)
    // What a group matched may be digits.
    case UInt8(ascii: "1")...UInt8(ascii: "9"): return .either
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0"):
      isUnderstood = false
      return .either
    default: return .other(ByteBits(byte))
    }
  }

  private mutating func characterClass() -> Atom {
    let bytes = classBytes()
    let hasDigits = ByteBits.digitBytes.contains { bytes.contains($0) }
    let hasOthers = (0...255).contains { !ByteBits.digits.contains($0) && bytes.contains($0) }
    return hasDigits ? (hasOthers ? .either : .digit(bytes)) : .other(bytes)
  }

  /// The bytes of the class behind whose `[` the reader stands.
  private mutating func classBytes() -> ByteBits {
    var bytes = ByteBits()
    // What a range may begin with.
    var last: UInt8?
    var isFirst = true
    while let byte, byte != UInt8(ascii: "]") || isFirst {
      at += 1
      var single: UInt8? = byte
      switch byte {
      case UInt8(ascii: "\\"):
        single = self.byte
        switch escaped() {
        case .digit(let digits):
          bytes.formUnion(digits)
          single = nil
        case .other: break
        case .either: isUnderstood = false
        }
      case UInt8(ascii: "^") where isFirst, UInt8(ascii: "["): isUnderstood = false
      case UInt8(ascii: "-"):
        guard let first = last, let end = self.byte, end != UInt8(ascii: "]") else { break }
        guard end != UInt8(ascii: "\\"), first <= end else {
          isUnderstood = false
          break
        }
        for inside in first...end { bytes.insert(inside) }
        at += 1
        single = nil
      default: break
      }
      if let single { bytes.insert(single) }
      last = single
      isFirst = false
    }
    at += 1
    return bytes
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
