import BreachBytes

/// The kernels once more, byte by byte, as their header describes them.
enum KernelTwin {
  /// Every candidate of `text` from `start` on, by looking at each position for itself.
  static func candidates(
    _ text: [UInt8],
    from start: Int,
    literals: Set<[UInt8]>,
    labels: [String] = []
  ) -> [Candidate] {
    (start..<text.count).compactMap { at in
      kind(text, at, literals, labels).map { Candidate(position: at, kind: $0) }
    }
  }

  /// True when one of `labels`, all in lower case, is what stands before `mark`.
  private static func isLabelled(_ text: [UInt8], _ mark: Int, _ labels: [String]) -> Bool {
    let before = text[max(0, mark - 40)..<mark]
    let isWord = { (byte: UInt8) in byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }
    // A blank alone stands right behind a script that is written without blanks.
    if text[mark] == 0x20 {
      guard mark >= 3, text[mark - 1] >= 0x80, text[mark - 3] >= 0xE3,
        !text[..<mark].suffix(3).starts(with: [0xE3, 0x80])
      else { return false }
    }
    // What stands right before a mark: a letter, or a quote, bracket, full stop or blank behind one.
    let closers = Array("\"') ].\t".utf8)
    guard let last = text[..<mark].last else { return false }
    if text[mark] < 0x80 {
      guard last >= 0x40 || closers.contains(last) else { return false }
    }
    let deeper = Array("\"'\\].\t ".utf8)
    var end = closers.contains(last) ? mark - 1 : mark
    if end > 0, deeper.contains(text[end - 1]) { end -= 1 }
    // One letter behind a blank is a variable.
    if mark >= 6, !isWord(text[end - 1]) || text[end - 2] == 0x20 {
      guard
        deeper.contains(text[end - 1]) || text[end - 4..<end].contains(where: { $0 >= 0x80 })
      else { return false }
    }
    let isTight = text[mark] == UInt8(ascii: "=") && text[mark - 1] != 0x20
    let joints = isTight ? "_-." : "_-. "
    return isLabelled(before, joints, labels)
  }

  private static func isLabelled(
    _ text: ArraySlice<UInt8>,
    _ joints: String,
    _ labels: [String]
  ) -> Bool {
    var before = text
    var closers = 0
    while let last = before.last, " \"'\\]*\t.".utf8.contains(last) {
      if last != 0x20, last != 0x09 {
        if closers == 4 { break }
        closers += 1
      }
      before.removeLast()
    }
    guard before.count >= 2 else { return false }
    if before.last == UInt8(ascii: ")") { return before.dropLast().last ?? 0 >= 0x80 }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    if let last = before.last, isDigit(last) { before.removeLast() }
    guard before.count >= 2, let end = before.last else { return false }
    if end >= 0x80 {
      guard before.count >= 3 else { return false }
      let three = Array(before.suffix(3))
      if ["）", "】", "」"].contains(where: { Array(String($0).utf8) == three }) { return true }
      return labels.contains { Array($0.utf8.suffix(3)) == three }
    }
    let letters = { (label: String) in label.filter { $0.isASCII && $0.isLetter } }
    let ends = Set(
      labels.filter { $0.utf8.allSatisfy { $0 < 0x80 } }.map { String(letters($0).suffix(6)) }
    )
    let mixed = Set(labels.filter { $0.utf8.contains { $0 >= 0x80 } }.map { letters($0) })
    var tail = ""
    let bytes = Array(before)
    for (index, byte) in bytes.enumerated().reversed() {
      let character = Character(UnicodeScalar(byte))
      if character.isASCII && character.isLetter {
        tail = character.lowercased() + tail
        if tail.count == 6 { return ends.contains(tail) }
        let isCapital =
          character.isUppercase && index > 0 && (0x61...0x7A).contains(bytes[index - 1])
        if isCapital && tail.count >= 2 && ends.contains(tail) { return true }
      } else if tail.isEmpty {
        return false
      } else {
        if tail.count >= 2 && ends.contains(tail) { return true }
        if byte >= 0x80 { return mixed.contains(tail) }
        guard joints.utf8.contains(byte) else { return false }
      }
    }
    return tail.count >= 2 && ends.contains(tail)
  }

