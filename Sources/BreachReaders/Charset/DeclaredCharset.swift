internal import BreachModel

/// The charset that a document names itself: `<?xml … encoding="…"?>`, `<meta charset="…">`.
enum DeclaredCharset {
  /// Bytes that are looked at: HTML has it among the first 1,024 (HTML Standard §4.2.5.4), and many
  /// pages a little later.
  private static let head = 4_096
  private static let longestName = 40

  /// What `probe` says of itself; nil when it is no document, says nothing, or a name that is not
  /// known here.
  static func find(_ probe: Span<UInt8>) -> Charset? {
    var start = 0
    while start < probe.count, probe[start] <= 0x20 { start += 1 }
    guard start < probe.count, probe[start] == 0x3C else { return nil }
    var at = start
    let end = min(probe.count, head)
    while at < end {
      if probe[at] == 0x3C, let found = tag(probe, at, end) { return found }
      at += 1
    }
    return nil
  }

  private static func tag(_ probe: Span<UInt8>, _ start: Int, _ end: Int) -> Charset? {
    for (tag, word) in [("<?xml", "encoding"), ("<meta", "charset")]
    where starts(probe, start, end, tag) {
      var at = start
      while at < end, probe[at] != 0x3E {
        if starts(probe, at, end, word) { return name(probe, at + word.utf8.count, end) }
        at += 1
      }
    }
    return nil
  }

  private static func starts(_ probe: Span<UInt8>, _ at: Int, _ end: Int, _ word: String) -> Bool {
    guard at + word.utf8.count <= end else { return false }
    var next = at
    for byte in word.utf8 {
      let own = probe[next]
      guard ((0x41...0x5A).contains(own) ? own | 0x20 : own) == byte else { return false }
      next += 1
    }
    return true
  }

  /// The name behind an equals sign.
  private static func name(_ probe: Span<UInt8>, _ start: Int, _ end: Int) -> Charset? {
    var at = start
    while at < end, probe[at] <= 0x20 { at += 1 }
    guard at < end, probe[at] == 0x3D else { return nil }
    at += 1
    while at < end, probe[at] <= 0x20 || probe[at] == 0x22 || probe[at] == 0x27 { at += 1 }
    var name = ""
    while at < end, name.utf8.count < longestName {
      switch probe[at] {
      case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x2E:
        name.unicodeScalars.append(Unicode.Scalar(probe[at]))
        at += 1
      default: return Charset(id: name)
      }
    }
    return Charset(id: name)
  }
}
