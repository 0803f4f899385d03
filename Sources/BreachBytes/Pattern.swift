internal import CPCRE2

/// A compiled PCRE2 pattern, used only on short windows.
///
/// Immutable after `init`, so one compiled pattern may serve any number of scratches.
@safe package final class Pattern: @unchecked Sendable {
  // SAFETY: `code` is set once, never mutated after JIT compilation, and freed in deinit.
  fileprivate let code: OpaquePointer
  /// Bytes a match can begin with; all when PCRE2 could not tell.
  fileprivate let starts: [Bool]
  /// Bytes a match can stand behind; all when the pattern does not begin with `(?<![…])`.
  fileprivate let befores: [Bool]
  /// The digits that a match can begin with.
  fileprivate let digits: LeadingDigits
  /// False where the host refuses writable and executable memory: the interpreter is used.
  package let isJIT: Bool

  /// Why a pattern did not compile.
  package struct CompileError: Error, Sendable {
    /// PCRE2's words.
    package var message: String
    /// 0-based byte offset into the pattern.
    package var offset: Int
  }

  /// What one attempt gave.
  package enum Outcome: Sendable, Equatable {
    case none
    /// Byte range of group 1 when the pattern has one that took part, else of the whole match.
    case match(Range<Int>)
    /// A limit was reached, or PCRE2 reported an error: the window counts as not searched.
    case limit(code: Int32)
  }

  /// Compiles `source` for `match`, in byte mode.
  ///
  /// With `utf` it is for `search`: a user's pattern, which is about characters of a text in which
  /// anything may stand.
  package init(_ source: String, utf: Bool = false, jit: Bool = true) throws(CompileError) {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_NEVER_BACKSLASH_C | (utf ? PCRE2_MATCH_INVALID_UTF : 0)
    let anchor = utf ? 0 : PCRE2_ANCHORED
    let bytes = Array(source.utf8)
    // SAFETY: PCRE2 copies the pattern during the calls. The first compilation is studied for the
    // bytes a match can begin with, which PCRE2 does not tell of an anchored one.
    let (studied, compiled) = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe (
        pcre2_compile_8(buffer.baseAddress, buffer.count, options, &error, &offset, nil),
        pcre2_compile_8(
          buffer.baseAddress,
          buffer.count,
          options | anchor,
          &error,
          &offset,
          nil
        )
      )
    }
    guard let studied = unsafe studied, let compiled = unsafe compiled else {
      var text = [UInt8](repeating: 0, count: 256)
      let length = unsafe text.withUnsafeMutableBufferPointer { buffer in
        unsafe pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)
      }
      let message = String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
      throw CompileError(message: message, offset: offset)
    }
    unsafe code = compiled
    isJIT = unsafe jit ? pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE) == 0 : false
    starts = unsafe Self.firstBytes(of: studied)
    unsafe pcre2_code_free_8(studied)
    befores = Self.bytesBefore(bytes)
    digits = LeadingDigits(bytes)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// True when a match could begin with `byte`; a cheap test before `match`.
  package func canStart(with byte: UInt8) -> Bool { starts[Int(byte)] }

  /// Matches at `start` exactly; bytes before `start` are seen by look-behinds only.
  package func match(_ subject: Span<UInt8>, at start: Int, _ scratch: Scratch) -> Outcome {
    // SAFETY: `code` lives as long as this pattern.
    unsafe Self.match(code, isJIT: isJIT, subject, at: start, scratch)
  }

  /// `match` without machine code, which counts its steps as PCRE2 documents them: the same on every
  /// machine.
  package func interpret(_ subject: Span<UInt8>, at start: Int, _ scratch: Scratch) -> Outcome {
    // SAFETY: `code` lives as long as this pattern.
    unsafe Self.match(code, isJIT: false, subject, at: start, scratch, options: PCRE2_NO_JIT)
  }

  /// Searches from `start` on for a match that is not empty.
  ///
  /// - Returns: the outcome, and the range of the whole match when there is one.
  package func search(_ subject: Span<UInt8>, from start: Int, _ scratch: Scratch)
    -> (outcome: Outcome, whole: Range<Int>)
  {
    // SAFETY: `code` lives as long as this pattern; a match has written the first pair.
    let outcome = unsafe Self.match(
      code,
      isJIT: isJIT,
      subject,
      at: start,
      scratch,
      options: PCRE2_NOTEMPTY
    )
    guard case .match = outcome else { return (outcome, start..<start) }
    return unsafe (outcome, Int(scratch.vector[0])..<Int(scratch.vector[1]))
  }

  /// The same of a compiled pattern, which is called directly where it is machine code.
  fileprivate static func match(
    _ code: OpaquePointer,
    isJIT: Bool,
    _ subject: Span<UInt8>,
    at start: Int,
    _ scratch: Scratch,
    options: UInt32 = 0
  ) -> Outcome {
    precondition(start <= subject.count)
    let (data, context) = unsafe (scratch.data, scratch.context)
    let result = unsafe subject.withUnsafeBufferPointer { buffer -> Int32 in
      // SAFETY: the subject outlives the call; scratch belongs to this thread alone.
      let (base, count) = (buffer.baseAddress, buffer.count)
      return isJIT
        ? unsafe pcre2_jit_match_8(code, base, count, start, options, data, context)
        : unsafe pcre2_match_8(code, base, count, start, options, data, context)
    }
    if result == PCRE2_ERROR_NOMATCH { return .none }
    guard result > 0 else { return .limit(code: result) }
    let vector = unsafe scratch.vector
    if result > 1, unsafe vector[2] >= 0 {
      return unsafe .match(Int(vector[2])..<Int(vector[3]))
    }
    return unsafe .match(Int(vector[0])..<Int(vector[1]))
  }

  private static func firstBytes(of code: OpaquePointer) -> [Bool] {
    var kind: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODETYPE), &kind)
    if kind == 1 {
      var unit: UInt32 = 0
      _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODEUNIT), &unit)
      var table = [Bool](repeating: false, count: 256)
      table[Int(unit & 255)] = true
      return table
    }
    var map: UnsafePointer<UInt8>?
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTBITMAP), &map)
    guard let map = unsafe map else { return [Bool](repeating: true, count: 256) }
    return (0..<256).map { unsafe map[$0 >> 3] >> UInt8($0 & 7) & 1 == 1 }
  }

  /// The bytes that `(?<![…])` at the start of a pattern leaves; only plain bytes and ranges are
  /// read, and only where the rest of the pattern cannot undo it.
  private static func bytesBefore(_ source: [UInt8]) -> [Bool] {
    let all = [Bool](repeating: true, count: 256)
    let opening = Array("(?<![".utf8)
    guard source.starts(with: opening), let end = source.firstIndex(of: UInt8(ascii: "]")),
      source[end...].starts(with: "])".utf8), end > opening.count, isOneBranch(source)
    else { return all }
    if end + 2 < source.count, "?*+{".utf8.contains(source[end + 2]) { return all }
    var table = all
    var at = opening.count
    while at < end {
      let isRange = at + 2 < end && source[at + 1] == UInt8(ascii: "-")
      let last = isRange ? source[at + 2] : source[at]
      guard source[at] <= last, last < 0x80, !"\\^[".utf8.contains(source[at]) else { return all }
      for byte in source[at]...last { table[Int(byte)] = false }
      at += isRange ? 3 : 1
    }
    return table
  }

  /// False when there may be a `|` outside brackets; comments and `\Q` are not looked into.
  private static func isOneBranch(_ source: [UInt8]) -> Bool {
    var (depth, at, isClass) = (0, 0, false)
    while at < source.count {
      switch source[at] {
      case UInt8(ascii: "#"): return false
      case UInt8(ascii: "\\"):
        at += 1
        if at < source.count, source[at] == UInt8(ascii: "Q") { return false }
      case UInt8(ascii: "["): isClass = true
      case UInt8(ascii: "]"): isClass = false
      case UInt8(ascii: "(") where !isClass: depth += 1
      case UInt8(ascii: ")") where !isClass: depth -= 1
      case UInt8(ascii: "|") where !isClass && depth == 0: return false
      default: break
      }
      at += 1
    }
    return true
  }
}

