@testable import BreachKit
import BreachModel
import BreachPatterns
import BreachReports
import Foundation
import Testing

/// The inquiry desk: who is in it, with which items, and nothing but that.
@Suite struct LookupTests {
  private static let customers = """
    会員番号,氏名,フリガナ,生年月日,住所,電話番号,メールアドレス
    1001,渡邉 花子,ワタナベ ハナコ,1990-04-05,東京都港区芝公園4-2-8,090-1111-2222,hanako@example-mail.jp
    1002,佐藤 健一,サトウ ケンイチ,1985/12/01,大阪府大阪市北区梅田1-1-3,06-6345-1111,sato.k@example-mail.jp

    """
  private static let orders = """
    注文番号,氏名,メールアドレス,カード番号
    A-1,渡辺花子,hanako@example-mail.jp,4929381332664295
    A-2,鈴木 次郎,jiro@example-mail.jp,

    """

  private func withStore(_ extra: String = "", _ body: (Folder) throws -> Void) throws {
    try withFolder { folder in
      try folder.write("d/customers.csv", Self.customers)
      try folder.write("d/orders.csv", Self.orders)
      if !extra.isEmpty { try folder.write("d/x.pdf", extra) }
      let ran = try Program.run(["scan", "d", "-o", "s.breach", "-q"], in: folder)
      #expect(ran.code == (extra.isEmpty ? 0 : 3))
      try body(folder)
    }
  }

  private func look(_ folder: Folder, _ by: String, _ value: String, _ args: String...) throws
    -> Ran
  {
    try Program.run(
      ["lookup", "s.breach", "--by", by] + args,
      in: folder,
      stdin: Data((value + "\n").utf8)
    )
  }

  static let found: [(by: String, value: String)] = [
    ("email", "hanako@example-mail.jp"), ("email", " Hanako@EXAMPLE-MAIL.jp "),
    ("phone", "090-1111-2222"), ("phone", "０９０１１１１２２２２"), ("phone", "+81 90 1111 2222"),
    ("name-birth", "渡邉花子\n平成2年4月5日"), ("name-birth", "渡辺　花子\n1990/4/5"),
    ("name-birth", "ワタナベ ハナコ\n1990-04-05"), ("name-birth", "ﾜﾀﾅﾍﾞ ﾊﾅｺ\n1990-04-05"),
    ("name-address", "渡邉 花子\n東京都港区芝公園４丁目２番８号"), ("member-id", "1001"),
  ]

