package import BreachBytes

/// Bytes in memory, given in pieces of a fixed or of random sizes.
package final class MemorySource: ByteSource {
  package enum Pieces: Sendable {
    case whole
    case fixed(Int)
    /// From 1 up to this many bytes, by a seed.
    case random(upTo: Int, seed: UInt64)
  }

  private let bytes: [UInt8]
  private let range: Range<Int>
  private var position: Int
  private let pieces: Pieces
  private var random: SeededGenerator

  /// Gives `range` of `bytes`, all of them by default.
  package init(_ bytes: [UInt8], range: Range<Int>? = nil, pieces: Pieces = .whole) {
    self.bytes = bytes
    self.range = range ?? 0..<bytes.count
    self.pieces = pieces
    position = self.range.lowerBound
    if case .random(_, let seed) = pieces {
      random = SeededGenerator(seed: seed)
    } else {
      random = SeededGenerator(seed: 0)
    }
  }

  package var size: Int? { range.count }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let most =
      switch pieces {
      case .whole: count
      case .fixed(let size): size
      case .random(let size, _): 1 + random.below(size)
      }
    let got = min(count, most, range.upperBound - position)
    guard got > 0 else { return 0 }
    buffer.append(contentsOf: bytes[position..<position + got])
    position += got
    return got
  }

  package func seek(to offset: Int) -> Bool {
    guard offset >= 0 && offset <= range.count else { return false }
    position = range.lowerBound + offset
    return true
  }
}

/// A source that fails at its n-th read, counted from 1.
package final class FaultSource: ByteSource {
  private let source: any ByteSource
  private var left: Int
  private let failure: ReadFailure

  package init(_ source: any ByteSource, failingAt read: Int, with failure: ReadFailure) {
    self.source = source
    left = read
    self.failure = failure
  }

  package var size: Int? { source.size }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    left -= 1
    if left <= 0 { throw failure }
    return try source.read(into: &buffer, upTo: count)
  }

  package func seek(to offset: Int) -> Bool { source.seek(to: offset) }
}

/// A head, a body many times over, and a tail, without holding them.
package final class RepeatingSource: ByteSource {
  private let parts: [(bytes: [UInt8], times: Int)]
  private var part = 0
  private var turn = 0
  private var position = 0

  package init(head: [UInt8], body: [UInt8], times: Int, tail: [UInt8]) {
    parts = [(head, 1), (body, times), (tail, 1)]
  }

  package var size: Int? { parts.reduce(0) { $0 + $1.bytes.count * $1.times } }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    var left = count
    while left > 0 && part < parts.count {
      let bytes = parts[part].bytes
      let got = min(left, bytes.count - position)
      buffer.append(contentsOf: bytes[position..<position + got])
      position += got
      left -= got
      guard position == bytes.count else { continue }
      position = 0
      turn += 1
      if turn >= parts[part].times {
        turn = 0
        part += 1
      }
    }
    return count - left
  }

  package func seek(to offset: Int) -> Bool { false }
}