/// Patterns that are tried at one kind of place, by number.
///
/// The bytes around the place rule most of them out before any is tried. Everything a match needs
/// lies behind plain pointers: no reference is counted on the way. Public, like `Buffer`, so that it is
/// inlined.
@safe public final class PatternTable: @unchecked Sendable {
  // SAFETY: the storage is written by `init` alone and freed in deinit; `owners` keep the compiled
  // patterns alive.
  private let owners: [Pattern?]
  private let codes: UnsafeMutablePointer<(code: OpaquePointer?, isJIT: Bool)>
  /// Sets of patterns, a bit for each: by what the place begins with, by the byte before it, by the byte
  /// behind the run of digits there.
  @usableFromInline internal let heads, befores, behinds: UnsafeMutablePointer<UInt64>
  /// How many patterns there are, those that stand for none included.
  package let count: Int
  /// Words that a set takes.
  public let words: Int

  /// Nil stands for a rule without a pattern; it is never tried.
  package init(_ patterns: [Pattern?]) {
    owners = patterns
    count = patterns.count
    words = (patterns.count + 63) / 64
    unsafe codes = .allocate(capacity: count)
    unsafe heads = .allocate(capacity: PatternPlace.heads * words)
    unsafe befores = .allocate(capacity: 257 * words)
    unsafe behinds = .allocate(capacity: 257 * words)
    unsafe heads.initialize(repeating: 0, count: PatternPlace.heads * words)
    unsafe befores.initialize(repeating: 0, count: 257 * words)
    unsafe behinds.initialize(repeating: 0, count: 257 * words)
    for (number, pattern) in patterns.enumerated() {
      unsafe (codes + number).initialize(to: (pattern?.code, pattern?.isJIT ?? false))
      guard let pattern else { continue }
      let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
      for byte in 0..<256 {
        if pattern.starts[byte], pattern.digits.lengths & 1 == 1 {
          unsafe heads[byte * words + word] |= bit
        }
        if pattern.befores[byte] { unsafe befores[byte * words + word] |= bit }
        if pattern.digits.nexts.contains(UInt8(byte)) { unsafe behinds[byte * words + word] |= bit }
      }
      unsafe befores[PatternPlace.noByte * words + word] |= bit
      unsafe behinds[PatternPlace.noByte * words + word] |= bit
      for digit in 0..<10 where pattern.starts[0x30 + digit] {
        let lengths = pattern.digits.lengthsByFirst[digit]
        for run in 1...PatternPlace.longestRun where lengths >> UInt64(run) & 1 == 1 {
          unsafe heads[PatternPlace.head(digit, run) * words + word] |= bit
        }
      }
    }
  }

