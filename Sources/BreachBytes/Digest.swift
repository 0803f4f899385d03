internal import CScan

/// The secret of one run or one case: 16 bytes, never printed.
package struct DigestKey: Sendable, Equatable {
  package let bytes: [UInt8]

  /// Nil unless 16 bytes are given.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// A fresh key from the kernel's random source.
  package static func random() -> DigestKey {
    var generator = SystemRandomNumberGenerator()
    return DigestKey((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
      ?? random()
  }
}

/// SipHash-2-4-128 of `bytes` under `key` (Aumasson & Bernstein 2012).
package func digest(_ bytes: Span<UInt8>, key: DigestKey) -> (UInt64, UInt64) {
  var out: [2 of UInt64] = [0, 0]
  unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe key.bytes.withUnsafeBufferPointer { key in
      var span = out.mutableSpan
      unsafe span.withUnsafeMutableBufferPointer { out in
        // SAFETY: key holds 16 bytes (checked in init), out two words; an empty span may be nil,
        // which the kernel never reads.
        unsafe cs_siphash128(
          key.baseAddress,
          buffer.baseAddress,
          buffer.count,
          out.baseAddress
        )
      }
    }
  }
  return (out[0], out[1])
}

/// The same of an array's bytes.
package func digest(_ bytes: [UInt8], key: DigestKey) -> (UInt64, UInt64) {
  digest(bytes.span, key: key)
}

/// The secret as the kernel wants it, for the digests of many values.
package struct Digester: Sendable {
  private let first: UInt64
  private let second: UInt64

  package init(_ key: DigestKey) {
    // Little-endian words, as SipHash reads its key.
    first = key.bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    second = key.bytes[8...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The first word of `digest` of `kind` followed by `bytes`.
  ///
  /// The kind goes in first, so that equal digits of two types differ.
  package func digest(_ kind: UInt8, _ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // SAFETY: the kernel reads `count` bytes and nothing else; an empty span may be nil, which it
      // never reads.
      unsafe cs_digest(first, second, kind, buffer.baseAddress, buffer.count)
    }
  }
}

/// A keyed 64-bit hash that tells equal rows from different ones inside one run.
package func rowHash(_ bytes: Span<UInt8>, key: UInt64) -> UInt64 {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    // SAFETY: the kernel reads `count` bytes and nothing else.
    unsafe cs_rowhash(key, buffer.baseAddress, buffer.count)
  }
}

/// The bytes of 64-bit words, in this machine's order; for channels and spools of one machine.
package func bytes(of words: [UInt64]) -> [UInt8] {
  // SAFETY: words are trivial; the copy is made before the borrowed buffer ends.
  unsafe words.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// The words that `bytes(of:)` wrote into `range` of `bytes`; its length is a multiple of eight.
package func words(of bytes: [UInt8], in range: Range<Int>) -> [UInt64] {
  precondition(range.count % 8 == 0 && range.upperBound <= bytes.count)
  return unsafe [UInt64](unsafeUninitializedCapacity: range.count / 8) { buffer, count in
    // SAFETY: the destination holds range.count bytes, the source range lies inside `bytes`.
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: source[range])
    }
    count = range.count / 8
  }
}
