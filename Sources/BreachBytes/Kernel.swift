internal import CScan

/// A place where a value may be; whoever knows the type looks closer.
package struct Candidate: Sendable, Equatable {
  package enum Kind: UInt32, Sendable {
    /// '@' after a byte that can end a mailbox name.
    case at = 1
    /// A run of `[0-9()+./-]` that reaches 8 or begins with '+', or three groups of four digits.
    case number = 2
    /// A run of full-width digits.
    case fullWidth = 3
    /// A character that some detector declared as its anchor.
    case literal = 4
    /// ':', '=', a full-width one of them, LF or CR behind what ends as a label does.
    case mark = 5
  }

  package var position: Int
  package var kind: Kind

  /// A candidate at byte `position` of its text.
  package init(position: Int, kind: Kind) {
    self.position = position
    self.kind = kind
  }
}

/// The characters that begin some detector's literal, and how labels end.
package struct LiteralSet: Sendable {
  /// As `cs_literals`: 1,024 words of characters, 1,024 words of ends, 512 words of triples.
  fileprivate var table: [UInt64]
  private static let ends = 16 * 64
  private static let triples = ends + 1_024

  /// - Parameters:
  ///   - firstCharacters: three-byte UTF-8 characters; others are ignored.
  ///   - labels: words whose ends, before a mark, make a candidate.
  package init(firstCharacters: [[UInt8]], labels: [[UInt8]] = []) {
    table = [UInt64](repeating: 0, count: Self.triples + 512)
    for label in labels {
      let end = unsafe label.withUnsafeBufferPointer { bytes in
        // SAFETY: the function reads `count` bytes.
        Int(unsafe cs_label_end(bytes.baseAddress, bytes.count))
      }
      guard end >= 0 else { continue }
      table[Self.ends + end / 64] |= 1 << UInt64(end % 64)
      setTriples(label)
    }
    for character in firstCharacters where character.count >= 3 && character[0] >> 4 == 0xE {
      table[Int(character[0] & 15) * 64 + Int(character[2] & 63)] |= 1 << UInt64(character[1] & 63)
    }
  }

  /// The last three bytes of a label in letters, with any joint where it has one, and with none; of
  /// two letters, with whatever stands before.
  private mutating func setTriples(_ label: [UInt8]) {
    var letters = Triple()
    for byte in label.reversed() where letters.count < 3 {
      // Behind bytes of another script nothing is asked.
      if byte >= 0x80 { return }
      if (byte | 0x20) &- 0x61 < 26 { letters.add(byte) }
    }
    guard letters.count >= 2 else { return }
    set(letters)
    for joint in Self.joints {
      var end = Triple()
      var isJoined = false
      for byte in label.suffix(3).reversed() {
        let isJoint = Self.joints.contains(byte)
        end.add(isJoint ? joint : byte)
        if isJoint { isJoined = true }
      }
      set(end)
      if !isJoined { return }
    }
  }

  private static let joints = Array("_-. ".utf8)

  /// Up to three bytes, the last first, as the number of their bit.
  private struct Triple {
    var number = 0
    var count = 0

    mutating func add(_ byte: UInt8) {
      number |= Int(byte & 31) << (5 * count)
      count += 1
    }
  }

  private mutating func set(_ triple: Triple) {
    for other in 0..<(triple.count == 3 ? 1 : 32) {
      let number = triple.number | other << 10
      table[Self.triples + number / 64] |= 1 << UInt64(number % 64)
    }
  }
}

/// The instruction set that a kernel uses; all give the same, so only tests choose.
package enum KernelVariant: Sendable, CaseIterable {
  /// The best that the processor has.
  case best
  case avx2, sse2, plain

  fileprivate var raw: cs_variant {
    switch self {
    case .best: CS_BEST
    case .avx2: CS_AVX2
    case .sse2: CS_SSE2
    case .plain: CS_PLAIN
    }
  }

  /// False where the processor cannot run it.
  package var isAvailable: Bool { cs_has_variant(raw) != 0 }
}

/// The candidate finder's reusable output; one per worker.
@safe package final class CandidateBatch {
  // SAFETY: allocated by `init` with `capacity` entries, freed in deinit, never handed out.
  private let raw: UnsafeMutablePointer<cs_candidate>
  private let capacity: Int
  /// Candidates of the last fill.
  package private(set) var count = 0

  /// Room for `capacity` candidates, which is at least 64, what one step of the kernel may give.
  package init(capacity: Int = 4_096) {
    precondition(capacity >= 64)
    self.capacity = capacity
    unsafe raw = .allocate(capacity: capacity)
    unsafe raw.initialize(repeating: cs_candidate(position: 0, kind: 0), count: capacity)
  }

  deinit { unsafe raw.deallocate() }

  package subscript(index: Int) -> Candidate {
    precondition(index >= 0 && index < capacity)
    let entry = unsafe raw[index]
    return Candidate(
      position: Int(entry.position),
      kind: Candidate.Kind(rawValue: entry.kind) ?? .literal
    )
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
        // SAFETY: `end` ≤ text.count is checked below; cs_literals is 2,560 words, as `table`;
        // the kernel writes at most `capacity` entries.
        precondition(end <= text.count && start <= end && end <= Int(UInt32.max))
        return unsafe table.withMemoryRebound(to: cs_literals.self) { literals in
          unsafe cs_candidates(
            variant.raw,
            text.baseAddress,
            start,
            end,
            literals.baseAddress,
            raw,
            capacity,
            &next
          )
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
