import BreachModel
import Foundation
import Testing

/// Files of one folder whose rows speak of the same persons by keys that no schema describes.
@Suite struct KeyTests {
  private static let family = [
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田",
    "佐々木", "山口", "松本", "井上", "木村", "林", "斎藤", "清水", "山崎", "森", "池田", "橋本",
    "阿部", "石川", "山下", "中島", "石井", "小川",
  ]
  private static let given = ["一", "二", "三", "太", "斗", "司", "吾", "人", "介", "作"]

  /// No two of three hundred are alike.
  static func name(_ number: Int, _ letter: String = "健") -> String {
    "\(family[number % 30]) \(letter)\(given[number / 30 % 10])"
  }

  /// `id,name,email` of so many persons, from an id on.
  func users(_ count: Int, head: String = "id,name,email", from first: Int = 1) -> String {
    head + "\n"
      + (0..<count).map {
        "\(first + $0),\(Self.name($0)),u\(first)x\($0)@example-mail.jp\n"
      }.joined()
  }

  /// Two orders of each of so many persons, to an address of the person's own.
  func orders(_ count: Int, head: String = "order_id,user_id,address") -> String {
    head + "\n"
      + (0..<2 * count).map {
        "\(9_000 + $0),\($0 % count + 1),東京都千代田区神田\($0 % count + 1)-2-3\n"
      }.joined()
  }

  private func withFolder(_ files: [String: String], _ body: (Folder) throws -> Void) throws {
    let folder = try Folder()
    defer { folder.remove() }
    for (path, text) in files { try folder.write(path, text) }
    try folder.write("seed", "000102030405060708090a0b0c0d0e0f")
    try body(folder)
  }

  func persons(
    _ files: [String: String],
    _ options: String...,
    unit: Int? = nil
  ) throws -> JSON {
    var persons = JSON(value: .null)
    try withFolder(files) { folder in
      let paths = Set(files.keys.map { String($0.prefix { $0 != "/" }) }).sorted()
      let ran = try Program.run(
        ["scan", "--format", "json", "--as-of", "2026-11-20"] + options + paths,
        in: folder,
        env: unit.map { ["BREACHSCOPE_TEST_UNIT_SIZE": "\($0)"] } ?? [:]
      )
      #expect(ran.code == 0, "\(ran.stderr)")
      persons = try JSON.parse(ran.out)["persons"]
    }
    return persons
  }

