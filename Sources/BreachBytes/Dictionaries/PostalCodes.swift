internal import CDictionaries

/// The Japanese postal codes in use, about 143,000, those of single offices included.
package enum PostalCodes {
  /// The prefecture (1…47, JIS X 0401) of a seven-digit code, 0…9999999; nil when the code does not
  /// exist.
  ///
  /// Bits tell which blocks of 512 codes are used and which of their codes; then the code is found
  /// among the runs of codes of one prefecture. No allocation; one line of memory for most codes.
  package static func prefecture(of code: Int) -> Int? {
    guard code >= 0 && code <= 9_999_999 else { return nil }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_postal_bytes(), count: breach_postal_size)
    let (prefectures, blocks, ranks, bitmaps) = (1_024, 1_280, 3_728, 4_340)
    let (word, bit) = (code >> 15, UInt64(code >> 9 & 63))
    let used = blob.uint64(at: blocks + word * 8)
    guard used >> bit & 1 == 1 else { return nil }
    let number = blob.uint16(at: ranks + word * 2) + (used & (1 << bit &- 1)).nonzeroBitCount
    let bitmap = bitmaps + number * 65
    guard blob.byte(at: bitmap + 1 + (code & 511) >> 3) >> UInt8(code & 7) & 1 == 1 else {
      return nil
    }
    var run = Int(blob.byte(at: bitmap))
    // Few blocks hold codes of more than one run; behind the last one stands a number that is no code.
    while Int(blob.uint32(at: run * 4 + 4)) <= code { run += 1 }
    return Int(blob.byte(at: prefectures + run))
  }
}
