internal import CPCRE2

/// A compiled PCRE2 pattern in byte mode, used only on short windows at a given place.
///
/// Immutable after `init`, so one compiled pattern may serve any number of scratches.
@safe package final class Pattern: @unchecked Sendable {
  // SAFETY: `code` is set once, never mutated after JIT compilation, and freed in deinit.
  private let code: OpaquePointer
  /// Bytes a match can begin with; all when PCRE2 could not tell.
  private let starts: [Bool]
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
  package enum Outcome: Sendable {
    case none
    /// Byte range of group 1 when the pattern has one that took part, else of the whole match.
    case match(Range<Int>)
    /// A limit was reached, or PCRE2 reported an error: the window counts as not searched.
    case limit(code: Int32)
  }

  /// Compiles `source`; `utf` for users' patterns, which may hold anything.
  package init(_ source: String, utf: Bool = false, jit: Bool = true) throws(CompileError) {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_NEVER_BACKSLASH_C | (utf ? PCRE2_MATCH_INVALID_UTF : 0)
    let bytes = Array(source.utf8)
    // SAFETY: PCRE2 copies the pattern during the calls. The first compilation is studied for the
    // bytes a match can begin with, which PCRE2 does not tell of an anchored one.
    let (studied, compiled) = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe (
        pcre2_compile_8(buffer.baseAddress, buffer.count, options, &error, &offset, nil),
        pcre2_compile_8(
          buffer.baseAddress,
          buffer.count,
          options | PCRE2_ANCHORED,
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
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// True when a match could begin with `byte`; a cheap test before `match`.
  package func canStart(with byte: UInt8) -> Bool { starts[Int(byte)] }

  /// Matches at `start` exactly; bytes before `start` are seen by look-behinds only.
  package func match(_ subject: Span<UInt8>, at start: Int, _ scratch: Scratch) -> Outcome {
    let result = unsafe subject.withUnsafeBufferPointer { buffer -> Int32 in
      // SAFETY: the subject outlives the call; scratch belongs to this thread alone.
      unsafe pcre2_match_8(
        code,
        buffer.baseAddress,
        buffer.count,
        start,
        0,
        scratch.data,
        scratch.context
      )
    }
    if result == PCRE2_ERROR_NOMATCH { return .none }
    guard result > 0 else { return .limit(code: result) }
    let vector = unsafe pcre2_get_ovector_pointer_8(scratch.data)
    guard let vector = unsafe vector else { return .none }
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
}

/// What one worker needs to match: match data, limits and a JIT stack of its own.
@safe package final class Scratch {
  fileprivate let data: OpaquePointer
  fileprivate let context: OpaquePointer
  private let stack: OpaquePointer?

  /// Match, depth and heap limits are set; time is bounded by windows being short.
  package init() {
    guard let data = unsafe pcre2_match_data_create_8(16, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { fatalError("PCRE2 has no memory for match data") }
    unsafe pcre2_set_match_limit_8(context, 100_000)
    unsafe pcre2_set_depth_limit_8(context, 2_000)
    unsafe pcre2_set_heap_limit_8(context, 4_096)
    unsafe self.data = data
    unsafe self.context = context
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
