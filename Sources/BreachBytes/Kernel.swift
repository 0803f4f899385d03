internal import CScan

/// A place where a value may be; whoever knows the type looks closer.
///
/// Public, like `Buffer`, so that it is inlined.
public struct Candidate: Sendable, Equatable {
  /// What is there.
  public enum Kind: UInt32, Sendable {
    /// '@' after a byte that can end a mailbox name.
    case at = 1
    /// A run of `[0-9()+./-]` that reaches 8 or begins with '+', or three groups of four digits.
    case number = 2
    /// A run of full-width digits.
    case fullWidth = 3
    /// A character that begins an anchor of some detector, and behind it what may go on with one.
    case literal = 4
    /// ':', '=', a full-width one of them, '】', a wide blank, LF or CR behind what ends as a label
    /// does; a blank where no word of ASCII ends.
    case mark = 5
  }

  /// The byte of the text at which it begins.
  public var position: Int
  /// What is there.
  public var kind: Kind

  /// A candidate at byte `position` of its text.
  @inlinable @inline(__always)
  public init(position: Int, kind: Kind) {
    self.position = position
    self.kind = kind
  }
}

/// How the literals of detectors begin, and how labels end.
package struct LiteralSet: Sendable {
  /// As `cs_literals`: 1,024 words each of first characters, sixth bytes, ends and tails.
  fileprivate var table = [UInt64](repeating: 0, count: 4 * 1_024)

  /// - Parameters:
  ///   - literals: words that begin with a character of three bytes in UTF-8; others are ignored.
  ///   - labels: words whose ends, before a mark, make a candidate.
  package init(_ literals: [[UInt8]], labels: [[UInt8]] = []) {
    for literal in literals { unsafe add(literal, cs_add_literal) }
    if !labels.isEmpty { for mark in ["】", "　"] { unsafe add(Array(mark.utf8), cs_add_literal) } }
    for label in labels { unsafe add(label, cs_add_label) }
  }

  private mutating func add(
    _ word: [UInt8],
    _ body: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<cs_literals>?) -> Void
  ) {
    unsafe word.withUnsafeBufferPointer { word in
      unsafe table.withUnsafeMutableBufferPointer { table in
        // SAFETY: cs_literals is as many words as `table`; the function reads `count` bytes.
        unsafe table.withMemoryRebound(to: cs_literals.self) { literals in
          unsafe body(word.baseAddress, word.count, literals.baseAddress)
        }
      }
    }
  }
}

/// The instruction set that a kernel uses; all give the same, so only tests choose.
package enum KernelVariant: Sendable, CaseIterable {
  /// The best that the processor has.
  case best
  case avx512, avx2, sse2, plain

  fileprivate var raw: cs_variant {
    switch self {
    case .best: CS_BEST
    case .avx512: CS_AVX512
    case .avx2: CS_AVX2
    case .sse2: CS_SSE2
    case .plain: CS_PLAIN
    }
  }

  /// False where the processor cannot run it.
  package var isAvailable: Bool { cs_has_variant(raw) != 0 }
}

/// The candidate finder's reusable output; one per worker.
@safe public final class CandidateBatch {
  // SAFETY: allocated by `init` with `capacity` entries, freed in deinit, never handed out. An entry has
  // its position in the lower half and its kind in the upper one, as cs_candidate has them.
  @usableFromInline internal let raw: UnsafeMutablePointer<UInt64>
  @usableFromInline internal let capacity: Int
  /// Candidates of the last fill.
  package private(set) var count = 0

  /// Room for `capacity` candidates, which is at least 64, what one step of the kernel may give.
  package init(capacity: Int = 4_096) {
    precondition(capacity >= 64)
    self.capacity = capacity
    unsafe raw = .allocate(capacity: capacity)
    unsafe raw.initialize(repeating: 0, count: capacity)
  }

  deinit { unsafe raw.deallocate() }

