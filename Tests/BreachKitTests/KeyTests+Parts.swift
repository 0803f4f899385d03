import BreachModel
import Testing

// Rows that refer to none, tables in parts, and tables of what is one person's.
extension KeyTests {
  /// Orders of guests, each with a name and an address of its own, who have no row among the users.
  private func guests(_ count: Int, key: String) -> [[String]] {
    (0..<count).map { number in
      ["\(5_000 + number)", key, Self.name(100 + number), "大阪府大阪市北区梅田\(number + 1)-3-4"]
    }
  }

  @Test(arguments: ["0", "", "NULL", "-1", "00000000-0000-0000-0000-000000000000"])
  func guestsAreNeitherOneNorNone(_ key: String) throws {
    let own = (0..<40).map { number in
      [
        "\(900 + number)", "\(number % 20 + 1)", Self.name(number % 20),
        "東京都千代田区神田\(number % 20 + 1)-2-3",
      ]
    }
    let rows = own + guests(12, key: key)
    let files = try persons([
      "users.csv": users(20),
      "orders.csv": "order_id,user_id,name,address\n"
        + rows.map { $0.joined(separator: ",") + "\n" }.joined(),
    ])
    for level in ["low", "likely", "high"] { #expect(files[level].int == 32, "\(level)") }
    func table(_ name: String, _ columns: [String], _ rows: [[String]]) -> String {
      let values = rows.map { row in
        "(" + row.map { $0 == "NULL" || Int($0) != nil ? $0 : "'\($0)'" }.joined(separator: ",")
          + ")"
      }
      let names = columns.map { "  `\($0)` varchar(255)" }.joined(separator: ",\n")
      return "CREATE TABLE `\(name)` (\n\(names)\n);\nINSERT INTO `\(name)` VALUES\n"
        + values.joined(separator: ",\n") + ";\n"
    }
    let named = (0..<20).map { ["\($0 + 1)", Self.name($0), "u\($0)@example-mail.jp"] }
    let dump = try persons([
      "dump.sql": table("users", ["id", "name", "email"], named)
        + table("orders", ["id", "user_id", "name", "address"], rows)
    ])
    for level in ["low", "likely", "high"] { #expect(dump[level].int == 32, "\(level)") }
    #expect(dump["by_type", "address", "likely"].int == 32)
  }

  @Test func aTableInPartsIsOne() throws {
    let orders = orders(40)
    let (first, second) = (users(20), users(20, from: 21).replacing("健", with: "真"))
    let found = try persons([
      "users_1.csv": first, "users_2.csv": second, "orders.csv": orders,
    ])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 40, "\(level)") }
    #expect(found["by_type", "address", "high"].int == 40)
    // A part is missing, or rows were deleted: half of the keys that orders hold are enough.
    #expect(try persons(["users_1.csv": first, "orders.csv": orders])["likely"].int == 40)
    #expect(try persons(["users_1.csv": users(19), "orders.csv": orders])["likely"].int == 59)
  }

