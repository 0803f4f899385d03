import BreachDetectors
import BreachModel
import TestKit
import Testing

/// How often chance alone passes a check, and what is said of columns whose numbers do no better.
@Suite struct ChanceTests {
  /// A value of the same shape behind its first four characters, which the numbers of a column often
  /// share: digits by digits, letters by letters, all else kept.
  private static func shuffled(_ text: String, _ random: inout SeededGenerator) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.enumerated().map { position, scalar in
          switch scalar {
          case _ where position < 4: scalar
          case "0"..."9": "0123456789".unicodeScalars.randomElement(using: &random) ?? scalar
          case "A"..."Z":
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars.randomElement(using: &random) ?? scalar
          case "a"..."z":
            "abcdefghijklmnopqrstuvwxyz".unicodeScalars.randomElement(using: &random) ?? scalar
          default: scalar
          }
        }
      )
    )
  }

  /// Of values of the shape of the detector's examples, the share that its check passes.
  private static func share(of detector: Detector) throws -> Double {
    var random = SeededGenerator(seed: 7)
    var (seen, passed) = (0, 0)
    var checks = Checks(try Support.required().words)
    var value = Value()
    for example in detector.matches where example.column != nil {
      let bare = example.text.replacing("⟦", with: "").replacing("⟧", with: "")
      guard bare.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
      for _ in 0..<2_000 {
        seen += 1
        let text = Array(shuffled(bare, &random).utf8)
        value.load(text.span, 0..<text.count)
        if checks.run(detector.check, &value).result == .pass { passed += 1 }
      }
    }
    return Double(passed) / Double(max(1, seen))
  }

  /// What the detectors' files say is what their checks do.
  @Test func declaredSharesAreTheChecks() throws {
    for detector in try Support.required().detectors {
      switch detector.type {
      case .cardNumber, .myNumber, .corporateNumber, .iban, .residentCode, .driversLicense,
        .nationalID:
        let share = try Self.share(of: detector)
        #expect(
          abs(share - detector.chance) <= 0.0006 + share * 0.15,
          "\(detector.path): \(share)"
        )
      default: #expect(detector.chance == 0, "\(detector.path)")
      }
    }
  }

  /// Numbers with Luhn's check digit, or one that is wrong, behind an issuer's prefix.
  private static func numbers(right: Int, wrong: Int) -> [String] {
    (0..<right + wrong).map { index in
      let body = "400012345" + "\(100_000 + index * 7_919)"
      var sum = 0
      for (place, digit) in body.utf8.reversed().enumerated() {
        let value = Int(digit - 0x30) * (place % 2 == 0 ? 2 : 1)
        sum += value > 9 ? value - 9 : value
      }
      let check = (10 - sum % 10) % 10
      return body + "\(index < right ? check : (check + 1) % 10)"
    }
  }

  private static func columns(_ rows: [[String]]) throws -> [String] {
    let batch = Support.tableBatch(rows)
    var typer = ColumnTyper(try Support.required())
    let plan = typer.plan(delimited: [batch])
    let engine = try Support.engine()
    engine.scan(batch, tables: [plan], isFirstUnit: true)
    engine.finishLeaf(tables: [plan])
    return engine.columnResults(plan, number: 0, isFirst: true).map {
      "\($0.name) \($0.type.id) \($0.values) \($0.expectedByChance)"
    }
  }

  @Test func aColumnSaysWhatChanceWouldGive() throws {
    let header = [["v1", "note"]]
    let all = Self.numbers(right: 20, wrong: 0)
    #expect(try Self.columns(header + all.map { [$0, "x"] }) == ["v1 card_number 20 2.0"])
    // Two of twenty pass, as random numbers would: nothing is reported.
    let few = Self.numbers(right: 2, wrong: 18)
    #expect(try Self.columns(header + few.map { [$0, "x"] }) == ["v1 card_number 0 2.0"])
    // Half and more do not.
    let half = Self.numbers(right: 10, wrong: 10)
    #expect(try Self.columns(header + half.map { [$0, "x"] }) == ["v1 card_number 10 2.0"])
    let less = Self.numbers(right: 9, wrong: 11)
    #expect(try Self.columns(header + less.map { [$0, "x"] }) == ["v1 card_number 0 2.0"])
  }

  @Test func underItsHeaderTheValuesThatFailAreCountedToo() throws {
    let rows = Self.numbers(right: 8, wrong: 2).map { [$0, "山田花江"] }
    let found = try Self.columns([["カード番号", "氏名"]] + rows)
    #expect(found == ["カード番号 card_number 8 1.0", "氏名 person_name 10 0.0"])
  }
}
