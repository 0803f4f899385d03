internal import CDictionaries

/// The Japanese postal codes in use, about 143,000, those of single offices included.
package enum PostalCodes {
  /// The prefecture (1…47, JIS X 0401) of a seven-digit code, 0…9999999; nil when the code does not
  /// exist.
  ///
  /// A bit for each code, then the run of codes that the code is in; no allocation, and no branch that
  /// a mix of codes makes hard to foresee.
  package static func prefecture(of code: Int) -> Int? {
    guard code >= 0 && code <= 9_999_999 else { return nil }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_postal_bytes(), count: breach_postal_size)
    let blocks = 10_000_000 / 512 + 1
    let (bitmapOf, runOf, bitmaps) = (256 * 5, 256 * 5 + blocks * 2, 256 * 5 + blocks * 3)
    let block = code >> 9
    let bitmap = bitmaps + blob.uint16(at: bitmapOf + block * 2) * 64
    guard blob.byte(at: bitmap + (code & 511) >> 3) >> UInt8(code & 7) & 1 == 1 else { return nil }
    var run = Int(blob.byte(at: runOf + block))
    // Few blocks hold codes of more than one run; behind the last one stands a number that is no code.
    while Int(blob.uint32(at: run * 4 + 4)) <= code { run += 1 }
    return Int(blob.byte(at: 256 * 4 + run))
  }
}
