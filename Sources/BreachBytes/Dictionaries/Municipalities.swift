internal import CDictionaries
internal import CScan

/// Municipalities of the postal code data and dissolved ones, by name.
package enum Municipalities {
  /// Where a name of a municipality lies.
  package enum Place: Sendable, Hashable {
    /// In one prefecture, 1…47 in the order of JIS X 0401.
    case prefecture(Int)
    /// In more than one (府中市, 伊達市, 中央区).
    case several

    init?(payload: UInt32) {
      switch payload {
      case 1...47: self = .prefecture(Int(payload))
      case 0xFF: self = .several
      default: return nil
      }
    }
  }

  /// The prefecture of `name` (UTF-8, with its suffix); nil when there is no such municipality.
  ///
  /// Known forms: 横浜市, 横浜市西区, 西区, 虻田郡ニセコ町, ニセコ町, 虻田郡. O(1), no allocation.
  package static func prefecture(of name: Span<UInt8>) -> Place? {
    unsafe name.withUnsafeBufferPointer { key in
      guard let base = key.baseAddress else { return nil }
      // SAFETY: as in `Lexicon.flags`.
      let payload = unsafe cs_table_lookup(
        breach_municipalities_bytes(),
        breach_municipalities_size,
        8,
        base,
        key.count
      )
      return Place(payload: payload)
    }
  }
}
