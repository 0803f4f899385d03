internal import CDictionaries

/// Variant forms of kanji (異体字).
///
/// Public, as `Buffer` is, so that its first look is inlined.
public struct Itaiji: Sendable {
  /// A bit for each variant of the basic plane.
  private let bits: [UInt64]

  /// Reads the dictionary once, some 800 pairs.
  public init() {
    var bits = [UInt64](repeating: 0, count: 1_024)
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_itaiji_bytes(), count: breach_itaiji_size)
    for pair in 0..<blob.count / 8 {
      let scalar = blob.uint32(at: pair * 8)
      if scalar < 0x10000 { bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
    }
    self.bits = bits
  }

  /// The variants of the basic plane, in order.
  public var variants: [UInt32] {
    // SAFETY: as above.
    let blob = unsafe Blob(base: breach_itaiji_bytes(), count: breach_itaiji_size)
    return (0..<blob.count / 8).map { blob.uint32(at: $0 * 8) }.filter { $0 < 0x10000 }
  }

  /// The standard form of a variant (髙 → 高, 邊 → 辺), or the scalar itself.
  ///
  /// For comparing and looking up only: it joins forms that a family register keeps apart (斉 and
  /// 斎). One bit tells whether there is a standard form; then a binary search.
  public func standard(of scalar: UInt32) -> UInt32 {
    guard scalar >= 0x3400 else { return scalar }
    if scalar < 0x10000, bits[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 0 {
      return scalar
    }
    return Self.search(scalar)
  }

  private static func search(_ scalar: UInt32) -> UInt32 {
    // SAFETY: as above.
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
