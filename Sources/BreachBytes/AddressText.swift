internal import CDictionaries
internal import CScan

extension Buffer where Element == UInt8 {
  /// Puts the plain form of the address `text` in place of what is written; true when it has a digit.
  ///
  /// The plain form has no blanks and no postal code in front; 丁目, 番地, 番 and 号 behind a number are
  /// hyphens, kanji numerals before them digits, ヶ and ヵ written large.
  package mutating func load(address text: Span<UInt8>) -> Bool {
    if room < text.count + 4 { grow(to: text.count + 4) }
    let form = unsafe text.withUnsafeBufferPointer { text in
      // SAFETY: the kernel reads `text.count` bytes and writes at most four more; an empty span may be
      // nil, which it never reads.
      unsafe cs_address_form(text.baseAddress, text.count, base)
    }
    length = form.length
    return form.has_digit != 0
  }
}

extension Municipalities {
  /// The longest municipality with whose name `text` begins, up to 12 characters.
  package static func longest(_ text: Span<UInt8>) -> (length: Int, place: Place)? {
    unsafe text.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return nil }
      var payload: UInt32 = 0
      // SAFETY: the blob is static and its size is the one given; the kernel reads `text.count` bytes
      // and writes the payload.
      let length = unsafe cs_municipality(
        breach_municipalities_bytes(),
        breach_municipalities_size,
        base,
        text.count,
        &payload
      )
      return Place(payload: payload).map { (length, $0) }
    }
  }
}
