internal import CScan

/// What a charset detector asks of raw bytes, counted in one pass.
package struct ByteCounts: Sendable {
  /// NUL at even and at odd offsets.
  package let nulEven, nulOdd: Int
  /// C0 controls and DEL, other than NUL, TAB, LF, VT, FF, CR, SUB and ESC.
  package let control: Int
  /// ESC, which starts the escape sequences of ISO-2022-JP and of terminals.
  package let escape: Int
  /// Bytes 80–FF.
  package let high: Int

  /// Counts `bytes`; printable ASCII passes at about 10 GB/s.
  package init(_ bytes: Span<UInt8>) {
    let counts = unsafe bytes.withUnsafeBufferPointer { buffer in
      // SAFETY: the kernel reads `buffer.count` bytes; a nil base comes only with a count of 0.
      unsafe cs_count_bytes(buffer.baseAddress, buffer.count)
    }
    nulEven = counts.nul_even
    nulOdd = counts.nul_odd
    control = counts.control
    escape = counts.escape
    high = counts.high
  }

  /// NUL at any offset.
  package var nul: Int { nulEven + nulOdd }

  /// How many bytes there are before the first above 7F.
  package static func asciiPrefix(_ bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // SAFETY: the kernel reads `buffer.count` bytes; a nil base comes only with a count of 0.
      unsafe cs_ascii_prefix(buffer.baseAddress, buffer.count)
    }
  }
}
