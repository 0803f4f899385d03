internal import CDictionaries

/// Variant forms of kanji (異体字).
package enum Itaiji {
  /// The standard form of a variant (髙 → 高, 邊 → 辺), or the scalar itself.
  ///
  /// For comparing and looking up only: it joins forms that a family register keeps apart (斉 and
  /// 斎). A binary search of some 800 pairs.
  package static func fold(_ scalar: UInt32) -> UInt32 {
    guard scalar >= 0x3400 else { return scalar }
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_itaiji_bytes(), count: breach_itaiji_size)
    var low = 0
    var high = blob.count / 8
    while low < high {
      let middle = (low + high) / 2
      let variant = blob.uint32(at: middle * 8)
      if variant == scalar { return blob.uint32(at: middle * 8 + 4) }
      if variant < scalar { low = middle + 1 } else { high = middle }
    }
    return scalar
  }
}
