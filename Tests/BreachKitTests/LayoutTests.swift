import BreachModel
import Foundation
import TestKit
import Testing

/// Address books, directories, terminals, key and value tables: what is found in files as programs
/// write them, all of it and nothing else.
@Suite struct LayoutTests {
  /// `type: value` of every finding at `likely` and above, and the number of persons.
  private func found(_ name: String, _ text: String) throws -> (values: [String], persons: Int) {
    try found(name, Data(text.utf8))
  }

  private func found(_ name: String, _ data: Data) throws -> (values: [String], persons: Int) {
    try withFolder { folder in
      try folder.write(name, data)
      let ran = try Program.run(
        ["scan", name, "--format", "ndjson", "--reveal", "--quiet", "--output", "o.ndjson"],
        in: folder
      )
      #expect(ran.code == 0)
      let lines = try JSON.lines(Data(contentsOf: URL(fileURLWithPath: folder.path + "/o.ndjson")))
      let values = lines.filter {
        $0["kind"].string == "finding" && ["likely", "certain"].contains($0["level"].string)
      }.map { "\($0["type"].string ?? ""): \($0["value"].string ?? "")" }
      return (values, lines.last?["persons", "likely"].int ?? -1)
    }
  }

  @Test func addressBooks() throws {
    let book = """
      BEGIN:VCARD\r
      VERSION:3.0\r
      N:Prendergast;Aileen;Mary;Mrs.;\r
      FN:Aileen Prendergast\r
      item1.TEL;TYPE=CELL:+44 7700 900123\r
      ADR;TYPE=HOME:;;12 Orchard Close;Exeter;Devon;EX4 6NS;United Kingdom\r
      EMAIL;TYPE=INTERNET:aileen.prendergast@gm\r
       ail.com\r
      PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAAAAAAAD\r
      BDAY:1974-03-09\r
      END:VCARD\r
      BEGIN:VCARD\r
      VERSION:3.0\r
      N:三田村;綾香;;;\r
      FN:三田村 綾香\r
      ADR;TYPE=HOME:;;みなとみらい2-3-1;横浜市西区;神奈川県;220-0012;日本\r
      END:VCARD\r

      """
    let found = try found("contacts.vcf", book)
    #expect(found.persons == 2)
    #expect(
      found.values.sorted() == [
        "address: 12 Orchard Close", "address: 神奈川県", "birth_date: 1974-03-09",
        "email_address: aileen.prendergast@gm\r\n ail.com", "person_name: Aileen Prendergast",
        "person_name: Prendergast", "person_name: 三田村", "person_name: 三田村 綾香",
        "phone_number: +44 7700 900123", "postal_code: 220-0012", "postal_code: EX4 6NS",
      ]
    )
  }

  /// A backslash before the mark between two parts escapes it, unless it is escaped itself.
  @Test(arguments: [
    (#"12 Mill Lane\\"#, "EX4 6NS|12 Mill Lane\\\\"),
    (#"12 Mill Lane\;Leeds"#, "EX4 6NS|12 Mill Lane\\;Leeds"),
    ("12 Mill Lane", "EX4 6NS|12 Mill Lane"),
  ])
  func escapedMarks(_ street: String, _ wanted: String) throws {
    let card =
      "BEGIN:VCARD\nVERSION:3.0\nFN:Aileen Prendergast\n"
      + "ADR;TYPE=HOME:;;\(street);Exeter;Devon;EX4 6NS;United Kingdom\nEND:VCARD\n"
    let values = try found("card.vcf", card).values.compactMap { value in
      let parts = value.split(separator: ": ", maxSplits: 1)
      return ["address", "postal_code"].contains(parts[0]) ? String(parts[1]) : nil
    }
    #expect(values.joined(separator: "|") == wanted)
  }

  /// Phones of ten years ago: quoted-printable, in CP932, with soft line ends.
  @Test func quotedPrintable() throws {
    let quoted = { (text: String) in
      CharsetEncoder(.cp932).encode(text).map { String(format: "=%02X", $0) }.joined()
    }
    let book = """
      BEGIN:VCARD
      VERSION:2.1
      N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:\(quoted("三田村"));\(quoted("綾香"));;;
      FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:\(quoted("三田村"))=
      \(quoted(" 綾香"))
      TEL;CELL:09083124477
      END:VCARD

      """
    let found = try found("phone.vcf", book)
    #expect(found.persons == 1)
    #expect(
      found.values.map { $0.prefix { $0 != ":" } }
        == ["person_name", "phone_number", "person_name"]
    )
  }

  @Test func directories() throws {
    let base64 = { (text: String) in Data(text.utf8).base64EncodedString() }
    let directory = """
      # people
      version: 1

      dn: uid=aprender,ou=People,dc=harbour,dc=example
      objectClass: inetOrgPerson
      cn: Aileen Prendergast
      telephoneNumber: +44 20 7946 0321
      userPassword:: \(base64("{SSHA}V1dxb26eoRrKnD7cdefghijklmnop"))

      dn:: \(base64("uid=mitamura,ou=People"))
      cn:: \(base64("三田村 綾香"))
      mail: ayaka.mitamura@harbour-lights
       .co.uk

      """
    let found = try found("people.ldif", directory)
    #expect(found.persons == 2)
    #expect(
      found.values.sorted()
        == [
          "email_address: ayaka.mitamura@harbour-lights\n .co.uk",
          "password_hash: " + base64("{SSHA}V1dxb26eoRrKnD7cdefghijklmnop"),
          "person_name: " + base64("三田村 綾香"), "person_name: Aileen Prendergast",
          "phone_number: +44 20 7946 0321",
        ].sorted()
    )
  }

  private static let people = [
    ["name", "email", "birth"], ["Aileen Prendergast", "aileen.p@gmail.com", "1974-03-09"],
    ["Bertram Walcott", "b.walcott@outlook.com", "1961-12-30"],
    ["三田村 綾香", "ayaka.m@yahoo.co.jp", "1988-11-02"],
  ]

  private static func padded(_ row: [String], _ mark: Character = " ") -> [String] {
    row.map { " " + $0 + String(repeating: mark, count: 22 - $0.count) }
  }

  /// What terminals and Markdown draw around a table is nobody's.
  @Test(arguments: ["psql", "mysql", "markdown"])
  func drawnTables(kind: String) throws {
    let rows = Self.people.map { Self.padded($0) }
    let ruler = rows[0].map { _ in String(repeating: "-", count: 23) }
    let crossed = ruler.joined(separator: "+")
    let plain: [String] = rows.map { $0.joined(separator: "|") }
    let barred: [String] = plain.map { "|" + $0 + "|" }
    var lines: [String]
    switch kind {
    case "psql":
      lines = ["shop=# select * from users;", plain[0], crossed]
      lines += plain.dropFirst()
      lines += ["(3 rows)", ""]
    case "mysql":
      lines = ["mysql> select * from users;", "+" + crossed + "+", barred[0], "+" + crossed + "+"]
      lines += barred.dropFirst()
      lines += ["+" + crossed + "+", "3 rows in set (0.00 sec)"]
    default:
      lines = ["# Members", "", barred[0], "|---|:---:|---|"]
      lines += barred.dropFirst()
    }
    let found = try found("out.txt", lines.joined(separator: "\n") + "\n")
    #expect(found.persons == 3)
    #expect(
      found.values
        == Self.people.dropFirst().flatMap { row in
          ["person_name: \(row[0])", "email_address: \(row[1])", "birth_date: \(row[2])"]
        }
    )
  }

  /// The keys say what the values are, the owner whose; what the keys do not know is nothing.
  @Test func keysAndValues() throws {
    let meta = [
      (11, "first_name", "Aileen"), (11, "last_name", "Prendergast"), (11, "nickname", "aileen"),
      (11, "billing_phone", "+44 20 7946 0321"), (11, "rich_editing", "true"),
      (12, "first_name", "Bertram"), (12, "last_name", "Walcott"),
      (12, "billing_phone", "+44 7700 900456"), (12, "session_tokens", "a:0:{}"),
      (13, "billing_phone", "+44 7700 900789"),
    ]
    let rows = meta.enumerated().map { "(\($0),\($1.0),'\($1.1)','\($1.2)')" }
    let dump = """
      CREATE TABLE `wp_users` (`ID` bigint, `user_login` varchar(60), `user_email` varchar(100));
      INSERT INTO `wp_users` VALUES (11,'aprender','aileen.p@gmail.com'),(12,'bwalcott','b.w@outlook.com');
      CREATE TABLE `wp_usermeta` (`umeta_id` bigint, `user_id` bigint, `meta_key` text, `meta_value` text);
      INSERT INTO `wp_usermeta` VALUES \(rows.joined(separator: ","));

      """
    let found = try found("wp.sql", dump)
    // The two users with what is kept of them, and one of whom only the phone is.
    #expect(found.persons == 3)
    #expect(
      found.values.filter { !$0.hasPrefix("login_id") && !$0.hasPrefix("member_id") } == [
        "email_address: aileen.p@gmail.com", "email_address: b.w@outlook.com",
        "person_name: Aileen", "phone_number: +44 20 7946 0321", "person_name: Bertram",
        "phone_number: +44 7700 900456", "phone_number: +44 7700 900789",
      ]
    )
  }

  /// Columns beside key and value say of each row whose it is.
  @Test func namesBesideKeys() throws {
    let rows = [
      "Tess Wall,phone,+44 7700 900111", "Tess Wall,email,tess.w@btinternet.com",
      "Rory Holt,phone,+44 7700 900222", "Rory Holt,email,r.holt@sky.com",
    ]
    let found = try found(
      "contacts.csv",
      "name,kind,content\n" + rows.joined(separator: "\n") + "\n"
    )
    #expect(found.persons == 2)
    #expect(
      found.values == [
        "person_name: Tess Wall", "phone_number: +44 7700 900111",
        "email_address: tess.w@btinternet.com", "person_name: Rory Holt",
        "phone_number: +44 7700 900222", "email_address: r.holt@sky.com",
      ]
    )
  }

  /// A column that names channels is no key of the column behind it.
  @Test func preferencesAreNoKeys() throws {
    let rows = (0..<8).map {
      "\(Self.people[1 + $0 % 3].joined(separator: ",")),\($0 % 2 == 0 ? "email" : "phone"),2024-01-0\($0 + 1)\n"
    }
    let found = try found("prefs.csv", "name,email,birth,contact by,since\n" + rows.joined())
    #expect(found.persons == 3)
    #expect(found.values.count == 24)
  }
}