  /// Candidate `index` of the last fill.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Candidate {
    precondition(index >= 0 && index < capacity)
    let entry = unsafe raw[index]
    let kind: Candidate.Kind =
      switch entry >> 32 {
      case 1: .at
      case 2: .number
      case 3: .fullWidth
      case 5: .mark
      default: .literal
      }
    return Candidate(position: Int(entry & 0xFFFF_FFFF), kind: kind)
  }

  /// Fills the batch from `start`; returns where the next batch begins (`end` when done).
  package func fill(
    _ text: Span<UInt8>,
    from start: Int,
    to end: Int,
    literals: LiteralSet,
    variant: KernelVariant = .best
  ) -> Int {
    var next = end
    count = unsafe text.withUnsafeBufferPointer { text in
      unsafe literals.table.withUnsafeBufferPointer { table in
        // SAFETY: `end` ≤ text.count is checked below, and that places fit what AVX-512 gathers by;
        // cs_literals is as many words as `table`; the kernel writes at most `capacity` entries.
        precondition(end <= text.count && start <= end && end <= Int(Int32.max))
        return unsafe table.withMemoryRebound(to: cs_literals.self) { literals in
          unsafe raw.withMemoryRebound(to: cs_candidate.self, capacity: capacity) { candidates in
            unsafe cs_candidates(
              variant.raw,
              text.baseAddress,
              start,
              end,
              literals.baseAddress,
              candidates,
              capacity,
              &next
            )
          }
        }
      }
    }
    return next
  }
}

/// How often `byte` occurs in `range` of `text`.
package func count(
  _ byte: UInt8,
  in text: Span<UInt8>,
  _ range: Range<Int>,
  variant: KernelVariant = .best
) -> Int {
  unsafe text.withUnsafeBufferPointer { text in
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    guard let base = text.baseAddress else { return 0 }
    // SAFETY: the range lies inside the text.
    return unsafe cs_count(variant.raw, base + range.lowerBound, range.count, byte)
  }
}

/// The strict check of UTF-8.
package enum UTF8Check {
  /// The length in bytes of the longest prefix that is valid UTF-8.
  ///
  /// No overlong forms, no surrogates; a sequence that the end cuts is not part of it. With
  /// `stoppingAtEscape` the first ESC ends it, too. About 25 GB/s with AVX2, 2 GB/s on Japanese
  /// without.
  package static func validPrefix(
    _ bytes: Span<UInt8>,
    stoppingAtEscape: Bool = false,
    variant: KernelVariant = .best
  ) -> Int {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      var cut: Int32 = 0
      let stops: Int32 = stoppingAtEscape ? 1 : 0
      // SAFETY: the kernel reads `buffer.count` bytes; a nil base comes only with a count of 0.
      return unsafe cs_utf8_prefix(variant.raw, buffer.baseAddress, buffer.count, stops, &cut)
    }
  }
}

/// Where the parts of a number end that was looked for at some place.
///
/// At most 128 bytes are looked at; what goes on longer is taken to end there.
package struct NumberParts: Sendable, Equatable {
  /// Behind the bytes `) - . /` before it.
  package var start: Int
  /// Behind the digits that begin there.
  package var digitsEnd: Int
  /// The first byte behind the first one's own over which no number goes on: none of the digits and
  /// `) + - .` is one.
  package var joinedEnd: Int

  /// The number that begins at `at`, or behind marks there, and ends before `end`.
  @inline(__always)
  package init(_ text: Span<UInt8>, _ at: Int, _ end: Int) {
    precondition(at >= 0 && at <= end && end <= text.count)
    let found = unsafe text.withUnsafeBufferPointer { bytes in
      // SAFETY: the function reads bytes from `at` on and before `end`, which is checked above.
      unsafe cs_look_at_number(bytes.baseAddress, at, end)
    }
    start = at + Int(found.start)
    digitsEnd = at + Int(found.digits_end)
    joinedEnd = at + Int(found.joined_end)
  }
}
