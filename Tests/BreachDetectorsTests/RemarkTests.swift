import BreachDetectors
import BreachModel
import Testing

/// Delicate words in remarks: whose they are, and what takes their meaning away.
@Suite struct RemarkTests {
  private static let names = [
    "高橋 美咲", "渡邊 健太", "佐々木 健一", "木村 結衣", "斎藤 陽子", "中村 大輔", "伊藤 直樹", "小林 恵",
  ]

  /// What is found in the remark of the first of eight persons.
  private func found(_ remark: String, header: String = "備考") throws -> [String] {
    let rows = Self.names.enumerated().map { number, name in
      [name, "090-1234-56\(10 + number)", number == 0 ? remark : "駐車場を希望"]
    }
    return try Support.scan([["氏名", "電話番号", header]] + rows).findings
      .filter { $0.type.isSensitive }.map { "\($0.type.id) \($0.value.revealed)" }
  }

  @Test(
    arguments: [
      ("うつ病のため休職", ["sensitive.medical_history うつ病"]),
      (
        "通院中（糖尿病）、アレルギー",
        [
          "sensitive.medical_care 通院中", "sensitive.medical_history 糖尿病", "sensitive.other アレルギー",
        ]
      ),
      ("身体障害者手帳2級", ["sensitive.disability 身体障害者手帳"]),
      ("患者はHIV陽性です", ["sensitive.medical_history HIV"]),
      ("Diabetic, early slot", ["sensitive.medical_history Diabetic"]),
      ("seit 2019 Diabetiker", ["sensitive.medical_history Diabetiker"]),
      // A denial ends with its clause.
      ("糖尿病なし、喘息あり", ["sensitive.medical_history 喘息"]),
      ("no epilepsy, asthma", ["sensitive.medical_history asthma"]),
      // Denied.
      ("糖尿病ではない", []), ("HIV検査は陰性", []), ("前科：無", []), ("喘息 ×", []), ("非糖尿病", []),
      ("no known food allergies", []), ("Epilepsy: none", []), ("kein Diabetiker", []),
      // About something else.
      ("乳がん検診の案内", []), ("うつ病の予防セミナー", []), ("Catholic University alumni", []),
      // Part of another word.
      ("undeafened", []), ("Muslimin", []), ("diabetics", []),
    ] as [(String, [String])]
  )
  func words(remark: String, expected: [String]) throws {
    #expect(try found(remark) == expected)
  }

  @Test func underAHeaderThatSaysNothingOrIsNotKnown() throws {
    for header in ["支援区分・状況", "col7", "Bemerkung", "notes", "特記事項"] {
      #expect(try found("糖尿病", header: header) == ["sensitive.medical_history 糖尿病"])
    }
    for header in ["商品名", "件名", "役職"] { #expect(try found("糖尿病", header: header) == []) }
  }

  @Test func onlyInTablesOfPersons() throws {
    let rows = (0..<8).map { ["A-\($0)", "部品 \($0)", "糖尿病"] }
    #expect(try Support.scan([["品番", "品名", "備考"]] + rows).findings.isEmpty)
  }

  @Test func theWordIsThePersons() throws {
    let scan = try Support.scan(
      [["氏名", "備考"]] + Self.names.map { [$0, "うつ病"] }
    )
    let types = scan.identity(0).shape.types
    #expect(types.contains(.sensitiveMedicalHistory))
    #expect(types.contains(.personName))
  }

  @Test func whoAsksIsToldOfWordsThatAreDenied() throws {
    let runner = ExampleRunner(try Support.required())
    let words = runner.explain(text: "糖尿病なし、喘息あり", column: "備考").candidates
    #expect(
      words.map { "\($0.range) \($0.type) \($0.isReported) \($0.confidence)" } == [
        "0..<9 sensitive.medical_history false 0", "18..<24 sensitive.medical_history true 72",
      ]
    )
    #expect(words.allSatisfy { $0.evidence == ["dictionary", "remark"] })
    #expect(words.map(\.reason.isEmpty) == [false, true])
    #expect(!"\(words)".contains("糖尿病"))
    #expect(runner.explain(text: "糖尿病", column: "商品名").candidates.isEmpty)
  }
}