  deinit {
    unsafe codes.deallocate()
    unsafe heads.deallocate()
    unsafe befores.deallocate()
    unsafe behinds.deallocate()
  }

  /// Those of the patterns 64 × `word` … that may match at a place.
  @inlinable @inline(__always)
  public func possible(at place: PatternPlace, word: Int) -> UInt64 {
    precondition(word >= 0 && word < words)
    // SAFETY: `word` < `words`, and each table has that many for each of its indices, which the place
    // keeps in bounds.
    return unsafe heads[place.head * words + word] & befores[place.before * words + word]
      & behinds[place.behind * words + word]
  }

  /// False when none of the patterns can match at a place.
  @inlinable @inline(__always)
  public func mayMatch(at place: PatternPlace) -> Bool {
    var word = 0
    while word < words {
      if possible(at: place, word: word) != 0 { return true }
      word += 1
    }
    return false
  }

  /// Matches pattern `number` at `start` exactly; bytes before `start` are seen by look-behinds only.
  package func match(_ number: Int, _ subject: Span<UInt8>, at start: Int, _ scratch: Scratch)
    -> Pattern.Outcome
  {
    precondition(number >= 0 && number < count)
    let (code, isJIT) = unsafe codes[number]
    guard let code = unsafe code else { return .none }
    return unsafe Pattern.match(code, isJIT: isJIT, subject, at: start, scratch)
  }
}

