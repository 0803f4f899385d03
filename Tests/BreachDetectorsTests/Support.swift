import BreachBytes
import BreachDetectors
import BreachModel
import BreachPatterns

/// What the tests of this target share: one detector set, values through checks, texts and tables
/// through the engine.
enum Support {
  static let set: DetectorSet? = (try? PatternLibrary()).flatMap {
    try? DetectorSet($0, examples: true)
  }

  /// What a check makes of a value, with its normal form.
  static func check(_ name: CheckName, _ text: String, role: ColumnRole = .whole) throws -> Checked
  {
    let set = try required()
    var checks = Checks(set.words)
    var value = Value()
    let bytes = Array(text.utf8)
    value.load(bytes.span, 0..<bytes.count)
    let verdict = checks.run(name, &value, role: role)
    return Checked(
      verdict: verdict,
      normal: Self.text(value.normal.span),
      family: checks.name.split.map { Self.text(value.normal.span.extracting(0..<$0)) }
    )
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }

  struct Missing: Error {}

  static func required() throws -> DetectorSet {
    guard let set else { throw Missing() }
    return set
  }

  static func engine() throws -> Engine {
    guard let key = DigestKey([UInt8](0..<16)) else { throw Missing() }
    let engine = Engine(
      try required(),
      DetectionOptions(
        types: TypeSet(DataType.allCases),
        minConfidence: Confidence(rawValue: 30),
        wantsFindings: true,
        values: .written,
        wantsPersons: true,
        key: key
      )
    )
    engine.begin(leaf: "test")
    return engine
  }

  static func textBatch(_ text: String) -> RecordBatch {
    var batch = RecordBatch()
    batch.isText = true
    batch.text = Array(text.utf8)
    batch.body = 0..<batch.text.count
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    return batch
  }

  /// Findings of free text as `type:value:level`, in order.
  static func findings(_ text: String) throws -> [String] {
    let engine = try engine()
    engine.scan(textBatch(text), tables: [], isFirstUnit: true)
    engine.finishLeaf(tables: [])
    return engine.takeFindings().map(describe)
  }

  static func describe(_ finding: Finding) -> String {
    "\(finding.type.id):\(finding.value.revealed):\(finding.confidence.level.id)"
  }

  /// A table of rows; empty cells have no length.
  static func tableBatch(_ rows: [[String]]) -> RecordBatch {
    var batch = RecordBatch()
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    for (line, row) in rows.enumerated() {
      let start = batch.text.count
      let first = batch.fields.count
      for (column, cell) in row.enumerated() {
        let at = batch.text.count
        batch.text.append(contentsOf: Array(cell.utf8))
        let length = batch.text.count - at
        batch.fields.append(
          Field(start: at, length: length, rawStart: at, rawLength: length, column: column)
        )
        batch.text.append(0x2C)
      }
      batch.records.append(
        Record(
          firstField: first,
          fieldCount: row.count,
          start: start,
          end: batch.text.count,
          table: 0,
          line: line + 1
        )
      )
      batch.text.append(0x0A)
    }
    return batch
  }

  /// Twelve names and mailboxes for the columns of a table.
  static let names = [
    "高橋 美咲", "渡邊 健太", "佐々木 健一", "木村 結衣", "斎藤 陽子", "中村 大輔", "伊藤 直樹", "小林 恵", "加藤 誠", "吉田 真由美",
    "松本 翔太", "井上 和子",
  ]
  static let mails = (0..<12).map { "user\($0)@mail.jp" }

  /// Twelve rows under a header; shorter columns begin again.
  static func table(_ header: [String], _ columns: [[String]]) -> [[String]] {
    [header] + (0..<12).map { row in columns.map { $0[row % $0.count] } }
  }

  static func plan(_ rows: [[String]]) throws -> TablePlan {
    var typer = ColumnTyper(try required())
    return typer.plan(delimited: [tableBatch(rows)])
  }

  /// A plan of named columns, as SQL and JSON have them.
  static func plan(
    columns: [String],
    rows: [[String]],
    isPaths: Bool = false,
    name: String = ""
  ) throws -> TablePlan {
    var typer = ColumnTyper(try required())
    return typer.plan(
      table: 0,
      name: name,
      columns: columns,
      [tableBatch(rows)],
      isPaths: isPaths
    )
  }

  /// The types of a plan's columns, "-" for none.
  static func types(_ plan: TablePlan) -> [String] {
    plan.columns.map { column in
      guard let type = column.type else { return "-" }
      return column.role == .whole ? type.id : "\(type.id)/\(column.role)"
    }
  }

  struct Scan {
    var findings: [Finding]
    var identities: IdentityChunk
    var plan: TablePlan

    var lines: [String] { findings.map(Support.describe) }

    /// Shape, residence and digests of one identity.
    func identity(_ number: Int) -> (shape: IdentityShape, residence: Int) {
      var at = 0
      for _ in 0..<number { at += 2 + shape(at).kinds.count }
      return (shape(at), Int(identities.words[at] >> 32 & 0xFFFF))
    }

    private func shape(_ at: Int) -> IdentityShape {
      identities.shapes[Int(identities.words[at] & 0xFFFF_FFFF)]
    }
  }

  static func scan(_ rows: [[String]]) throws -> Scan {
    let batch = tableBatch(rows)
    var typer = ColumnTyper(try required())
    let plan = typer.plan(delimited: [batch])
    return try scan(batch, plan)
  }

  static func scan(_ batch: RecordBatch, _ plan: TablePlan) throws -> Scan {
    let engine = try engine()
    engine.scan(batch, tables: [plan], isFirstUnit: true)
    engine.finishLeaf(tables: [plan])
    return Scan(
      findings: engine.takeFindings(),
      identities: engine.takeIdentities(),
      plan: plan
    )
  }
}

/// A verdict with the normal form that it left.
struct Checked {
  var verdict: Verdict
  var normal: String
  var family: String?
}
