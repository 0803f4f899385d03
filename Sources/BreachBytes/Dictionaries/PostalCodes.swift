internal import CDictionaries

/// The Japanese postal codes in use, about 143,000, those of single offices included.
package enum PostalCodes {
  /// The prefecture (1…47, JIS X 0401) of a seven-digit code, 0…9999999; nil when the code does not
  /// exist.
  ///
  /// A binary search among the codes with the same first three digits; no allocation.
  package static func prefecture(of code: Int) -> Int? {
    guard code >= 0 && code <= 9_999_999 else { return nil }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_postal_bytes(), count: breach_postal_size)
    let suffixes = 1001 * 4
    let total = Int(blob.uint32(at: 1000 * 4))
    let group = code / 10_000
    let suffix = code % 10_000
    var low = Int(blob.uint32(at: group * 4))
    var high = Int(blob.uint32(at: group * 4 + 4))
    while low < high {
      let middle = (low + high) / 2
      let found = blob.uint16(at: suffixes + middle * 2)
      if found == suffix { return Int(blob.byte(at: suffixes + total * 2 + middle)) }
      if found < suffix { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
