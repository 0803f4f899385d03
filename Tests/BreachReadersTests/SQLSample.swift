import TestKit

/// Random dumps together with the rows that they hold.
struct SQLSample {
  enum Flavour: CaseIterable { case mysql, postgres, mssql }

  private(set) var text = ""
  private(set) var rows: [(table: String, values: [[UInt8]])] = []
  /// Offsets of the text behind which each row is whole.
  private(set) var ends: [Int] = []
  private var random: SeededGenerator
  private let flavour: Flavour

  init(seed: UInt64, flavour: Flavour, statements: Int) {
    random = SeededGenerator(seed: seed)
    self.flavour = flavour
    text =
      flavour == .mysql
      ? "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n\n" : "--\n-- dump\n--\n\n"
    create("users", ["id", "name", "mail"])
    create("orders", ["id", "user", "note", "at"])
    for _ in 0..<statements {
      switch random.below(10) {
      case 0: text += "-- it's a comment\n"
      case 1: text += "SET foo = 1;\n\n"
      case 2...4 where flavour == .postgres: copy()
      default: insert()
      }
    }
  }

  private func quoted(_ name: String) -> String {
    switch flavour {
    case .mysql: "`\(name)`"
    case .postgres: "public.\(name)"
    case .mssql: "[dbo].[\(name)]"
    }
  }

  private mutating func create(_ name: String, _ columns: [String]) {
    let lines = columns.map { "  \(flavour == .mysql ? "`\($0)`" : $0) varchar(20) DEFAULT 'a,b)'" }
    text += "CREATE TABLE \(quoted(name)) (\n" + lines.joined(separator: ",\n")
    text += ",\n  PRIMARY KEY (id),\n  CONSTRAINT c CHECK (id > 0)\n)"
    text += flavour == .mysql ? " ENGINE=InnoDB COMMENT='it''s';\n" : ";\n"
  }

  private mutating func insert() {
    let (name, columns) = random.pick([
      ("users", ["id", "name", "mail"]), ("orders", ["id", "user", "note", "at"]),
    ])
    text += flavour == .mssql ? "INSERT \(quoted(name))" : "INSERT INTO \(quoted(name))"
    if flavour == .mssql || random.once(in: 3) {
      text += " (" + columns.joined(separator: ", ") + ")"
    }
    text += " VALUES "
    let count = flavour == .mysql ? 1 + random.below(8) : 1
    for number in 0..<count {
      if number > 0 { text += random.pick([",", ", ", ",\n"]) }
      text += "("
      var values: [[UInt8]] = []
      for column in columns.indices {
        if column > 0 { text += random.pick([",", ", "]) }
        values.append(value())
      }
      text += ")"
      rows.append((name, values))
      ends.append(text.utf8.count)
    }
    if random.once(in: 12) { text += " ON DUPLICATE KEY UPDATE note = 'a;b'" }
    text += flavour == .mssql ? "\nGO\n" : ";\n"
  }

  private mutating func value() -> [UInt8] {
    switch random.below(9) {
    case 0:
      text += "NULL"
      return []
    case 1:
      text += "0xFFD8ab"
      return Array("0xFFD8ab".utf8)
    case 2:
      text += "-12.5"
      return Array("-12.5".utf8)
    case 3:
      text += "now()"
      return Array("now()".utf8)
    case 4:
      text += flavour == .mysql ? "_binary 'q'" : flavour == .mssql ? "N'q'" : "E'q\\'r'"
      return Array((flavour == .postgres ? "q'r" : "q").utf8)
    default: return string()
    }
  }

  private mutating func string() -> [UInt8] {
    var pieces: [(String, String)] = [
      ("a", "a"), ("山田", "山田"), ("'", "''"), ("(", "("), (")", ")"), (",", ","), (";", ";"),
      ("\n", "\n"), ("@", "@"), ("\"", "\""), (" ", " "), ("--", "--"), ("ソ", "ソ"),
    ]
    if flavour == .mysql {
      pieces += [("'", "\\'"), ("\\", "\\\\"), ("\n", "\\n"), ("\u{0}", "\\0"), ("\"", "\\\"")]
    } else {
      pieces += [("\\x", "\\x")]
    }
    var value = ""
    var written = ""
    for _ in 0..<random.below(9) {
      let (plain, form) = random.pick(pieces)
      value += plain
      written += form
    }
    text += "'\(written)'"
    return Array(value.utf8)
  }

  private mutating func copy() {
    text += "COPY public.orders (id, \"user\", note, at) FROM stdin;\n"
    for _ in 0..<random.below(12) {
      var values: [[UInt8]] = []
      for column in 0..<4 {
        if column > 0 { text += "\t" }
        let (plain, form) = random.pick([
          ("", "\\N"), ("x", "x"), ("山\t田", "山\\t田"), ("a\\b", "a\\\\b"), ("l\nm", "l\\nm"),
          ("", ""), ("it's", "it's"), (";", ";"),
        ])
        text += form
        values.append(Array(plain.utf8))
      }
      text += "\n"
      rows.append(("orders", values))
      ends.append(text.utf8.count)
    }
    text += "\\.\n\n"
  }
}
