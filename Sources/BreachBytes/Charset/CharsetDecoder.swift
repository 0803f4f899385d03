package import BreachModel
internal import CDictionaries
internal import CScan

/// Turns the bytes of one stream in one charset into UTF-8, piece by piece.
///
/// What is invalid becomes U+FFFD, one byte at a time (one code unit in UTF-16 and UTF-32), and never
/// takes an ASCII byte with it. A byte-order mark is not removed: the detector says how long it is.
package struct CharsetDecoder: Sendable {
  /// The charset of the input.
  package let charset: Charset

  /// The set that ISO-2022-JP has designated; 0 is ASCII.
  private var state: UInt32 = 0

  /// Input bytes decoded at once, so that the space set aside for the worst case, three output
  /// bytes for one, stays in the cache and does not blow up `output`.
  private static let stride = 16 * 1024

  /// A decoder at the start of a stream.
  package init(charset: Charset) { self.charset = charset }

  /// Forgets the stream, for the next one in the same charset.
  package mutating func reset() { state = 0 }

  /// Appends `input` as UTF-8 to `output`.
  ///
  /// A sequence that the end of `input` cuts is left unconsumed, at most three bytes (four for an
  /// escape sequence or a surrogate pair's half); the caller gives it again with what follows. With
  /// `final` it is invalid. Allocates only to grow `output`; 1.5–3 GB/s.
  ///
  /// - Returns: the input bytes that were read, and the number of U+FFFD written for invalid ones.
  package mutating func decode(
    _ input: Span<UInt8>,
    final: Bool,
    into output: inout [UInt8]
  ) -> (consumed: Int, invalid: Int) {
    unsafe input.withUnsafeBufferPointer { buffer in
      // SAFETY: `buffer` is valid for the length of this closure and `base` does not outlive it.
      guard let base = buffer.baseAddress else { return (0, 0) }
      let count = buffer.count
      var at = 0
      var invalid = 0
      while at < count {
        let piece = min(count - at, Self.stride)
        let isLast = at + piece == count
        let result = unsafe decode(
          base + at,
          count: piece,
          final: final && isLast,
          into: &output
        )
        at += result.consumed
        invalid += result.invalid
        // A piece is longer than any cut sequence: no progress means that the input ends in one.
        if result.consumed == 0 || (isLast && !final) { break }
      }
      return (at, invalid)
    }
  }

  /// One call of the kernel.
  private mutating func decode(
    _ input: UnsafePointer<UInt8>,
    count: Int,
    final: Bool,
    into output: inout [UInt8]
  ) -> (consumed: Int, invalid: Int) {
    var consumed = 0
    var invalid = 0
    let last: Int32 = final ? 1 : 0
    output.append(addingCapacity: 3 * count + 8) { space in
      // SAFETY: the kernels read `count` bytes of `input`, which the caller vouches for, and write
      // at most 3 * count + 8 bytes; `space` has that capacity and starts empty.
      unsafe space.withUnsafeMutableBufferPointer { buffer, written in
        guard let out = buffer.baseAddress else { return }
        switch charset {
        case .utf8:
          unsafe written = cs_decode_utf8(input, count, last, out, &consumed, &invalid)
        case .cp932:
          unsafe written = cs_decode_cp932(
            Tables.cp932,
            input,
            count,
            last,
            out,
            &consumed,
            &invalid
          )
        case .eucJP:
          unsafe written = cs_decode_eucjp(
            Tables.jis0208,
            Tables.jis0212,
            input,
            count,
            last,
            out,
            &consumed,
            &invalid
          )
        case .iso2022JP:
          unsafe written = cs_decode_iso2022jp(
            Tables.jis0208,
            Tables.jis0212,
            &state,
            input,
            count,
            last,
            out,
            &consumed,
            &invalid
          )
        case .utf16LE:
          unsafe written = cs_decode_utf16(0, input, count, last, out, &consumed, &invalid)
        case .utf16BE:
          unsafe written = cs_decode_utf16(1, input, count, last, out, &consumed, &invalid)
        case .utf32LE:
          unsafe written = cs_decode_utf32(0, input, count, last, out, &consumed, &invalid)
        case .utf32BE:
          unsafe written = cs_decode_utf32(1, input, count, last, out, &consumed, &invalid)
        case .latin1:
          unsafe written = cs_decode_latin1(input, count, last, out, &consumed, &invalid)
        case .eucKR, .gb18030, .big5:
          let hasRuns = charset == .gb18030
          unsafe written = cs_decode_pairs(
            Tables.pairs(charset),
            Tables.gb18030Runs,
            hasRuns ? breach_gb18030_runs_size / 4 : 0,
            input,
            count,
            last,
            out,
            &consumed,
            &invalid
          )
        case .windows1250, .windows1251, .windows1253, .windows1254, .windows1255, .windows1256,
          .windows1257, .windows874, .iso88592, .iso88595, .koi8R, .ibm866:
          unsafe written = cs_decode_single(
            Tables.single(charset),
            input,
            count,
            out,
            &consumed,
            &invalid
          )
        }
      }
    }
    return (consumed, invalid)
  }
}

/// The code tables, which are constants of the program.
private enum Tables {
  // SAFETY: the blobs are static, aligned to 16 bytes, and of the sizes that the generator fixes.

  /// 60 rows of 192 cells.
  static var cp932: UnsafePointer<UInt16> {
    unsafe breach_cp932_bytes().assumingMemoryBound(to: UInt16.self)
  }

  /// 94 rows of 94 cells.
  static var jis0208: UnsafePointer<UInt16> {
    unsafe breach_jis0208_bytes().assumingMemoryBound(to: UInt16.self)
  }

  /// 94 rows of 94 cells.
  static var jis0212: UnsafePointer<UInt16> {
    unsafe breach_jis0212_bytes().assumingMemoryBound(to: UInt16.self)
  }

  /// 126 rows of 192 cells.
  static func pairs(_ charset: Charset) -> UnsafePointer<UInt16> {
    switch charset {
    case .eucKR: unsafe breach_euc_kr_bytes().assumingMemoryBound(to: UInt16.self)
    case .big5: unsafe breach_big5_bytes().assumingMemoryBound(to: UInt16.self)
    default: unsafe breach_gb18030_bytes().assumingMemoryBound(to: UInt16.self)
    }
  }

  /// Pairs of a linear index and a code point.
  static var gb18030Runs: UnsafePointer<UInt16> {
    unsafe breach_gb18030_runs_bytes().assumingMemoryBound(to: UInt16.self)
  }

  /// 128 cells of four bytes.
  static func single(_ charset: Charset) -> UnsafePointer<UInt8> {
    // The blob has them in the order of the cases.
    let place = Int(charset.rawValue - Charset.windows1250.rawValue)
    precondition((place + 1) * 512 <= breach_single_byte_size)
    return unsafe breach_single_byte_bytes().assumingMemoryBound(to: UInt8.self) + place * 512
  }
}
