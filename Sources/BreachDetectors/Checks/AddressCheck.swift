internal import BreachBytes
internal import BreachModel

/// Japanese addresses: prefecture, municipality, town, numbers; the gazetteer is evidence.
struct AddressCheck: Sendable {
  /// JIS X 0401 order.
  private static let names =
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    + "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    + "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"

  /// The prefectures' names, one behind the other, and where each (1…47) begins and ends.
  private let prefectures: [UInt8]
  private let starts: [Int]
  /// By a hash of the first two characters, which tell the prefectures apart: number (0: none), and
  /// the first eight and the last four bytes of the name.
  private let byStart: [(number: UInt8, length: UInt8, tail: UInt32, head: UInt64)]

  init() {
    var bytes: [UInt8] = []
    var starts = [0, 0]
    var table = [(number: UInt8, length: UInt8, tail: UInt32, head: UInt64)](
      repeating: (0, 0, 0, 0),
      count: 256
    )
    for name in Self.names.split(separator: " ") {
      let name = Array(name.utf8)
      let head = loadWord(name.span, at: 0)
      var slot = Self.slot(of: head)
      while table[slot].number != 0 { slot = (slot + 1) & 255 }
      table[slot] = (
        UInt8(starts.count - 1), UInt8(name.count),
        loadHalfWord(name.span, at: name.count - 4), head
      )
      bytes.append(contentsOf: name)
      starts.append(bytes.count)
    }
    (prefectures, self.starts, byStart) = (bytes, starts, table)
  }

