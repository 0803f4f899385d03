internal import CDictionaries

/// The area codes (市外局番) of Japanese fixed-line numbers.
package enum AreaCodes {
  /// The length in digits, the leading 0 counted, of the area code of the national number whose five
  /// digits behind the leading 0 make `prefix`; nil when it is no geographic number.
  ///
  /// Six digits decide, as the numbering plan assigns them, so that 0837-… and 083-7… are told
  /// apart. O(1).
  package static func length(ofPrefix prefix: Int) -> Int? {
    guard prefix >= 0, prefix <= 99_999 else { return nil }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_areacodes_bytes(), count: breach_areacodes_size)
    var length = blob.byte(at: prefix / 10)
    if length >= 0x80 {
      length = blob.byte(at: 10_000 + Int(length - 0x80) * 10 + prefix % 10)
    }
    return length == 0 ? nil : Int(length)
  }
}
