import BreachBytes
import TestKit
import Testing

/// The kernels for addresses against plain twins, on addresses put together at random.
@Suite struct AddressTextTests {
  private static let pieces = [
    "東京都", "神奈川県", "京都府", "千代田区", "横浜市", "横浜市西区", "左京区", "虻田郡", "ニセコ町", "府中市", "四日市市", "元町",
    "西村", "郡", "市", "三軒茶屋", "鎌ヶ谷市", "ヵ", "ヶ", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    "丁目", "丁", "目", "番地の", "番地", "番", "地", "の", "号室", "号", "室", "1", "23", "０", "-", " ", "  ", "〒",
    "〒150-0002 ",
    "コーポ桜", "Bld", "é", "𠮷", "々", ".", "　",
  ]

  private static func address(_ random: inout SeededGenerator) -> [UInt8] {
    (0...random.below(9)).flatMap { _ in Array(random.pick(pieces).utf8) }
  }

  @Test func plainForm() {
    var random = SeededGenerator(seed: 1)
    var buffer = ByteBuffer()
    for _ in 0..<50_000 {
      let text = Self.address(&random)
      let hasDigit = buffer.load(address: text.span)
      let expected = AddressTwin.plain(text)
      #expect(buffer.array == expected, "\(text)")
      #expect(hasDigit == expected.contains { (0x30...0x39).contains($0) }, "\(text)")
    }
  }

  @Test func plainFormOfAPart() {
    var buffer = ByteBuffer()
    func plain(_ text: [UInt8]) -> [UInt8] {
      let hasDigit = buffer.load(address: text.span)
      #expect(hasDigit == buffer.array.contains { $0 < 0x3A })
      return buffer.array
    }
    #expect(plain([]) == [])
    #expect(plain(Array("十九丁目九百".utf8)) == Array("19-九百".utf8))
    // A town may end in a numeral: 郷六 8.
    #expect(plain(Array("郷六八丁目11-28".utf8)) == Array("郷六8-11-28".utf8))
    #expect(plain(Array("郷六八番地".utf8)) == Array("郷68".utf8))
    // A thousand and more is no number of a block, however many numerals there are.
    let many = Array((String(repeating: "九", count: 100) + "番地").utf8)
    #expect(plain(many) == many)
    // What is cut or no UTF-8 stays as it is.
    let cut = Array("渋谷区渋谷三丁目".utf8.dropLast())
    #expect(plain(cut) == cut)
    #expect(plain([0xE4, 0xFF, 0x80, 0xE7, 0x95]) == [0xE4, 0xFF, 0x80, 0xE7, 0x95])
  }

  @Test func longestMunicipality() {
    var random = SeededGenerator(seed: 2)
    var found = 0
    for _ in 0..<20_000 {
      let text = Self.address(&random)
      let longest = Municipalities.longest(text.span)
      let expected = AddressTwin.municipality(text)
      #expect(longest?.length == expected, "\(text)")
      guard let longest else { continue }
      found += 1
      let name = Array(text[..<longest.length])
      let place = Municipalities.prefecture(of: name.span)
      #expect(place == longest.place)
    }
    #expect(found > 2_000)
  }
}

/// The same rules as the kernels follow, one at a time and slowly.
private enum AddressTwin {
  private static let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    .map { Array($0.utf8) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func begins(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
    text.starts(with: word.utf8)
  }

  private static func numeral(_ text: ArraySlice<UInt8>) -> Int? {
    numerals.firstIndex { text.starts(with: $0) }.map { $0 + 1 }
  }

  /// The unit of numbering at the start of `text`, in bytes.
  private static func unit(_ text: ArraySlice<UInt8>) -> Int {
    for unit in ["丁目", "番地の", "番地", "番", "号室", "号"] where begins(text, unit) {
      return unit.utf8.count
    }
    return begins(text, "の") && text.dropFirst(3).first.map(isDigit) ?? false ? 3 : 0
  }

  static func plain(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var rest = text[...]
    if begins(rest, "〒"), rest.count > 3 {
      rest = rest.dropFirst(3).drop { isDigit($0) || $0 == 0x2D || $0 == 0x20 }
    }
    /// Numerals at the end of `out`, by their values.
    var run: [Int] = []
    while let byte = rest.first {
      let endsInDigit = out.last.map(isDigit) ?? false
      if byte == 0x20 {
        rest = rest.dropFirst()
        if endsInDigit, let next = rest.first, isDigit(next) { out.append(0x2D) }
        continue
      }
      guard byte >= 0xE3, rest.count >= 3 else {
        out.append(byte)
        rest = rest.dropFirst()
        run = []
        continue
      }
      let length = unit(rest)
      // 郷六八丁目: without a ten only the last numeral is one of the district.
      if begins(rest, "丁目"), !run.contains(10) { run = run.suffix(1) }
      if length > 0, !run.isEmpty, !begins(rest, "の"), let number = value(run) {
        out.removeLast(run.count * 3)
        out.append(contentsOf: String(number).utf8)
      }
      if length > 0, let last = out.last, isDigit(last) {
        rest = rest.dropFirst(length)
        if rest.first.map(isDigit) ?? false || numeral(rest) != nil { out.append(0x2D) }
        run = []
        continue
      }
      if let numeral = numeral(rest) { run.append(numeral) } else { run = [] }
      if begins(rest, "ヵ") {
        out.append(contentsOf: "カ".utf8)
      } else if begins(rest, "ヶ") {
        out.append(contentsOf: "ケ".utf8)
      } else {
        out.append(contentsOf: rest.prefix(3))
      }
      rest = rest.dropFirst(3)
    }
    return out
  }

  /// What the numerals make; nil for a thousand and more.
  private static func value(_ run: [Int]) -> Int? {
    var (total, current) = (0, 0)
    for number in run {
      if number == 10 {
        total += max(current, 1) * 10
        current = 0
      } else {
        current = min(current * 10 + number, 1_000)
      }
    }
    return total + current < 1_000 ? total + current : nil
  }

  static func municipality(_ text: [UInt8]) -> Int? {
    let ends = ["市", "区", "町", "村", "郡"].map { Array($0.utf8) }
    var best: Int?
    for end in stride(from: 3, through: min(36, text.count), by: 3) {
      guard (0xE0..<0xF0).contains(text[end - 3]) else { break }
      guard ends.contains(Array(text[end - 3..<end])) else { continue }
      if Municipalities.prefecture(of: text.span.extracting(..<end)) != nil { best = end }
    }
    return best
  }
}
