internal import BreachBytes
internal import BreachModel

/// Japanese addresses: prefecture, municipality, town, numbers; the gazetteer is evidence.
enum AddressCheck {
  /// JIS X 0401 order, 1…47.
  static let prefectures: [[UInt8]] = [
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県",
    "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",
    "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県",
    "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県",
    "宮崎県", "鹿児島県", "沖縄県",
  ].map { Array($0.utf8) }

  /// The prefecture (1…47) at the start of `bytes`.
  static func prefecture(_ bytes: Span<UInt8>, from: Int = 0) -> Int? {
    guard bytes.count >= from + 9, bytes[from] >= 0xE4 else { return nil }
    for (index, name) in prefectures.enumerated()
    where bytes.count >= from + name.count && bytes[from + 1] == name[1]
      && bytes[from + 2] == name[2] && bytes[from] == name[0]
    {
      var same = true
      for offset in 3..<name.count where bytes[from + offset] != name[offset] {
        same = false
        break
      }
      if same { return index + 1 }
    }
    return nil
  }

  /// Passes what begins with a prefecture or a municipality and goes on with a place or numbers.
  ///
  /// The normal form: no blanks, 丁目, 番地, 番 and 号 as hyphens.
  static func check(_ value: inout Value) -> Verdict {
    let text = value.folded
    guard text.count >= 6, text.count <= 400 else { return .fail }
    guard text.contains(where: { $0 >= 0x80 }) else { return latin(&value) }
    normalise(text, into: &value.normal)
    let span = value.normal.span
    var at = 0
    var number = 0
    if let found = prefecture(span) {
      number = found
      at = prefectures[found - 1].count
    }
    var municipalityEnd = at
    if let end = municipality(span, from: at) {
      municipalityEnd = end
      if number == 0, case .prefecture(let code)? = place(span, at..<end) { number = code }
    }
    let hasDigits = value.normal.contains(where: isDigit)
    let hasMunicipality = municipalityEnd > at
    let rest = value.normal.count - municipalityEnd
    switch (number > 0, hasMunicipality) {
    case (true, true):
      return Verdict(
        .pass, evidence: hasDigits ? [.prefecture, .dictionary, .format] : [.prefecture, .dictionary],
        weight: hasDigits ? 3 : rest > 0 ? -5 : -20, prefecture: number)
    case (true, false), (false, true):
      return Verdict(
        rest > 3 || hasDigits ? .pass : .unknown, evidence: number > 0 ? .prefecture : .dictionary,
        weight: hasDigits ? -3 : -20, prefecture: number)
    case (false, false):
      return Verdict(.unknown, weight: hasDigits ? -25 : -40)
    }
  }

  /// One cell of an address spread over several.
  static func part(_ value: inout Value) -> Verdict {
    guard !value.folded.isEmpty else { return .fail }
    normalise(value.folded, into: &value.normal)
    let number = prefecture(value.normal.span) ?? 0
    return Verdict(.unknown, prefecture: number)
  }

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
        || Lexicon.flags(text.extracting(from..<end)).contains(.municipality)
      {
        best = end
      }
    }
    return best
  }

  private static let units: [[UInt8]] = ["丁目", "番地の", "番地", "番", "号"].map { Array($0.utf8) }

  private static func normalise(_ text: [UInt8], into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    var at = 0
    // 〒 and its code
    if text.starts(with: [0xE3, 0x80, 0x92]) {
      at = 3
      while at < text.count, isDigit(text[at]) || text[at] == 0x2D || text[at] == 0x20 { at += 1 }
    }
    while at < text.count {
      if text[at] == 0x20 {
        at += 1
        continue
      }
      if text[at] >= 0xE4, let last = out.last, isDigit(last),
        let unit = units.first(where: { text[at...].starts(with: $0) })
      {
        at += unit.count
        if at < text.count, isDigit(text[at]) { out.append(0x2D) }
        continue
      }
      out.append(text[at])
      at += 1
    }
  }

  /// A foreign address: a house number and words.
  private static func latin(_ value: inout Value) -> Verdict {
    let text = value.folded
    var digits = 0
    var words = 0
    var inWord = false
    for byte in text {
      if isDigit(byte) { digits += 1 }
      if isLetter(byte) {
        if !inWord { words += 1 }
        inWord = true
      } else {
        inWord = false
      }
    }
    guard words >= 2, digits >= 1, digits < text.count / 2 else { return .fail }
    for byte in text { value.normal.append(EmailCheck.lower(byte)) }
    return Verdict(.unknown, evidence: .format, weight: -10)
  }
}
