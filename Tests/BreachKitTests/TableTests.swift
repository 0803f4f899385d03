import BreachModel
import Testing

/// Which tables of a dump count, and which keys join them.
@Suite struct TableTests {
  private static let users = """
    CREATE TABLE `users` (`id` int NOT NULL, `name` varchar(99), `email` varchar(99),
      PRIMARY KEY (`id`));
    INSERT INTO `users` VALUES (1,'鈴木 一郎','ichiro@docomo.ne.jp'),(2,'高橋 二郎','jiro@docomo.ne.jp');

    """
  private static let orders = """
    INSERT INTO `orders` VALUES (1,1,'東京都渋谷区神宮前1-2-3','03-5555-0101'),
    (2,2,'大阪府大阪市北区梅田1-1-1','06-5555-0102');

    """
  private static let artists = """
    CREATE TABLE `artists` (`id` int NOT NULL, `name` varchar(255));
    INSERT INTO `artists` VALUES (1,'山田 太一'),(2,'佐藤 花子');

    """

  private func persons(_ dump: String, _ options: [String] = []) throws -> JSON {
    try withFolder { folder in
      try folder.write("d.sql", "-- MySQL dump 10.13\n" + dump)
      return try Program.scan(["d.sql"] + options, in: folder).json["persons"]
    }
  }

  /// Persons with an address, of the two there are; where the orders join nobody, none.
  @Test(arguments: [
    // The schema says so: beside the columns, in one of them, behind the rows.
    (", CONSTRAINT `x` FOREIGN KEY (`buyer`) REFERENCES `users` (`id`)", "", 2),
    (", FOREIGN KEY `x` (`buyer`) REFERENCES users (id) ON DELETE CASCADE", "", 2),
    ("", "ALTER TABLE ONLY app.orders\n  ADD FOREIGN KEY (buyer) REFERENCES app.users(id);\n", 2),
    // Nobody says anything; another column than the key; the table itself.
    ("", "", 0), (", FOREIGN KEY (`buyer`) REFERENCES `users` (`email`)", "", 0),
    (", FOREIGN KEY (`buyer`) REFERENCES `orders` (`id`)", "", 0),
  ])
  func keysOfTheSchemaJoin(_ item: String, _ behind: String, _ addresses: Int) throws {
    let table =
      "CREATE TABLE `orders` (`id` int, `buyer` int, `address` varchar(9), `tel` varchar(9)"
    let persons = try persons(Self.users + table + item + ");\n" + Self.orders + behind)
    #expect(persons["likely"].int == 2)
    #expect(persons["by_type", "address", "likely"].int ?? 0 == addresses)
  }

  /// What texts and comments say refers to nothing; what stands behind them does.
  @Test(arguments: [
    ("COMMENT 'no longer references users (id)'", 0), ("-- references users (id)\n", 0),
    ("/* references users (id) */", 0), ("# references users (id)\n", 0),
    ("COMMENT 'it''s \\'theirs\\'' REFERENCES `users` (`id`)", 2),
    ("/* not yet */ REFERENCES users (id)", 2), ("-- the buyer\n REFERENCES users (id)", 2),
  ])
  func textsOfTheSchemaJoinNobody(_ said: String, _ addresses: Int) throws {
    let table =
      "CREATE TABLE `orders` (`id` int, `buyer` int \(said), `address` varchar(9), `tel` varchar(9));\n"
    let persons = try persons(Self.users + table + Self.orders)
    #expect(persons["by_type", "address", "likely"].int ?? 0 == addresses)
  }

  /// A table of companies joins nobody who refers to it.
  @Test func companiesJoinNobody() throws {
    let dump = """
      CREATE TABLE `firms` (`id` int, `company_name` varchar(9), `email` varchar(9), PRIMARY KEY (`id`));
      INSERT INTO `firms` VALUES (7,'株式会社丸勝水産','info@marukatsu.co.jp');
      CREATE TABLE `users` (`id` int, `email` varchar(9), `place` int REFERENCES `firms` (`id`));
      INSERT INTO `users` VALUES (1,'ichiro@docomo.ne.jp',7),(2,'jiro@docomo.ne.jp',7);

      """
    #expect(try persons(dump)["low"].int == 2)
  }

