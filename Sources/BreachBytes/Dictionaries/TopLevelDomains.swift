internal import CDictionaries

/// The top-level domains of the Public Suffix List of February 2023.
package enum TopLevelDomains {
  /// True when `label` (lower-case ASCII, `xn--…` for internationalised names) is one of them.
  ///
  /// A younger domain is not among them: unknown lowers a score and rejects nothing.
  package static func contains(_ label: Span<UInt8>) -> Bool {
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_tlds_bytes(), count: breach_tlds_size)
    let total = Int(blob.uint32(at: 0))
    let text = 4 + (total + 1) * 2
    var low = 0
    var high = total
    while low < high {
      let middle = (low + high) / 2
      let start = blob.uint16(at: 4 + middle * 2)
      let end = blob.uint16(at: 6 + middle * 2)
      let order = compare(label, with: blob, from: text + start, to: text + end)
      if order == 0 { return true }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return false
  }

  /// Negative, zero or positive as `label` sorts before, with or behind the bytes of `blob`.
  private static func compare(
    _ label: Span<UInt8>,
    with blob: Blob,
    from start: Int,
    to end: Int
  ) -> Int {
    for index in 0..<min(label.count, end - start) {
      let difference = Int(label[index]) - Int(blob.byte(at: start + index))
      if difference != 0 { return difference }
    }
    return label.count - (end - start)
  }
}
