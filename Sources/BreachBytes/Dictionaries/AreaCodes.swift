internal import CDictionaries

/// The area codes (市外局番) of Japanese fixed-line numbers.
package enum AreaCodes {
  /// The length in digits, the leading 0 counted, of the area code that the national number
  /// `digits` (ASCII, from its leading 0) starts with; nil when it is no geographic number.
  ///
  /// Decided by the first six digits, as the numbering plan assigns them, so that 0837-… and
  /// 083-7… are told apart; nil when there are fewer. O(1).
  package static func length(of digits: Span<UInt8>) -> Int? {
    guard digits.count >= 6, digits[0] == UInt8(ascii: "0") else { return nil }
    var prefix = 0
    for position in 1...5 {
      let digit = digits[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      prefix = prefix * 10 + Int(digit)
    }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_areacodes_bytes(), count: breach_areacodes_size)
    var length = blob.byte(at: prefix / 10)
    if length >= 0x80 {
      length = blob.byte(at: 10_000 + Int(length - 0x80) * 10 + prefix % 10)
    }
    return length == 0 ? nil : Int(length)
  }
}
