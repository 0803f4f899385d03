internal import BreachModel

/// Where a comment, an instruction, a declaration or a script ends; it may stand across texts.
struct MarkupAside {
  private let kind: Markup.Kind
  /// Inside the brackets of a document type's own declarations.
  private var isInBrackets = false
  /// The last bytes before, the newest one lowest.
  private var last: UInt32 = 0
  private(set) var isOver = false

  init(_ kind: Markup.Kind) { self.kind = kind }

  /// Takes bytes of `at..<limit` to behind its end, a line end, or `limit`.
  mutating func take(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int {
    var at = start
    while at < limit {
      let byte = text[at]
      at += 1
      last = last << 8 | UInt32(byte)
      if byte == 0x3E && ends {
        isOver = true
        return at
      }
      if kind == .declaration {
        if byte == 0x5B { isInBrackets = true }
        if byte == 0x5D { isInBrackets = false }
      }
      if byte == 0x0A { return at }
    }
    return at
  }

  private var ends: Bool {
    switch kind {
    case .comment: last & 0xFF_FFFF == 0x2D_2D3E
    case .instruction: last & 0xFFFF == 0x3F3E
    default: !isInBrackets
    }
  }
}
