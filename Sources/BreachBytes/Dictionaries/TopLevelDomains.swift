internal import CDictionaries

/// The top-level domains of the Public Suffix List of February 2023.
package enum TopLevelDomains {
  /// All of them, in lower-case ASCII (`xn--…` for internationalised names).
  ///
  /// A younger domain is not among them: unknown lowers a score and rejects nothing.
  package static var labels: [[UInt8]] {
    // SAFETY: the blob is static and its size is the one given.
    let blob = unsafe Blob(base: breach_tlds_bytes(), count: breach_tlds_size)
    let total = Int(blob.uint32(at: 0))
    let text = 4 + (total + 1) * 2
    return (0..<total).map { number in
      (blob.uint16(at: 4 + number * 2)..<blob.uint16(at: 6 + number * 2)).map {
        blob.byte(at: text + $0)
      }
    }
  }
}
