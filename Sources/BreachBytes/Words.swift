/// The eight bytes of `text` from `at` on as a little-endian number.
///
/// Public, like `Buffer`, so that it is inlined.
@inlinable @inline(__always)
public func loadWord(_ text: Span<UInt8>, at: Int) -> UInt64 {
  precondition(at >= 0 && at <= text.count - 8)
  // SAFETY: the eight bytes lie inside the span, and each of their values is a number.
  let word = unsafe text.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: at,
    as: UInt64.self
  )
  return UInt64(littleEndian: word)
}

/// The four bytes of `text` from `at` on as a little-endian number.
@inlinable @inline(__always)
public func loadHalfWord(_ text: Span<UInt8>, at: Int) -> UInt32 {
  precondition(at >= 0 && at <= text.count - 4)
  // SAFETY: the four bytes lie inside the span, and each of their values is a number.
  let word = unsafe text.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: at,
    as: UInt32.self
  )
  return UInt32(littleEndian: word)
}

extension Buffer where Element == UInt8 {
  /// Appends the lowest `count` bytes (0…8) of a number, the lowest first.
  @inlinable @inline(__always)
  public mutating func append(word: UInt64, count: Int) {
    precondition(count >= 0 && count <= 8)
    if room - length < 8 { grow(to: length + 8) }
    // SAFETY: there is room for all eight bytes; those behind `count` are not yet written.
    unsafe UnsafeMutableRawPointer(base.unsafelyUnwrapped + length).storeBytes(
      of: word.littleEndian,
      as: UInt64.self
    )
    length &+= count
  }
}

/// The number that eight ASCII digits make, the first of them in the lowest byte; nil for other bytes.
///
/// All eight at once: pairs are joined to hundreds, these to ten thousands, these to the number.
@inlinable @inline(__always)
public func number(ofDigits word: UInt64) -> Int? {
  let digits = word ^ 0x3030_3030_3030_3030
  // Above 9 a byte reaches 0x80 with 0x76 more, or has its high bit set as it is.
  let others = (digits &+ 0x7676_7676_7676_7676) | digits
  guard others & 0x8080_8080_8080_8080 == 0 else { return nil }
  let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
  let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
  return Int((fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF)
}