  @Test(arguments: found) func aPersonIsFound(_ by: String, _ value: String) throws {
    try withStore { folder in
      let ran = try look(folder, by, value, "-f", "json")
      #expect(ran.code == 0)
      let json = try JSON.parse(ran.out)
      #expect(json["schema"].string == "breachscope.lookup/1")
      #expect(json["found"].value == .bool(true) && json["complete"].value == .bool(true))
      let persons = json["persons"].list
      #expect(persons.map { $0["person"].string } == ["P000001"])
      #expect(persons.first?["records"].int == 2)
      let items = persons.first?["items"].list ?? []
      let files = Dictionary(
        uniqueKeysWithValues: items.map { ($0["type"].string ?? "", $0["files"].list.count) }
      )
      #expect(
        files == [
          "person_name": 2, "person_name_kana": 1, "birth_date": 1, "address": 1,
          "phone_number": 1, "email_address": 2, "member_id": 1, "card_number": 1,
        ]
      )
      let card = items.first { $0["type"].string == "card_number" }
      #expect(card?["places"].list.map(\.string) == ["d/orders.csv:2"])
      #expect(card?["confidence"].string == "certain")
    }
  }

  static let missing: [(by: String, value: String)] = [
    ("email", "nobody@example-mail.jp"), ("phone", "090-1111-2223"), ("member-id", "1003"),
    ("name-birth", "渡邉花子\n1990-04-06"), ("name-birth", "佐藤健一\n1990-04-05"),
    ("name-address", "渡邉 花子\n大阪府大阪市北区梅田1-1-3"),
  ]

  @Test(arguments: missing) func nobodyElseIs(_ by: String, _ value: String) throws {
    try withStore { folder in
      let ran = try look(folder, by, value)
      #expect(ran.code == 1)
      #expect(ran.stdout == "Not found.\n")
    }
  }

  static let unreadable: [(by: String, value: String, en: String, ja: String)] = [
    ("email", "hanako", "this is no email address", "メールアドレスとして読めません。"),
    ("name-birth", "渡邉花子\n1990年", "like 1990-04-05", "生年月日として読めません。"),
    ("phone", "12", "this is no phone number", "090-0000-0000のように"),
    ("name-birth", "渡邉花子", "the full name, and on the next line the birth date", "、次の行に生年月日を"),
    ("email", "", "it takes the email address", "標準入力に値がありません。メールアドレスを"),
  ]

  @Test(arguments: unreadable) func whatCannotBeAskedIsExplained(
    _ by: String,
    _ value: String,
    _ en: String,
    _ ja: String
  ) throws {
    try withStore { folder in
      for (language, words) in [("en", en), ("ja", ja)] {
        let ran = try look(folder, by, value, "--lang", language)
        #expect(ran.code == 2 && ran.out.isEmpty && ran.stderr.contains(words))
      }
    }
  }

  @Test func whatWasNotReadIsNotDenied() throws {
    try withStore("%PDF-1.4\n" + String(repeating: "x", count: 99)) { folder in
      #expect(try look(folder, "email", "hanako@example-mail.jp").code == 0)
      let ran = try look(folder, "email", "nobody@example-mail.jp", "--lang", "ja")
      #expect(ran.code == 3)
      #expect(ran.stdout.hasPrefix("見つかりません。\n注意: 読めなかった部分が1件あります。"))
    }
  }

  @Test func withoutItsKeyAStoreIsClosed() throws {
    try withStore { folder in
      let value = "hanako@example-mail.jp"
      try folder.write("other", "00112233445566778899aabbccddeeff")
      let other = try look(folder, "email", value, "--seed-key", "other")
      #expect(other.code == 2 && other.stderr.contains("not the key"))
      _ = try Program.shell("mv s.key moved", in: folder)
      let none = try look(folder, "email", value)
      #expect(none.code == 2 && none.stderr.contains("s.key"))
      #expect(try look(folder, "email", value, "--seed-key", "moved").code == 0)
    }
  }

  @Test func noValueIsRepeated() throws {
    try withStore { folder in
      for (by, value) in Self.found + Self.missing + [("email", "hanako"), ("phone", "12")] {
        for format in ["text", "json"] {
          let ran = try look(folder, by, value, "-f", format)
          for line in value.split(separator: "\n") {
            #expect(
              !(ran.stdout + ran.stderr).contains(line.trimmingCharacters(in: .whitespaces) + " ")
            )
            if line.count > 4 { #expect(!(ran.stdout + ran.stderr).contains(line)) }
          }
        }
      }
      let wrong = try look(folder, "email", "hanako")
      #expect(wrong.code == 2 && wrong.stderr.contains("no email address"))
      #expect(try look(folder, "name-birth", "渡邉花子").code == 2)
      #expect(
        try Program.run(["lookup", "s.breach", "hanako@example-mail.jp"], in: folder).code == 2
      )
    }
  }

  // MARK: how much is read

  /// One of many persons who share nothing.
  private struct Person {
    let id, name, birth, address, phone, email: String

    init(_ number: Int) {
      id = "M\(100_000 + number)"
      name = "佐藤 " + ["健一", "花子", "次郎", "美咲", "大輔"][number % 5]
      let (year, day) = (1_950 + number / 5 % 50, 10 + number / 250 % 18)
      birth = "\(year)-0\(1 + number / 4_500)-\(day)"
      address = "東京都港区芝公園\(number / 100 + 1)-\(number % 100 + 1)"
      phone = "090-\(1_000 + number / 5_000)-\(1_000 + number % 5_000)"
      email = "m\(number)@example-mail.jp"
    }

    var row: String { "\(id),\(name),\(birth),\(address),\(phone),\(email)\n" }

    /// All that can be asked for, and the like of nobody.
    var inquiries: [(key: LookupKey, there: [String], missing: [String])] {
      [
        (.email, [email], ["nobody@example-mail.jp"]), (.phone, [phone], ["090-9876-5432"]),
        (.memberID, [id], ["M999999"]), (.nameBirth, [name, birth], [name, "1911-01-10"]),
        (.nameAddress, [name, address], [name, "東京都港区芝公園1-999"]),
      ]
    }
  }

  @Test func aLargeStoreIsReadNoMoreThanASmallOne() throws {
    let library = try PatternLibrary()
    // Five files, of which somebody in the third is asked for: records come before and behind.
    let counts = try [200, 4_000].map { each in
      try withFolder { folder in
        for file in 0..<5 {
          let rows = (file * each..<(file + 1) * each).map { Person($0).row }
          let text = "会員番号,氏名,生年月日,住所,電話番号,メールアドレス\n" + rows.joined()
          try folder.write("d/\(file).csv", text)
        }
        let ran = try Program.run(["scan", "d", "-o", "s.breach", "-q"], in: folder)
        #expect(ran.code == 0)
        let number = 2 * each + 7
        return try Person(number).inquiries.flatMap { inquiry in
          try [inquiry.there, inquiry.missing].map { values -> Int in
            let store = try StoreReader(folder.path + "/s.breach")
            let question = try Inquiry(inquiry.key, values, try store.key(nil), library, .en)
            let answer = try question.answer(store)
            #expect(answer.persons.map(\.number) == (values == inquiry.there ? [number + 1] : []))
            return store.rowsRead
          }
        }
      }
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0].allSatisfy { $0 < 40 })
  }
}
