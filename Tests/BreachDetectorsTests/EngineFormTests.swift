import BreachDetectors
import BreachModel
import Testing

/// Tables of labels and values: the records of one form are one person.
@Suite struct EngineFormTests {
  /// A batch of these rows; one without cells is an empty line.
  private func batch(_ rows: [[String]]) -> RecordBatch {
    var batch = RecordBatch()
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    for (line, row) in rows.enumerated() {
      let (start, first) = (batch.text.count, batch.fields.count)
      for (column, cell) in row.enumerated() {
        if column > 0 { batch.text.append(0x09) }
        let (at, length) = (batch.text.count, cell.utf8.count)
        batch.text += Array(cell.utf8)
        batch.fields.append(
          Field(start: at, length: length, rawStart: at, rawLength: length, column: column)
        )
      }
      if !row.isEmpty {
        let (count, end) = (row.count, batch.text.count)
        batch.records.append(
          Record(
            firstField: first,
            fieldCount: count,
            start: start,
            end: end,
            table: 0,
            line: line + 1
          )
        )
      }
      batch.text.append(0x0A)
    }
    return batch
  }

  private func scan(_ rows: [[String]]) throws -> Support.Scan {
    let batch = batch(rows)
    var typer = ColumnTyper(try Support.required())
    return try Support.scan(batch, typer.plan(delimited: [batch]))
  }

  /// The types of each identity.
  private func persons(_ scan: Support.Scan) -> [TypeSet] {
    (0..<scan.identities.count).map { scan.identity($0).shape.types }
  }

  private static let first: [[String]] = [
    ["氏名", "高橋 美咲"], ["性別", "女"], ["住所", "東京都新宿区西新宿2-8-1"], ["宗教", "カトリック"],
    ["備考", "特になし"],
  ]
  private static let second: [[String]] = [
    ["ログインID", "kimura77"], ["パスワード", "6f43kn!wBS"], ["電話番号", "090-1111-2233"],
  ]
  private static let firstTypes = TypeSet([.personName, .gender, .address, .sensitiveCreed])
  private static let secondTypes = TypeSet([.loginID, .password, .phoneNumber])

