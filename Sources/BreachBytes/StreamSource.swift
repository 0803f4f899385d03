internal import Glibc

/// A descriptor that can only be read forward: standard input, a pipe.
package final class StreamSource: ByteSource {
  private let file: File

  package init(_ file: consuming File) { self.file = file }

  package var size: Int? { nil }
  package func seek(to offset: Int) -> Bool { false }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let descriptor = file.descriptor
    var failure: SystemError?
    let before = buffer.count
    buffer.append(addingCapacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { raw, initialized in
        // SAFETY: the span has room for `count` more bytes; the kernel writes at most that many.
        guard let base = raw.baseAddress else { return }
        var got = -1
        repeat {
          got = unsafe Glibc.read(descriptor, base + initialized, count)
        } while got < 0 && errno == EINTR
        if got < 0 { failure = .last } else { initialized += got }
      }
    }
    if let failure { throw .system(failure) }
    return buffer.count - before
  }
}

/// Hashes what passes through, in blocks of 64 KiB, so that equal content is recognised.
///
/// Keyed, so that nobody can make two different contents look equal.
package final class HashingSource: ByteSource {
  private let source: any ByteSource
  private let key: UInt64
  private var block: [UInt8] = []
  private var state: UInt64
  private static let blockSize = 64 << 10

  package init(_ source: any ByteSource, key: UInt64) {
    self.source = source
    self.key = key
    state = key
    block.reserveCapacity(Self.blockSize)
  }

  package var size: Int? { source.size }
  package func seek(to offset: Int) -> Bool { false }

  package func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let got = try source.read(into: &buffer, upTo: count)
    var at = buffer.count - got
    while at < buffer.count {
      let part = min(buffer.count - at, Self.blockSize - block.count)
      block.append(contentsOf: buffer[at..<at + part])
      at += part
      if block.count == Self.blockSize { mix() }
    }
    return got
  }

  /// The hash of everything that passed.
  package var hash: UInt64 {
    if !block.isEmpty { mix() }
    return state
  }

  private func mix() {
    state = rowHash(block.span, key: state ^ key) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(block.count)
    block.removeAll(keepingCapacity: true)
  }
}
