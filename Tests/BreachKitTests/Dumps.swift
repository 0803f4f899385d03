import Foundation

/// Dumps of invented persons, written row by row so that their number is known.
enum Dumps {
  private static let surnames =
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本"
    .split(separator: " ")
  private static let given =
    "健一 大輔 翔太 拓也 直樹 誠 浩二 隆 学 剛 美咲 陽子 裕子 由美 直美 恵子 智子 久美子 真由美 明美 愛 舞 彩 麻衣 優子 和也 達也 哲也 雅彦 秀樹 洋平 俊介 亮 涼太 健太 雄太 千尋 薫 葵 楓"
    .split(separator: " ")
  private static let english = (
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Charles Sarah Daniel Nancy Matthew Lisa Anthony"
      .split(separator: " "),
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Martinez Lopez Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Harris Clark"
      .split(separator: " ")
  )

  /// The first 1,600 names differ.
  static func name(_ number: Int) -> String {
    "\(surnames[number % 40]) \(given[number / 40 % 40])"
  }

  /// A mailbox that nobody else has.
  static func mail(_ number: Int) -> String { "kokyaku\(10_000 + number)@mail.example-shop.jp" }

  static func address(_ number: Int) -> String {
    "東京都千代田区丸の内\(number % 3 + 1)丁目\(number + 1)-\(number % 9 + 1)"
  }

  /// A table with a row for each of `count` persons.
  static func csv(_ header: String, _ count: Int, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<count).map { row($0) + "\n" }.joined()
  }

  /// Names with mailboxes.
  static func customers(_ count: Int) -> String {
    csv("氏名,メールアドレス", count) { "\(name($0)),\(mail($0))" }
  }

  /// Names with My Numbers.
  static func myNumbers(_ count: Int) -> String {
    csv("氏名,個人番号", count) { "\(name($0)),\(myNumber($0))" }
  }

  /// Names with full card numbers.
  static func cards(_ count: Int) -> String {
    csv("氏名,カード番号", count) { "\(name($0)),\(card($0))" }
  }

  /// English names with Social Security numbers.
  static func socialSecurity(_ count: Int) -> String {
    csv("Name,SSN", count) { number in
      let (first, last) = (english.0[number % 25], english.1[number / 25])
      let area = String(1_000 + number * 7 % 664 + 1).dropFirst()
      let group = String(100 + number % 99 + 1).dropFirst()
      let serial = String(10_000 + number * 13 % 9_999 + 1).dropFirst()
      return "\(first) \(last),\(area)-\(group)-\(serial)"
    }
  }

  /// Sixteen digits of an issuer's range that pass the check digit.
  static func card(_ number: Int) -> String {
    let body = "453201" + String(1_000_000_000 + (number * 7_919 + 13) % 1_000_000_000).dropFirst()
    var sum = 0
    for (index, digit) in body.reversed().enumerated() {
      let value = (digit.wholeNumberValue ?? 0) * (index.isMultiple(of: 2) ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    }
    return body + String((10 - sum % 10) % 10)
  }

  /// Eleven digits and their check digit by the ministerial order's formula.
  static func myNumber(_ number: Int) -> String {
    let body = String(String(100_000_000_000 + (number * 7_919 + 12_345_678_901)).suffix(11))
    var sum = 0
    for (index, digit) in body.reversed().enumerated() {
      sum += (digit.wholeNumberValue ?? 0) * (index < 6 ? index + 2 : index - 4)
    }
    let rest = sum % 11
    return body + String(rest <= 1 ? 0 : 11 - rest)
  }
}
