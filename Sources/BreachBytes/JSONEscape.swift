internal import CScan

/// Escape sequences of JSON strings (RFC 8259 §7).
package enum JSONEscape {
  /// Appends what the inside of a string stands for, which is never longer.
  ///
  /// A lone surrogate becomes U+FFFD; what is no escape sequence stays.
  package static func unescape(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    into out: inout [UInt8]
  ) {
    let bytes = text.extracting(range)
    out.append(addingCapacity: range.count) { space in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe space.withUnsafeMutableBufferPointer { buffer, written in
          guard let from = bytes.baseAddress, let to = buffer.baseAddress else { return }
          // SAFETY: the kernel reads `bytes.count` bytes and writes no more; `space` has room for
          // them and starts empty.
          unsafe written = cs_json_unescape(from, bytes.count, to)
        }
      }
    }
  }
}