  @Test func emptyLinesPartForms() throws {
    let scan = try scan(Self.first + [[]] + Self.second)
    #expect(scan.plan.isForm)
    #expect(Support.types(scan.plan) == [])
    #expect(
      scan.lines == [
        "person_name:高橋 美咲:certain", "gender:女:certain",
        "address:東京都新宿区西新宿2-8-1:certain", "sensitive.creed:カトリック:certain",
        "login_id:kimura77:certain", "password:6f43kn!wBS:certain",
        "phone_number:090-1111-2233:certain",
      ]
    )
    #expect(scan.findings.map(\.record) == [1, 2, 3, 4, 6, 7, 8])
    #expect(scan.findings.map(\.line) == [1, 2, 3, 4, 7, 8, 9])
    #expect(scan.findings.allSatisfy { $0.column == 1 })
    #expect(persons(scan) == [Self.firstTypes, Self.secondTypes])
  }

  @Test(arguments: [[["", ""]], [["----", "----"]], [[], []]])
  func emptyRecordsPartForms(_ gap: [[String]]) throws {
    let scan = try scan(Self.first + gap + Self.second)
    #expect(persons(scan) == [Self.firstTypes, Self.secondTypes])
  }

  @Test func withoutGapsFormsAreOne() throws {
    let scan = try scan(Self.first + Self.second)
    let all = Self.firstTypes.rawValue | Self.secondTypes.rawValue
    #expect(persons(scan) == [TypeSet(rawValue: all)])
  }

  @Test func repeatedLabelsBeginForms() throws {
    let scan = try scan([
      ["Full name", "Gareth Ormerod"], ["Date of Birth", "1962-11-25"], ["Sex", "M"],
      ["Full name", "Isla Montgomery"], ["Date of Birth", ""], ["Sex", "F"],
      ["Full name", ""], ["Date of Birth", "1969-08-27"], ["E-mail", "preston@mail.jp"],
    ])
    #expect(
      persons(scan) == [
        TypeSet([.personName, .birthDate, .gender]), TypeSet([.personName, .gender]),
        TypeSet([.birthDate, .emailAddress]),
      ]
    )
  }

  @Test func labelsSideBySide() throws {
    let scan = try scan([
      ["申込書", "", "", ""],
      ["氏名", "", "高橋 美咲", ""], ["電話番号", "", "メール", "misaki@mail.jp"],
      ["生年月日", "1980-01-02", "性別", "女"],
      ["", "", "", ""],
      ["氏名", "", "木村 結衣", ""], ["電話番号", "090-1111-2233", "メール", ""],
    ])
    #expect(scan.plan.isForm)
    #expect(scan.findings.map(\.column) == [2, 3, 1, 3, 2, 1])
    #expect(
      persons(scan) == [
        TypeSet([.personName, .emailAddress, .birthDate, .gender]),
        TypeSet([.personName, .phoneNumber]),
      ]
    )
  }

  /// What is not of its label's type as a whole is searched.
  @Test func otherCellsAreSearched() throws {
    let scan = try scan([
      ["氏名", "高橋 美咲"], ["電話番号", "自宅 03-1234-5600 携帯 090-1111-2233"],
      ["ログインID", "misaki@mail.jp"], ["合い言葉の欄", "yui@mail.jp"],
    ])
    #expect(
      scan.lines == [
        "person_name:高橋 美咲:certain", "phone_number:03-1234-5600:certain",
        "phone_number:090-1111-2233:certain", "email_address:misaki@mail.jp:certain",
        "email_address:yui@mail.jp:certain",
      ]
    )
  }

  @Test func partsUnderTheirOwnLabels() throws {
    let scan = try scan([
      ["姓", "高橋"], ["名", "美咲"], ["電話番号", "090-1111-2233"], [],
      ["姓", "木村"], ["名", "結衣"], ["電話番号", "090-1111-2244"],
    ])
    #expect(persons(scan).count == 2)
    #expect(persons(scan).allSatisfy { $0 == TypeSet([.personName, .phoneNumber]) })
  }

  /// Counts, words of another language and types under words that name columns.
  @Test(arguments: [
    [["性別", "1204"], ["氏名", "881"], ["住所", "17"], ["電話番号", "410"], ["宗教", "3"]],
    [["name", "Name"], ["email", "E-mail"], ["password", "Password"], ["gender", "Gender"]],
    [["name", "varchar(64)"], ["password", "varchar(255)"], ["login_id", "char(8)"]],
    [["性別", "1,204"], ["氏名", "88.1%"], ["宗教", "3"], ["その他", "特になし"]],
    [["売上", "120"], ["件数", "80"], ["在庫", "300"]],
  ])
  func otherTablesStaySilent(_ rows: [[String]]) throws {
    #expect(try scan(rows).lines == [])
  }

  /// A header over rows, labels behind keys, one label alone, and numbers for the most part.
  @Test(arguments: [
    [["氏名", "電話番号"], ["高橋 美咲", "090-1111-2200"], ["木村 結衣", "090-1111-2233"]],
    [["1", "phone", "090-1111-2200"], ["1", "email", "yui@mail.jp"]],
    [["電話番号", "090-1111-2200"], ["電話番号", "090-1111-2233"]],
    [["年齢", "55"], ["性別", "女"], ["身長", "160"], ["暗証番号", "1234"]],
  ])
  func otherTablesAreNoForms(_ rows: [[String]]) throws {
    #expect(try !Support.plan(rows).isForm)
  }

  @Test func someValuesMayBeCounts() throws {
    let rows = [["年齢", "55"], ["性別", "女"], ["氏名", "高橋 美咲"], ["暗証番号", "1234"]]
    #expect(try Support.plan(rows).isForm)
  }

  /// A form goes on in the next batch, and ends where an empty line stands between two.
  @Test func batchesDoNotMatter() throws {
    let rows = Self.first + [[]] + Self.second
    let whole = try scan(rows)
    for cut in 1..<rows.count {
      var (before, after) = (batch(Array(rows[..<cut])), batch(Array(rows[cut...])))
      before.recordBase = 0
      after.recordBase = before.records.count
      let engine = try Support.engine()
      engine.scan(before, tables: [whole.plan], isFirstUnit: true)
      engine.scan(after, tables: [whole.plan], isFirstUnit: true)
      engine.finishLeaf(tables: [whole.plan])
      #expect(engine.takeFindings().map(Support.describe) == whole.lines, "cut at \(cut)")
      #expect(engine.takeIdentities().words == whole.identities.words, "cut at \(cut)")
    }
  }
}