  @Test(arguments: [
    ("users.csv", "id,name,email", "orders.csv", "order_id,user_id,address"),
    ("users_2024.csv", "user_id,name,email", "2024.csv", "order_id,user_id,address"),
    ("会員一覧.csv", "会員番号,氏名,メール", "注文.csv", "注文番号,会員番号,住所"),
    ("customer_master.csv", "ID,氏名,メール", "purchases.csv", "no,customer_id,住所"),
    ("data.csv", "顧客コード,氏名,メール", "orders.csv", "order_id,顧客コード,address"),
  ])
  func namesAndValuesOfKeysJoinFiles(_ one: String, _ head: String, _ other: String, _ keys: String)
    throws
  {
    let found = try persons([one: users(20, head: head), other: orders(20, head: keys)])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 20, "\(level)") }
    // What either file knows is the person's.
    #expect(found["by_type", "address", "high"].int == 20)
    let all = found["by_combination"].list.first
    #expect(all?["types"].list.compactMap(\.string).contains("address") == true)
    #expect(all?["types"].list.compactMap(\.string).contains("person_name") == true)
    #expect(all?["high"].int == 20)
  }

  @Test func keysThatAreNotThereJoinNothing() throws {
    let some = try persons(["users.csv": users(9), "orders.csv": orders(20)])
    #expect(some["likely"].int == 29)
    let half = try persons(["users.csv": users(10), "orders.csv": orders(20)])
    #expect(half["likely"].int == 20)
  }

  @Test func numbersOfOtherThingsJoinNothing() throws {
    let staff = try persons(["employees.csv": users(20), "orders.csv": orders(20)])
    #expect(staff["likely"].int == 40)
    let unnamed = try persons(["export.csv": users(20), "orders.csv": orders(20)])
    #expect(unnamed["likely"].int == 40)
  }

  @Test func otherFoldersAreOtherSystems() throws {
    let two = try persons([
      "a/users.csv": users(20), "a/orders.csv": orders(20),
      "b/users.csv": users(20, head: "id,name,email", from: 1).replacing("u1x", with: "v1x")
        .replacing("健", with: "真"),
      "b/orders.csv": orders(20).replacing("神田", with: "麹町"),
    ])
    #expect(two["likely"].int == 40 && two["by_type", "address", "likely"].int == 40)
  }

  /// Customers and members both number from 1; what refers to either is told by its word.
  @Test func ofSeveralTablesTheWordTells() throws {
    let members = users(20).replacing("u1x", with: "v1x").replacing("健", with: "真")
    let named = try persons([
      "users.csv": users(20), "members.csv": members, "orders.csv": orders(20),
    ])
    #expect(named["likely"].int == 40)
    let open = try persons([
      "customers.csv": users(20), "members.csv": members, "orders.csv": orders(20),
    ])
    #expect(open["likely"].int == 60)
  }

  @Test func anIDThatComesAgainIsNoKey() throws {
    let head = "id,name,email\n"
    let again = users(20) + users(20).replacing("健", with: "真").replacing(head, with: "")
    let found = try persons(["users.csv": again, "orders.csv": orders(20)])
    // 20 mailboxes with two names each, and 20 ids of nobody.
    #expect(found["by_type", "address", "likely"].int == 20)
    #expect(found["by_combination"].list.allSatisfy { $0["types"].list.count < 4 })
  }

  @Test func namesThatDisagreeKeepFilesApart() throws {
    let head = "user_id,name,address\n"
    let rows = (0..<20).map { "\($0 + 1),\(Self.name($0, "真")),東京都港区芝\($0 + 1)-2-3\n" }
    let found = try persons(["users.csv": users(20), "guests.csv": head + rows.joined()])
    #expect(found["likely"].int == 40)
  }

  @Test func jobsAndUnitsChangeNothing() throws {
    let files = ["users.csv": users(300), "orders.csv": orders(300)]
    let plain = try persons(files)
    #expect(plain["likely"].int == 300)
    #expect(try persons(files, "--jobs", "1", unit: 4_096) == plain)
    #expect(try persons(files, "--jobs", "3", unit: 1_000) == plain)
  }

  @Test func dumpsOfOneTableEachAreJoined() throws {
    let rows = (1...20).map {
      "(\($0),'\(Self.name($0))','u\($0)@example-mail.jp')"
    }
    let table = """
      CREATE TABLE users (id int NOT NULL, name text, email text, PRIMARY KEY (id));
      INSERT INTO users VALUES \(rows.joined(separator: ","));

      """
    let lines = (1...20).map { "(\(9_000 + $0),\($0),'東京都千代田区神田\($0)-2-3')" }
    let orders = """
      CREATE TABLE orders (id int NOT NULL, user_id int, address text, PRIMARY KEY (id));
      INSERT INTO orders VALUES \(lines.joined(separator: ","));

      """
    let found = try persons(["users.sql": table, "orders.sql": orders])
    #expect(found["high"].int == 20 && found["by_type", "address", "high"].int == 20)
  }

  @Test func mergeJoinsThemAndSaysWhy() throws {
    try withFolder(["users.csv": users(20), "orders.csv": orders(20)]) { folder in
      let key = ["--seed-key", "seed", "--as-of", "2026-11-20"]
      for name in ["users", "orders"] {
        let args = ["scan", "\(name).csv", "--output", "\(name).breach"] + key
        #expect(try Program.run(args, in: folder).code == 0)
      }
      let merged = try Program.run(
        ["merge", "users.breach", "orders.breach", "--seed-key", "seed", "--output", "all.breach"]
          + ["--output", "all.json"],
        in: folder
      )
      #expect(merged.code == 0, "\(merged.stderr)")
      let args = ["scan", "orders.csv", "users.csv", "--format", "json"] + key
      let both = try Program.run(args, in: folder)
      let result = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/all.json"))
      #expect(try JSON.parse(result)["persons"] == JSON.parse(both.out)["persons"])
      // The first order of the first user, and the first user.
      let asked = ["persons", "all.breach", "--why", "R1", "R41"]
      let why = try Program.run(asked, in: folder).stdout
      for part in ["orders.csv:2", "users.csv:2", "row_key"] {
        #expect(why.contains(part), "\(why)")
      }
    }
  }
}
