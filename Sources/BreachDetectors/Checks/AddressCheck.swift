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
  /// Numbers of prefectures (0: none) by a hash of their first two characters, which tell them apart.
  private let byStart: [UInt8]

  init() {
    var bytes: [UInt8] = []
    var starts = [0, 0]
    var table = [UInt8](repeating: 0, count: 256)
    for name in Self.names.split(separator: " ") {
      let name = Array(name.utf8)
      var slot = Self.slot(of: name.span)
      while table[slot] != 0 { slot = (slot + 1) & 255 }
      table[slot] = UInt8(starts.count - 1)
      bytes.append(contentsOf: name)
      starts.append(bytes.count)
    }
    (prefectures, self.starts, byStart) = (bytes, starts, table)
  }

  @inline(__always)
  private static func slot(of name: Span<UInt8>) -> Int {
    let first = UInt32(name[0]) << 16 | UInt32(name[1]) << 8 | UInt32(name[2])
    let second = UInt32(name[4]) << 8 | UInt32(name[5])
    return Int((first &* 0x9E37_79B1 ^ second &* 0x85EB_CA6B) >> 24)
  }

  /// The prefecture (1…47) at the start of `bytes`.
  func prefecture(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count >= 9, bytes[0] >= 0xE4 else { return nil }
    var slot = Self.slot(of: bytes)
    while byStart[slot] != 0 {
      let number = Int(byStart[slot])
      if begins(bytes, with: number) { return number }
      slot = (slot + 1) & 255
    }
    return nil
  }

  private func begins(_ bytes: Span<UInt8>, with number: Int) -> Bool {
    let (start, end) = (starts[number], starts[number + 1])
    guard bytes.count >= end - start else { return false }
    for index in start..<end where bytes[index - start] != prefectures[index] { return false }
    return true
  }

  /// Passes what names a municipality and goes on with numbers; all else is unknown.
  ///
  /// The normal form: no blanks, the prefecture in front where the municipality tells it, 丁目, 番地,
  /// 番 and 号 as hyphens, so that 三丁目2番1号 and 3-2-1 are one address.
  func check(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    guard text.count >= 6, text.count <= 400 else { return .fail }
    guard Self.hasWide(text) else { return Self.latin(text, &normal) }
    Self.normalise(text, into: &normal)
    var number = prefecture(normal.span) ?? 0
    let at = number > 0 ? starts[number + 1] - starts[number] : 0
    let municipalityEnd = Self.municipality(normal.span, from: at) ?? at
    let hasMunicipality = municipalityEnd > at
    if number == 0, hasMunicipality,
      case .prefecture(let code)? = Self.place(normal.span, at..<municipalityEnd)
    {
      number = code
      normal.prepend(prefectures.span.extracting(starts[code]..<starts[code + 1]))
    }
    let hasDigits = Self.hasDigit(normal.span)
    let hasRest = normal.count > municipalityEnd
    let hasPrefecture = at > 0
    let evidence: Evidence =
      .prefecture.when(hasPrefecture) | .dictionary.when(hasMunicipality) | .format.when(hasDigits)
    switch (hasPrefecture, hasMunicipality) {
    case (true, true):
      return Verdict(
        hasDigits ? .pass : .unknown,
        evidence: evidence,
        weight: hasDigits ? 3 : hasRest ? -4 : -10,
        prefecture: number
      )
    case (false, true):
      return Verdict(
        hasDigits ? .pass : .unknown,
        evidence: evidence,
        weight: hasDigits ? 0 : hasRest ? -10 : -20,
        prefecture: number
      )
    case (true, false):
      return Verdict(
        .unknown,
        evidence: evidence,
        weight: hasDigits ? -8 : -25,
        prefecture: number
      )
    case (false, false): return Verdict(.unknown, weight: hasDigits ? -25 : -40)
    }
  }

  /// One cell of an address spread over several.
  func part(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    guard !text.isEmpty else { return .fail }
    Self.normalise(text, into: &normal)
    return Verdict(.unknown, prefecture: prefecture(normal.span) ?? 0)
  }

  private static func hasWide(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] >= 0x80 { return true }
    return false
  }

  private static func hasDigit(_ text: Span<UInt8>) -> Bool {
    // Numbers stand at the end.
    var at = text.count
    while at > 0 {
      at -= 1
      if isDigit(text[at]) { return true }
    }
    return false
  }

  private static let municipalityFlag = LexiconFlags.municipality.rawValue

  private static func place(_ text: Span<UInt8>, _ range: Range<Int>) -> Municipalities.Place? {
    Municipalities.prefecture(of: text.extracting(range))
  }

  /// End of the longest municipality name at `from` (up to 12 characters).
  static func municipality(_ text: Span<UInt8>, from: Int) -> Int? {
    var end = from
    var best: Int?
    for _ in 0..<12 {
      guard end + 3 <= text.count, text[end] >= 0xE0, text[end] < 0xF0 else { break }
      end += 3
      // 市 区 町 村 郡
      let last = (text[end - 3], text[end - 2], text[end - 1])
      guard
        last == (0xE5, 0xB8, 0x82) || last == (0xE5, 0x8C, 0xBA) || last == (0xE7, 0x94, 0xBA)
          || last == (0xE6, 0x9D, 0x91) || last == (0xE9, 0x83, 0xA1)
      else { continue }
      if place(text, from..<end) != nil
        || Lexicon.flags(text.extracting(from..<end)).rawValue & municipalityFlag != 0
      {
        best = end
      }
    }
    return best
  }

  /// Bytes of a unit of numbering at `at`: 丁目, 番地の, 番地, 番, 号室, 号; 0 when there is none.
  private static func unit(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at + 2 < text.count else { return 0 }
    switch (text[at], text[at + 1], text[at + 2]) {
    case (0xE4, 0xB8, 0x81): return stands(text, at + 3, 0xE7, 0x9B, 0xAE) ? 6 : 0
    case (0xE7, 0x95, 0xAA):
      guard stands(text, at + 3, 0xE5, 0x9C, 0xB0) else { return 3 }
      return stands(text, at + 6, 0xE3, 0x81, 0xAE) ? 9 : 6
    case (0xE5, 0x8F, 0xB7): return stands(text, at + 3, 0xE5, 0xAE, 0xA4) ? 6 : 3
    // の between numbers
    case (0xE3, 0x81, 0xAE): return at + 3 < text.count && isDigit(text[at + 3]) ? 3 : 0
    default: return 0
    }
  }

  @inline(__always)
  private static func stands(
    _ text: Span<UInt8>,
    _ at: Int,
    _ first: UInt8,
    _ second: UInt8,
    _ third: UInt8
  ) -> Bool {
    at + 2 < text.count && text[at] == first && text[at + 1] == second && text[at + 2] == third
  }

  private static func normalise(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    out.clear()
    var at = 0
    // 〒 and its code
    if text.count > 3, text[0] == 0xE3, text[1] == 0x80, text[2] == 0x92 {
      at = 3
      while at < text.count, isDigit(text[at]) || text[at] == 0x2D || text[at] == 0x20 { at += 1 }
    }
    /// Where kanji numerals at the end of `out` begin.
    var numerals = -1
    while at < text.count {
      let byte = text[at]
      if byte == 0x20 {
        at += 1
        // 1-2-3 201: two numbers, not one.
        if let last = out.lastByte, isDigit(last), at < text.count, isDigit(text[at]) {
          out.append(0x2D)
        }
        continue
      }
      guard byte >= 0xE3, at + 2 < text.count else {
        out.append(byte)
        at += 1
        numerals = -1
        continue
      }
      let (second, third) = (text[at + 1], text[at + 2])
      guard mayCount(byte) else {
        numerals = -1
        out.append(byte)
        out.append(second)
        out.append(third)
        at += 3
        continue
      }
      let length = unit(text, at)
      if length > 0, numerals >= 0, byte != 0xE3 { writeDigits(&out, from: numerals) }
      if length > 0, let last = out.lastByte, isDigit(last) {
        at += length
        if at < text.count, isDigit(text[at]) || numeral(text, at) != nil { out.append(0x2D) }
        numerals = -1
        continue
      }
      if numeral(text, at) != nil {
        if numerals < 0 { numerals = out.count }
      } else {
        numerals = -1
      }
      // ヶ and ヵ are written as large as ケ and カ by half of all writers.
      let isSmall = byte == 0xE3 && second == 0x83 && third >= 0xB5 && third <= 0xB6
      out.append(byte)
      out.append(isSmall ? 0x82 : second)
      out.append(isSmall ? (third == 0xB6 ? 0xB1 : 0xAB) : third)
      at += 3
    }
  }

  /// A byte that begins a numeral, a unit of numbering, or a kana.
  @inline(__always)
  private static func mayCount(_ byte: UInt8) -> Bool { byte <= 0xE5 || byte == 0xE7 }

  /// The value of the kanji numeral at `at`, 10 for 十.
  private static func numeral(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard at + 2 < text.count else { return nil }
    switch (text[at], text[at + 1], text[at + 2]) {
    case (0xE4, 0xB8, 0x80): return 1
    case (0xE4, 0xBA, 0x8C): return 2
    case (0xE4, 0xB8, 0x89): return 3
    case (0xE5, 0x9B, 0x9B): return 4
    case (0xE4, 0xBA, 0x94): return 5
    case (0xE5, 0x85, 0xAD): return 6
    case (0xE4, 0xB8, 0x83): return 7
    case (0xE5, 0x85, 0xAB): return 8
    case (0xE4, 0xB9, 0x9D): return 9
    case (0xE5, 0x8D, 0x81): return 10
    default: return nil
    }
  }

  /// Replaces the kanji numerals from `from` on by digits.
  private static func writeDigits(_ out: inout ByteBuffer, from: Int) {
    var (total, current) = (0, 0)
    var at = from
    while at < out.count, let number = numeral(out.span, at) {
      if number == 10 {
        total += (current == 0 ? 1 : current) * 10
        current = 0
      } else {
        current = current * 10 + number
      }
      at += 3
    }
    total += current
    guard total < 1_000 else { return }
    out.truncate(to: from)
    if total >= 100 { out.append(0x30 + UInt8(total / 100)) }
    if total >= 10 { out.append(0x30 + UInt8(total / 10 % 10)) }
    out.append(0x30 + UInt8(total % 10))
  }

  /// A foreign address: a house number and words.
  private static func latin(_ text: Span<UInt8>, _ normal: inout ByteBuffer) -> Verdict {
    var digits = 0
    var words = 0
    var inWord = false
    for index in text.indices {
      let byte = text[index]
      if byte == 0x40 || byte == 0x3D { return .fail }
      if isDigit(byte) { digits += 1 }
      if isLetter(byte) {
        if !inWord { words += 1 }
        inWord = true
      } else {
        inWord = false
      }
    }
    guard words >= 2, digits >= 1, digits < text.count / 2 else { return .fail }
    normal.clear()
    for index in text.indices { normal.append(lowercased(text[index])) }
    return Verdict(.unknown, evidence: .format, weight: -10)
  }
}