/// What is seen of a place before any pattern is tried there.
public struct PatternPlace: Sendable {
  /// The byte there, or the run of digits that begins there: its first digit and its length.
  @usableFromInline internal let head: Int
  /// The byte before it, and the one behind that run.
  @usableFromInline internal let before, behind: Int

  /// Stands for a byte that is not there, or does not matter.
  @inlinable @inline(__always) internal static var noByte: Int { 256 }
  /// Runs that are as long or longer are not told apart.
  @inlinable @inline(__always) internal static var longestRun: Int { 63 }
  /// How many values `head` has.
  static let heads = head(9, longestRun) + 1

  /// The head of a run of 1… `longestRun` digits.
  @inlinable @inline(__always)
  internal static func head(_ digit: Int, _ run: Int) -> Int {
    256 + digit * (longestRun + 1) + run
  }

  /// The place `start`, which lies in the bounds; what is outside of them is not seen.
  package init(_ text: Span<UInt8>, at start: Int, in bounds: Range<Int>) {
    var end = start
    let limit = min(bounds.upperBound, start + Self.longestRun)
    while end + 8 <= limit {
      let others = otherThanDigits(loadWord(text, at: end))
      end += others == 0 ? 8 : others.trailingZeroBitCount >> 3
      if others != 0 { break }
    }
    while end < limit, text[end] &- 0x30 < 10 { end += 1 }
    self.init(text, at: start, digitsEnd: end, in: bounds)
  }

  /// The same where it is known that the digits end before `digitsEnd`.
  @inlinable @inline(__always)
  public init(_ text: Span<UInt8>, at start: Int, digitsEnd: Int, in bounds: Range<Int>) {
    let end = min(digitsEnd, bounds.upperBound)
    precondition(start <= end)
    let first = Int(text[start])
    let run = min(end - start, Self.longestRun)
    precondition(run == 0 || first >= 0x30 && first <= 0x39)
    head = run == 0 ? first : Self.head(first - 0x30, run)
    before = start > bounds.lowerBound ? Int(text[start - 1]) : Self.noByte
    behind = run < Self.longestRun && end < bounds.upperBound ? Int(text[end]) : Self.noByte
  }
}

/// What one worker needs to match: match data, limits and a JIT stack of its own.
@safe package final class Scratch {
  fileprivate let data: OpaquePointer
  fileprivate let context: OpaquePointer
  fileprivate let vector: UnsafeMutablePointer<Int>
  private let stack: OpaquePointer?

  /// Match, depth and heap limits are set; time is bounded by windows being short.
  package init(matchLimit: UInt32 = 100_000) {
    guard let data = unsafe pcre2_match_data_create_8(16, nil),
      let context = unsafe pcre2_match_context_create_8(nil),
      let vector = unsafe pcre2_get_ovector_pointer_8(data)
    else { fatalError("PCRE2 has no memory for match data") }
    unsafe pcre2_set_match_limit_8(context, matchLimit)
    unsafe pcre2_set_depth_limit_8(context, 2_000)
    unsafe pcre2_set_heap_limit_8(context, 4_096)
    unsafe self.data = data
    unsafe self.context = context
    unsafe self.vector = vector
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
    // SAFETY: the stack lives as long as the context that is given it.
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_jit_stack_free_8(stack)
  }
}
