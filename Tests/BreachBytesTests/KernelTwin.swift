import BreachBytes

/// The kernels once more, byte by byte, as their header describes them.
enum KernelTwin {
  /// Every candidate of `text` from `start` on, by looking at each position for itself.
  static func candidates(_ text: [UInt8], from start: Int, literals: Set<[UInt8]>) -> [Candidate] {
    (start..<text.count).compactMap { at in
      kind(text, at, literals).map { Candidate(position: at, kind: $0) }
    }
  }

  private static func kind(_ text: [UInt8], _ at: Int, _ literals: Set<[UInt8]>)
    -> Candidate.Kind?
  {
    let rest = text[at...]
    if rest.first == 0x40 || rest.starts(with: "%40".utf8) {
      return at > 0 && isMailbox(text[at - 1]) ? .at : nil
    }
    if isRun(text[at]) {
      guard at == 0 || !isRun(text[at - 1]) else { return nil }
      let length = rest.prefix(while: isRun).count
      return length >= 8 || length == 4 && isThreeGroups(Array(rest.prefix(14))) ? .number : nil
    }
    guard rest.count >= 3, text[at] >> 4 == 0xE else { return nil }
    if isWideDigit(rest.prefix(3)) {
      return at >= 3 && isWideDigit(text[at - 3..<at]) ? nil : .fullWidth
    }
    // A set knows of the second and third byte their lower six bits, as valid text has them.
    let character = [text[at], text[at + 1] & 0x3F | 0x80, text[at + 2] & 0x3F | 0x80]
    return literals.contains(character) ? .literal : nil
  }

  private static func isMailbox(_ byte: UInt8) -> Bool {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_%!#$&'*=?^`{|}~".utf8
      .contains(byte)
  }

  private static func isRun(_ byte: UInt8) -> Bool { "0123456789()+./-".utf8.contains(byte) }

  private static func isThreeGroups(_ text: [UInt8]) -> Bool {
    let shape = text.map { (0x30...0x39).contains($0) ? UInt8(ascii: "d") : $0 }
    return shape.elementsEqual("dddd dddd dddd".utf8)
  }

  private static func isWideDigit(_ text: ArraySlice<UInt8>) -> Bool {
    Array("０１２３４５６７８９").contains { String($0).utf8.elementsEqual(text) }
  }

  /// The longest prefix that is UTF-8, and without ESC if that is asked.
  static func validPrefix(_ text: [UInt8], stoppingAtEscape: Bool) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var bytes = text.makeIterator()
    var length = 0
    while case .valid(let character) = decoder.parseScalar(from: &bytes) {
      if stoppingAtEscape, character.first == 0x1B { break }
      length += character.count
    }
    return length
  }
}
