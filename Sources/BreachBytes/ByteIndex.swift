internal import CScan

/// Up to eight byte values that a reader looks for.
package struct ByteMarks: Sendable {
  fileprivate var bytes: [8 of UInt8]

  package init(_ values: UInt8...) { self.init(values) }

  package init(_ values: [UInt8]) {
    precondition((1...8).contains(values.count))
    bytes = [8 of UInt8](repeating: values[0])
    for index in values.indices { bytes[index] = values[index] }
  }
}

/// Positions of the bytes of a set, found 64 bytes a step; one per reader.
package struct ByteIndex: ~Copyable {
  /// How positions are found; all ways give the same, and a machine takes the next that it has.
  package enum Way: Int32, CaseIterable { case avx2, sse2, plain }

  /// Those that were found first, then what an earlier filling left; reached without a call.
  package private(set) var positions: [UInt32]
  /// How many were found.
  package private(set) var count = 0
  private let way: Way

  package init(capacity: Int = 8_192, way: Way = .avx2) {
    positions = [UInt32](repeating: 0, count: max(64, capacity))
    self.way = way
  }

  package subscript(index: Int) -> Int { Int(positions[index]) }

  /// Forgets all positions.
  package mutating func removeAll() { count = 0 }

  /// Fills from `start`; returns where the next call begins (`end` when done).
  package mutating func fill(
    _ text: Span<UInt8>,
    from start: Int,
    to end: Int,
    of marks: ByteMarks
  ) -> Int {
    var next = end
    let capacity = positions.count
    let way = way.rawValue
    count = unsafe text.withUnsafeBufferPointer { text in
      unsafe positions.withUnsafeMutableBufferPointer { out in
        unsafe marks.bytes.span.withUnsafeBufferPointer { marks in
          // SAFETY: `end` ≤ text.count is checked below; the set has eight bytes; the kernel writes
          // at most `capacity` positions.
          precondition(start >= 0 && start <= end && end <= text.count && end <= Int(UInt32.max))
          return unsafe cs_index(
            text.baseAddress,
            start,
            end,
            marks.baseAddress,
            out.baseAddress,
            capacity,
            &next,
            way
          )
        }
      }
    }
    return next
  }
}