  /// Illnesses in a table of their own are those of the persons that its rows refer to, where the
  /// schema says so, and nobody's where they are of machines.
  @Test(arguments: [("m_kanja", "full_name varchar(9)", 2), ("machines", "model varchar(9)", nil)])
  func illnessesAreTheirsWhomTheSchemaRefersTo(
    _ table: String,
    _ column: String,
    _ persons: Int?
  ) throws {
    let dump = """
      CREATE TABLE \(table) (no int, \(column), PRIMARY KEY (no));
      INSERT INTO \(table) VALUES (1,'三井美穂'),(2,'中井はるか'),(3,'溝口エミリ');
      CREATE TABLE visits (id int, subject int, disease_name varchar(9), PRIMARY KEY (id),
        FOREIGN KEY (subject) REFERENCES \(table) (no));
      INSERT INTO visits VALUES (1,1,'高血圧症'),(2,1,'糖尿病'),(3,2,'高血圧症');

      """
    let found = try self.persons(dump)
    #expect(found["by_type", "sensitive.medical_history", "likely"].int == persons)
  }

  /// Numbers below a key of counts say how many; words there, findings of a doctor, are values.
  @Test(arguments: [
    (#""counts": {"member_id": 71, "diagnosis": 2}"#, nil, nil),
    (#""findings": {"member_id": 71, "diagnosis": "糖尿病"}"#, nil, 3),
    (#""findings": {"member_id": "A-0071", "diagnosis": "糖尿病"}"#, 3, 3),
    (#""member_id": 71, "diagnosis": "糖尿病""#, 3, 3),
  ])
  func numbersOfCountsAreNoValues(_ members: String, _ ids: Int?, _ illnesses: Int?) throws {
    try withFolder { folder in
      let names = ["佐藤健一", "鈴木美咲", "高橋大輔"]
      let lines = names.map { #"{"name": "\#($0)", "phone": "03-5321-1101", \#(members)}"# }
      try folder.write("a.jsonl", lines.joined(separator: "\n") + "\n")
      let found = try Program.scan(["a.jsonl"], in: folder).json["findings"]
      #expect(found["member_id", "count"].int == ids)
      #expect(found["sensitive.medical_history", "count"].int == illnesses)
      #expect(found["person_name", "count"].int == 3)
    }
  }

  @Test func makersAreNotCountedUnlessAsked() throws {
    let dump = Self.users + Self.artists
    func told(_ options: String...) throws -> [String] {
      let persons = try persons(dump, options)
      return ["\(persons["likely"].int ?? -1)"]
        + persons["by_table"].list.map {
          "\($0["table"].string ?? "") \($0["because"].string ?? "") \($0["likely"].int ?? -1)"
        }
    }
    #expect(try told() == ["2", "users persons 2", "artists makers 0"])
    #expect(try told("--count-table", "art*") == ["4", "users persons 2", "artists count_table 2"])
    #expect(try told("--skip-table", "users") == ["0", "users skip_table 0", "artists makers 0"])
    // What counts goes before what does not.
    #expect(
      try told("--skip-table", "*", "--count-table", "users") == [
        "2", "users count_table 2", "artists skip_table 0",
      ]
    )
  }

  /// A file with one table is called like its file.
  @Test func filesAreTables() throws {
    try withFolder { folder in
      try folder.write("書籍.csv", "氏名,メール\n鈴木 一郎,ichiro@docomo.ne.jp\n")
      try folder.write("会員.csv", "氏名,メール\n高橋 二郎,jiro@docomo.ne.jp\n")
      let persons = try Program.scan([".", "--skip-table", "書籍"], in: folder).json["persons"]
      #expect(persons["likely"].int == 1)
      #expect(
        persons["by_table"].list.map { $0["counted"].value } == [.bool(true), .bool(false)]
      )
    }
  }
}