  /// Of the first six bytes.
  @inline(__always)
  private static func slot(of head: UInt64) -> Int {
    Int(truncatingIfNeeded: (head << 16 &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  /// The prefecture (1…47) at the start of `bytes`, and the length of its name.
  func prefecture(_ bytes: Span<UInt8>) -> (number: Int, length: Int)? {
    guard bytes.count >= 9 else { return nil }
    let head = loadWord(bytes, at: 0)
    var slot = Self.slot(of: head)
    while byStart[slot].number != 0 {
      let entry = byStart[slot]
      let length = Int(entry.length)
      if entry.head == head, length <= bytes.count,
        loadHalfWord(bytes, at: length - 4) == entry.tail
      {
        return (Int(entry.number), length)
      }
      slot = (slot + 1) & 255
    }
    return nil
  }

  /// Passes what names a municipality and goes on with numbers; all else is unknown.
  ///
  /// The normal form: no blanks, the prefecture in front where the municipality tells it, 丁目, 番地,
  /// 番 and 号 as hyphens, so that 三丁目2番1号 and 3-2-1 are one address.
  func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict {
    guard text.count >= 6, text.count <= 400 else { return .fail }
    guard Self.hasWide(text) else { return Self.latin(text, &normal, words) }
    let hasDigits = normal.load(address: text)
    var (number, at) = prefecture(normal.span) ?? (0, 0)
    let place = Municipalities.longest(normal.span.extracting(at...))
    let hasPrefecture = at > 0
    let hasMunicipality = place != nil
    if number == 0, case .prefecture(let code)? = place?.place {
      number = code
      normal.prepend(prefectures.span.extracting(starts[code]..<starts[code + 1]))
    }
    let hasRest = normal.count > at + (place?.length ?? 0)
    let evidence: Evidence =
      .prefecture.when(hasPrefecture) | .dictionary.when(hasMunicipality) | .format.when(hasDigits)
    // Without a number it is no house.
    let kind: AttributeKind? =
      hasDigits ? nil : hasPrefecture && !hasMunicipality && !hasRest ? .region : .town
    switch (hasPrefecture, hasMunicipality) {
    case (true, true):
      return Verdict(
        hasDigits ? .pass : .unknown,
        evidence: evidence,
        weight: hasDigits ? 3 : hasRest ? -4 : -10,
        kind: kind,
        prefecture: number
      )
    case (false, true):
      return Verdict(
        hasDigits ? .pass : .unknown,
        evidence: evidence,
        weight: hasDigits ? 0 : hasRest ? -10 : -20,
        kind: kind,
        prefecture: number
      )
    case (true, false):
      return Verdict(
        .unknown,
        evidence: evidence,
        weight: hasDigits ? -8 : -25,
        kind: kind,
        prefecture: number
      )
    case (false, false):
      // 北京市朝阳区建国路88号, 부산광역시 해운대구 우동 1411
      if hasDigits, words.districts.occurs(in: text), words.ways.occurs(in: text) {
        return Verdict(.unknown, evidence: .format, weight: -8)
      }
      return Verdict(.unknown, weight: hasDigits ? -25 : -40, kind: kind)
    }
  }

  /// One cell of an address spread over several.
  func part(_ text: Span<UInt8>, _ normal: inout ByteBuffer, _ words: WordLists) -> Verdict {
    guard !text.isEmpty, text.count > 12 || !words.isEmptyWord(text) else { return .fail }
    guard Self.hasWide(text) else {
      normal.clear()
      for index in text.indices { normal.append(lowercased(text[index])) }
      return Verdict(.unknown)
    }
    _ = normal.load(address: text)
    return Verdict(.unknown, prefecture: prefecture(normal.span)?.number ?? 0)
  }

  private static func hasWide(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] >= 0xE3 { return true }
    return false
  }

  /// A foreign address: a house number and words, or three words with a comma between them.
  private static func latin(
    _ text: Span<UInt8>,
    _ normal: inout ByteBuffer,
    _ lists: WordLists
  ) -> Verdict {
    var (digits, words, letters, longest) = (0, 0, 0, 0)
    var (blanks, commas) = (0, 0)
    for index in text.indices {
      let byte = text[index]
      if byte == 0x40 || byte == 0x3D { return .fail }
      if isDigit(byte) { digits += 1 }
      if byte == 0x20 || byte == 0x0A { blanks += 1 }
      if byte == 0x2C { commas += 1 }
      if isLetter(byte) || byte >= 0x80 {
        if letters == 0 { words += 1 }
        letters += 1
        longest = max(longest, letters)
      } else {
        letters = 0
      }
    }
    // 0x7ffd3c2a and bc1q… have no blank; Lindenweg 5 has one long word.
    guard blanks > 0, words >= 2 || longest >= 4, digits < text.count / 2 else { return .fail }
    guard digits > 0 || words >= 3 && commas > 0 else { return .fail }
    normal.clear()
    for index in text.indices { normal.append(lowercased(text[index])) }
    let home = lists.homes.home(normal.span)
    if digits > 0, ForeignAddress.passes(text, lists.streets) {
      return Verdict(.pass, evidence: .format, weight: -3, prefecture: home)
    }
    let weight = digits > 0 ? -10 : -25
    let kind: AttributeKind? = isTown(normal.span, lists.streets) ? .town : nil
    return Verdict(.unknown, evidence: .format, weight: weight, kind: kind, prefecture: home)
  }

  // MARK: the house

  /// Where the house stands in an address in normal form; nil when that is all that it says, or when
  /// nothing tells.
  ///
  /// In Japan, what comes before building and room: 外神田9-26-39 of 外神田9-26-39県営住宅432, 1-2-3 of
  /// 1-2-3-405. Elsewhere number and street, the first part between commas that has both.
  static func house(of normal: Span<UInt8>, _ streets: StreetWords) -> Range<Int>? {
    guard normal.count >= 6 else { return nil }
    return hasWide(normal) ? lot(of: normal) : street(of: normal, streets)
  }

  private static func lot(of normal: Span<UInt8>) -> Range<Int>? {
    // Numbers joined by hyphens: of the first such group, three of them.
    var at = 0
    while at < normal.count {
      // No digit in eight bytes: most of an address is kanji.
      if at + 8 <= normal.count,
        otherThanDigits(loadWord(normal, at: at)) == 0x8080_8080_8080_8080
      {
        at += 8
        continue
      }
      guard isDigit(normal[at]) else {
        at += 1
        continue
      }
      var (hyphens, end) = (0, at)
      while end < normal.count {
        if normal[end] == 0x2D {
          let isJoint = end + 1 < normal.count && isDigit(normal[end + 1])
          if !isJoint || hyphens == 2 { break }
          hyphens += 1
        } else if !isDigit(normal[end]) {
          break
        }
        end += 1
      }
      // 北1条西3-5: a number without a hyphen belongs to the town's name.
      if hyphens > 0 { return end < normal.count ? 0..<end : nil }
      at = end
    }
    return nil
  }

  private static func street(of normal: Span<UInt8>, _ streets: StreetWords) -> Range<Int>? {
    var found: Range<Int>?
    var isTown = false
    var next = 0
    while next <= normal.count {
      let part = part(of: normal, from: &next)
      let (words, digits, isPlace) = shape(normal.extracting(part))
      guard words > 0, digits > 0 else { continue }
      if isPlace, !isStreet(normal, part, streets) {
        found = found ?? part
      } else if found == nil, part.lowerBound == 0, beginsWithCode(normal, part, streets) {
        (found, isTown) = (part, true)
      } else if !isTown || words > 1 || streets.occur(in: normal.extracting(part)) {
        return part == 0..<normal.count ? nil : part
      }
    }
    return found == 0..<normal.count ? nil : found
  }

  /// `1200 elm st`, a number before a word for a street; `ct 06103` is a place.
  private static func isStreet(
    _ normal: Span<UInt8>,
    _ part: Range<Int>,
    _ streets: StreetWords
  ) -> Bool {
    isDigit(normal[part.lowerBound]) && streets.occur(in: normal.extracting(part))
  }

  /// `79098 freiburg im breisgau`, but not `1200 elm st`: a long number, and words of which none is for
  /// a street.
  private static func beginsWithCode(
    _ normal: Span<UInt8>,
    _ part: Range<Int>,
    _ streets: StreetWords
  ) -> Bool {
    var at = part.lowerBound
    while at < part.upperBound, isDigit(normal[at]) { at += 1 }
    guard at - part.lowerBound >= 4 else { return false }
    for index in at..<part.upperBound where isDigit(normal[index]) { return false }
    return !streets.occur(in: normal.extracting(part))
  }

  /// A text in Latin letters without a street and without a house: `portland, or 97201`.
  static func isTown(_ normal: Span<UInt8>, _ streets: StreetWords) -> Bool {
    var next = 0
    while next <= normal.count {
      let part = part(of: normal, from: &next)
      let (words, digits, isPlace) = shape(normal.extracting(part))
      // 26121 oldenburg alone is a place; behind it may stand what makes it 12345 broadway.
      let isLone = part == 0..<normal.count
      let isCode = isPlace && (isLone || words == 0 || !isDigit(normal[part.lowerBound]))
      if digits > 0, !isCode, !(isLone && beginsWithCode(normal, part, streets)) { return false }
    }
    return !streets.occur(in: normal)
  }

  /// The part up to the next comma or line end, without blanks around it; `start` goes on behind that.
  private static func part(of normal: Span<UInt8>, from start: inout Int) -> Range<Int> {
    var end = start
    while end < normal.count, normal[end] != 0x2C, normal[end] != 0x0A { end += 1 }
    defer { start = end + 1 }
    return trimmed(normal, start..<end)
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  /// Words of three letters or more, digits, and whether it looks like a postal code with its place,
  /// `37073 göttingen` or `wa 98485-3841`: a long number, and hardly a word beside it.
  private static func shape(_ part: Span<UInt8>) -> (words: Int, digits: Int, isPlace: Bool) {
    var (words, short, digits, run, longest, letters) = (0, 0, 0, 0, 0, 0)
    for index in 0...part.count {
      let byte = index < part.count ? part[index] : 0x20
      if isLetter(byte) || byte >= 0x80 {
        letters += 1
      } else {
        if letters >= 3 { words += 1 } else if letters > 0 { short += 1 }
        letters = 0
      }
      run = isDigit(byte) ? run + 1 : 0
      digits += isDigit(byte) ? 1 : 0
      longest = max(longest, run)
    }
    return (words + short, digits, longest >= 4 && words <= 1 || words == 0)
  }
}