  @Test func partsMayHaveRowsInCommon() throws {
    func part(_ ids: ClosedRange<Int>) -> String {
      "id,name,email\n" + ids.map { "\($0),\(Self.name($0)),u\($0)@example-mail.jp\n" }.joined()
    }
    let first = part(1...20)
    let found = try persons([
      "users_1.csv": first, "users_2.csv": part(15...34), "orders.csv": orders(34),
    ])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 34, "\(level)") }
    // A copy gives nobody to anybody.
    let copies = try persons([
      "users.csv": first, "users_backup.csv": first, "orders.csv": orders(20),
    ])
    for level in ["low", "likely", "high"] { #expect(copies[level].int == 20, "\(level)") }
  }

  /// Without names, mailboxes or phones tell that two shops number their own from 1.
  @Test(arguments: [("email", "@otterpost.net"), ("phone", "")])
  func shopsWithoutNamesAreTwo(_ column: String, _ domain: String) throws {
    func shop(_ first: Int) -> String {
      "user_id,\(column)\n"
        + (1...20).map { number in
          let phone = "080-3\(first)1-2\(100 + number)"
          return "\(number),\(domain.isEmpty ? phone : "k\(first)\(number)\(domain)")\n"
        }.joined()
    }
    let found = try persons(["shopA.csv": shop(11), "shopB.csv": shop(22)])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 40, "\(level)") }
  }

  /// Two that number their own from 1 are no parts of one, nor are two with other columns.
  @Test func tablesThatNumberAlikeAreNoParts() throws {
    let orders = orders(30)
    let other = users(20, from: 11).replacing("健", with: "真")
    let both = try persons(["users_1.csv": users(20), "users_2.csv": other, "orders.csv": orders])
    #expect(both["likely"].int == 70)
    let columns = users(10, head: "id,name,mail", from: 21).replacing("健", with: "真")
    let two = try persons(["users_1.csv": users(20), "users_2.csv": columns, "orders.csv": orders])
    // Two thirds of the keys are those of the first.
    #expect(two["likely"].int == 40)
  }

  /// Orders of two shops have the same numbers, and nothing but those of their users.
  @Test func dumpsOfTwoShopsAreTwo() throws {
    func shop(_ name: String) -> String {
      func rows(_ row: (Int) -> String) -> String {
        (1...20).map(row).joined(separator: ",") + ";\n"
      }
      return "CREATE TABLE `users` (`id` int, `email` varchar(99), PRIMARY KEY (`id`));\n"
        + "INSERT INTO `users` VALUES " + rows { "(\($0),'\(name)\($0)@otterpost.net')" }
        + "CREATE TABLE `orders` (`id` int, `user_id` int, `total` int, PRIMARY KEY (`id`), "
        + "FOREIGN KEY (`user_id`) REFERENCES `users` (`id`));\n"
        + "INSERT INTO `orders` VALUES " + rows { "(\($0),\($0),\($0 * 3))" }
    }
    let found = try persons(["shopA.sql": shop("ka"), "shopB.sql": shop("kb")])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 40, "\(level)") }
    // The next day's dump of one shop has the same users.
    let days = try persons(["monday.sql": shop("ka"), "tuesday.sql": shop("ka") + "-- tuesday\n"])
    for level in ["low", "likely", "high"] { #expect(days[level].int == 20, "\(level)") }
  }

  private func customers(_ count: Int, head: String, key: (Int) -> Int) -> String {
    head + "\n"
      + (0..<count).map { "\($0 + 1),\(Self.name($0)),u\($0)@example-mail.jp,\(key($0))\n" }
      .joined()
  }

  private func addresses(_ count: Int, head: String) -> String {
    head + "\n"
      + (0..<count).map { "\(501 + $0),東京都千代田区神田\($0 + 1)-2-3,03-\(3_001 + $0)-0101\n" }
      .joined()
  }

  @Test(arguments: [
    ("customer.csv", "customer_id,name,email,address_id", "address.csv", "id,address,phone"),
    ("users.csv", "id,name,email,address_id", "addresses_2024.csv", "address_id,address,phone"),
    ("顧客.csv", "顧客番号,氏名,メール,住所ID", "住所一覧.csv", "ID,住所,電話番号"),
  ])
  func anAddressByItsKeyIsItsPersons(_ one: String, _ head: String, _ other: String, _ keys: String)
    throws
  {
    let found = try persons([
      one: customers(20, head: head) { 501 + $0 }, other: addresses(20, head: keys),
    ])
    for level in ["low", "likely", "high"] { #expect(found[level].int == 20, "\(level)") }
    #expect(found["by_type", "address", "high"].int == 20)
    #expect(found["by_residence", "JP-13", "likely"].int == 20)
  }

  /// Where many share an address, its key tells nobody; nor does one that is not there.
  @Test func anAddressOfManyIsNobodys() throws {
    let head = "customer_id,name,email,address_id"
    let shared = try persons([
      "customer.csv": customers(20, head: head) { 501 + $0 / 2 },
      "address.csv": addresses(20, head: "id,address,phone"),
    ])
    #expect(shared["likely"].int == 20 && shared["by_residence", "JP-13", "likely"].int == nil)
    let missing = try persons([
      "customer.csv": customers(20, head: head) { 901 + $0 },
      "address.csv": addresses(20, head: "id,address,phone"),
    ])
    #expect(missing["likely"].int == 20 && missing["by_residence", "JP-13", "likely"].int == nil)
  }
}
