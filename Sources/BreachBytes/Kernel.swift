internal import CScan

/// A place where a value may be; whoever knows the type looks closer.
package struct Candidate: Sendable, Equatable {
  package enum Kind: UInt32, Sendable {
    /// '@' after a byte that can end a mailbox name.
    case at = 1
    /// A run of `[0-9()+./-]` that reaches 8, or three groups of four digits.
    case number = 2
    /// A run of full-width digits.
    case fullWidth = 3
    /// A character that some detector declared as its anchor.
    case literal = 4
  }

  package var position: Int
  package var kind: Kind
}

/// The characters that begin some detector's literal; three-byte UTF-8 characters only.
package struct LiteralSet: Sendable {
  fileprivate var table: [UInt64]

  /// Other than three-byte characters are ignored; the caller checks them at load.
  package init(firstCharacters: [[UInt8]]) {
    table = [UInt64](repeating: 0, count: 16 * 64)
    for character in firstCharacters where character.count >= 3 && character[0] >> 4 == 0xE {
      table[Int(character[0] & 15) * 64 + Int(character[2] & 63)] |= 1 << UInt64(character[1] & 63)
    }
  }
}

/// The candidate finder's reusable output; one per worker.
package struct CandidateBatch: ~Copyable {
  private var raw = [cs_candidate](
    repeating: cs_candidate(position: 0, kind: 0),
    count: 4_096
  )
  package private(set) var count = 0

  package init() {}

  package subscript(index: Int) -> Candidate {
    let entry = raw[index]
    return Candidate(
      position: Int(entry.position),
      kind: Candidate.Kind(rawValue: entry.kind) ?? .literal
    )
  }

  /// Fills the batch from `start`; returns where the next batch begins (`end` when done).
  package mutating func fill(
    _ text: Span<UInt8>,
    from start: Int,
    to end: Int,
    literals: LiteralSet
  ) -> Int {
    var next = end
    let capacity = raw.count
    count = unsafe text.withUnsafeBufferPointer { text in
      unsafe raw.withUnsafeMutableBufferPointer { raw in
        unsafe literals.table.withUnsafeBufferPointer { table in
          // SAFETY: `end` ≤ text.count is checked below; cs_literals is 1,024 words, as `table`;
          // the kernel writes at most `capacity` entries.
          precondition(end <= text.count && start <= end)
          return unsafe table.withMemoryRebound(to: cs_literals.self) { literals in
            unsafe cs_candidates(
              text.baseAddress,
              start,
              end,
              literals.baseAddress,
              raw.baseAddress,
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
package func count(_ byte: UInt8, in text: Span<UInt8>, _ range: Range<Int>) -> Int {
  unsafe text.withUnsafeBufferPointer { text in
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    guard let base = text.baseAddress else { return 0 }
    // SAFETY: the range lies inside the text.
    return unsafe cs_count(base + range.lowerBound, range.count, byte)
  }
}