  private static func kind(
    _ text: [UInt8],
    _ at: Int,
    _ literals: Set<[UInt8]>,
    _ labels: [String]
  ) -> Candidate.Kind? {
    let rest = text[at...]
    let wideMarks = ["：", "＝", "】", "　"].map { Array(String($0).utf8) }
    // A label that has a line to itself has a short one.
    if text[at] < 0x20, "\n\r".utf8.contains(text[at]) {
      let line = text[..<at].reversed().prefix { $0 != 0x0A }
      if line.count > 60 { return nil }
    }
    if " :=\n\r".utf8.contains(text[at]) || wideMarks.contains(where: rest.starts(with:)) {
      return isLabelled(text, at, labels) ? .mark : nil
    }
    if rest.first == 0x40 || rest.starts(with: "%40".utf8) {
      return at > 0 && isMailbox(text[at - 1]) ? .at : nil
    }
    if isRun(text[at]) {
      guard at == 0 || !isRun(text[at - 1]) else { return nil }
      let length = rest.prefix(while: isRun).count
      let isForeign =
        length >= 2 && text[at] == UInt8(ascii: "+") && (0x31...0x39).contains(text[at + 1])
        && (at == 0 || !isAlphanumeric(text[at - 1]))
      return length >= 8 || isForeign || length == 4 && isThreeGroups(Array(rest.prefix(14)))
        || isSpaced(text, at)
        ? .number : nil
    }
    guard rest.count >= 3, text[at] >> 4 == 0xE else { return nil }
    if isWideDigit(rest.prefix(3)) {
      return at >= 3 && isWideDigit(text[at - 3..<at]) ? nil : .fullWidth
    }
    // A set knows of the second and third byte their lower six bits, as valid text has them.
    let character = [text[at], text[at + 1] & 0x3F | 0x80, text[at + 2] & 0x3F | 0x80]
    let all = literals.union(wideMarks)
    guard all.contains(where: { $0.starts(with: character) }) else { return nil }
    // Of the sixth byte, too, and not apart for characters that differ in the second byte alone.
    let mayGoOn = all.contains { word in
      guard word[0] == character[0], word[2] == character[2] else { return false }
      return rest.count < 6 || word.count < 6 || word[5] & 0x3F == text[at + 5] & 0x3F
    }
    return mayGoOn ? .literal : nil
  }

  private static func isMailbox(_ byte: UInt8) -> Bool {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_%!#$&'*=?^`{|}~".utf8
      .contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isRun(_ byte: UInt8) -> Bool { "0123456789()+./-".utf8.contains(byte) }

  private static func isThreeGroups(_ text: [UInt8]) -> Bool {
    let shape = text.map { (0x30...0x39).contains($0) ? UInt8(ascii: "d") : $0 }
    return shape.elementsEqual("dddd dddd dddd".utf8)
  }

  /// Behind a word and a blank, 9 to 19 digits in groups, or a day with its year apart.
  private static func isSpaced(_ text: [UInt8], _ at: Int) -> Bool {
    guard at >= 3, text[at - 1] == 0x20 else { return false }
    let isWord = { (byte: UInt8) in
      byte >= 0x80 || byte == 0x2E || (0x61...0x7A).contains(byte | 0x20)
    }
    guard isWord(text[at - 2]), isWord(text[at - 3]) else { return false }
    let seen = text[at...].prefix(40)
    let rest = String(decoding: text[at...].map { $0 < 0x80 ? $0 : 0x7A }, as: UTF8.self)
    if let groups = rest.prefixMatch(of: /[0-9]{1,5}(?: [0-9]+)+/) {
      let shown = groups.output.prefix(seen.count)
      let digits = shown.filter { $0 != " " }.count
      return (9...19).contains(digits)
    }
    let day = /([0-9]{1,2}[A-Za-z ., ]*?) (?:1[89]|20)[0-9]{2}(?![0-9])/
    guard let date = rest.prefixMatch(of: day) else { return false }
    return date.output.1.utf8.count < 24
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
