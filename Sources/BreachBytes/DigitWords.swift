/// The high bit of each byte of `word` that is no ASCII digit; all other bits are 0.
///
/// Public, like `Buffer`, so that it is inlined.
@inlinable @inline(__always)
public func otherThanDigits(_ word: UInt64) -> UInt64 {
  let digits = word ^ 0x3030_3030_3030_3030
  // The high bits are added back: with them in the sum, one byte would carry into the next.
  let sum = (digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676
  return (sum | digits) & 0x8080_8080_8080_8080
}

/// The high bits of the eight bytes, one behind the other: bit 0 is that of the lowest byte.
@inlinable @inline(__always)
public func gathered(highBits word: UInt64) -> UInt64 {
  ((word & 0x8080_8080_8080_8080) &* 0x0002_0408_1020_4081) >> 56
}

/// The eight ASCII digits of a number below 100,000,000, the first of them in the lowest byte.
///
/// The reverse of `number(ofDigits:)`, and in the same steps.
@inlinable @inline(__always)
public func digitWord(of number: Int) -> UInt64 {
  let value = UInt64(truncatingIfNeeded: number)
  let fours = value / 10_000 | (value % 10_000) << 32
  // 5243 / 2^19 and 103 / 2^10 are a hundredth and a tenth, good for numbers of four and two digits.
  let hundreds = ((fours &* 5_243) >> 19) & 0x0000_007F_0000_007F
  let pairs = hundreds | (fours &- hundreds &* 100) << 16
  let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
  return tens | (pairs &- tens &* 10) << 8 | 0x3030_3030_3030_3030
}
