import BreachModel
import Foundation
import Testing

/// JSON as the program wrote it, read strictly.
struct JSON: Equatable {
  var value: JSONValue

  static func parse(_ data: Data) throws -> JSON {
    JSON(value: try JSONParser.parse(Array(data)))
  }

  static func lines(_ data: Data) throws -> [JSON] {
    try data.split(separator: 0x0A).map { try parse(Data($0)) }
  }

  subscript(_ keys: String...) -> JSON {
    var at = value
    for key in keys {
      guard case .object(let object) = at else { return JSON(value: .null) }
      at = object[key] ?? .null
    }
    return JSON(value: at)
  }

  var int: Int? {
    guard case .integer(let number) = value else { return nil }
    return number
  }

  var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  var list: [JSON] {
    guard case .array(let items) = value else { return [] }
    return items.map { JSON(value: $0) }
  }

  var keys: [String] {
    guard case .object(let object) = value else { return [] }
    return object.members.map(\.key)
  }

  var isNull: Bool { value == .null }

  /// The same object without one member.
  func without(_ key: String) -> JSON {
    guard case .object(let object) = value else { return self }
    return JSON(value: .object(JSONObject(object.members.filter { $0.key != key })))
  }

  /// Says where `part` is not contained in this value; lists have to be equal.
  func missing(_ part: JSON, at path: String = "") -> [String] {
    guard case .object(let object) = part.value else {
      return value == part.value ? [] : ["\(path): not as expected"]
    }
    return object.members.flatMap { member -> [String] in
      self[member.key].missing(JSON(value: member.value), at: path + "/" + member.key)
    }
  }
}

/// A result with the questions that tests ask of it.
struct Report {
  var code: Int32
  var err: String
  var json: JSON

  struct Gap: Equatable {
    var path: String
    var reason: String
    var bytes: Int?
  }

  var gaps: [Gap] {
    json["coverage", "gaps"].list.map {
      Gap(path: $0["path"].string ?? "", reason: $0["reason"].string ?? "", bytes: $0["bytes"].int)
    }
  }

  var notes: [(path: String, kind: String)] {
    json["coverage", "notes"].list.map { ($0["path"].string ?? "", $0["kind"].string ?? "") }
  }

  var files: [String] { json["files"].list.compactMap { $0["path"].string } }

  /// Low, likely, high.
  var persons: [Int] { ["low", "likely", "high"].compactMap { json["persons", $0].int } }

  func count(_ type: String) -> Int { json["findings", type, "count"].int ?? 0 }

  var isComplete: Bool { json["run", "complete"].value == .bool(true) }

  /// Everything that has to be equal between two runs on the same input.
  var body: JSON { json.without("run") }

  /// Bytes seen = bytes read + gaps, to the byte.
  var ledgerCloses: Bool {
    let coverage = json["coverage"]
    let lost = gaps.reduce(0) { $0 + ($1.bytes ?? 0) }
    return coverage["bytes"].int == (coverage["read_bytes"].int ?? 0) + lost
  }
}

/// Invented values that must never be seen in clear.
enum Canary {
  static let name = "山田 花子"
  static let mail = "hanako.yamada@mail.example-shop.jp"
  static let phone = "090-1234-5678"
  static let card = "4929381332664295"
  static let csv = """
    氏名,メールアドレス,電話番号,カード番号
    \(name),\(mail),\(phone),\(card)

    """

  /// Nothing longer than four characters of a value stands in `text`.
  static func leaks(in text: String) -> Bool {
    for value in [mail, phone, card] {
      let characters = Array(value)
      for start in 0...(characters.count - 6)
      where text.contains(String(characters[start..<start + 6])) {
        // Parts of addresses that say nothing of a person.
        let part = String(characters[start..<start + 6])
        if !value.contains("@") || !value.split(separator: "@")[1].contains(part) { return true }
      }
    }
    return text.contains("花子") || text.contains("山田 花")
  }
}

/// A CSV of `count` invented people, no two alike.
func people(_ count: Int, from first: Int = 0) -> String {
  var text = "氏名,メールアドレス,電話番号\n"
  let families = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"]
  let givens = ["健一", "恵子", "直樹", "美咲", "翔太", "陽子", "大輔", "由美", "拓也", "真由美"]
  for number in first..<first + count {
    let name = families[number % 10] + " " + givens[number / 10 % 10]
    let digits = String(10_000_000 + number)
    text += "\(name),user\(number)@example-mail.jp,090-\(digits.prefix(4))-\(digits.suffix(4))\n"
  }
  return text
}
