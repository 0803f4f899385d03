import BreachModel
import BreachReports
import Testing

/// The line that a long scan redraws.
@Suite struct ProgressTests {
  @Test func theLineHoldsBytesRateTimeLeftAndPersons() {
    let line = ProgressLine(
      bytes: 1_500_000_000,
      totalBytes: 6_000_000_000,
      persons: 1_234_567,
      seconds: 10
    )
    #expect(
      line.text(.en, width: 80)
        == "1.5 GB of 6.0 GB, 30 s left, 150.0 MB/s, 1,234,567 records of persons"
    )
    #expect(line.text(.ja, width: 80) == "1.5 GB / 6.0 GB、あと30秒、毎秒150.0 MB、本人の記録 1,234,567件")
    // Never wider than the terminal: a wrapped line could not be redrawn.
    #expect(line.text(.en, width: 30) == "1.5 GB of 6.0 GB, 30 s left")
    #expect(line.text(.ja, width: 27) == "1.5 GB / 6.0 GB、あと30秒")
    #expect(line.text(.ja, width: 25) == "1.5 GB / 6.0 GB、あと30秒")
    #expect(line.text(.ja, width: 24) == "1.5 GB / 6.0 GB")
    #expect(line.text(.en, width: 10) == "")
    let stream = ProgressLine(bytes: 20_000, totalBytes: 0, persons: 2, seconds: 2)
    #expect(stream.text(.en, width: 80) == "20.0 kB, 10.0 kB/s, 2 records of persons")
  }

  static let times: [(bytes: Int, total: Int, seconds: Double, left: Int?)] = [
    (1, 2, 1, 1), (1, 2, 0.9, nil), (0, 2, 9, nil), (2, 2, 9, nil), (3, 2, 9, nil),
    (10, 70, 10, 60), (1, 3_601, 1, 3_600), (1, 10_000_002, 1, nil),
  ]

  @Test(arguments: times)
  func timeLeftIsSaidOnlyWhenItIsKnown(bytes: Int, total: Int, seconds: Double, left: Int?) {
    let line = ProgressLine(bytes: bytes, totalBytes: total, persons: 0, seconds: seconds)
    #expect(line.secondsLeft == left)
    #expect(line.text(.en, width: 100).contains(" left") == (left != nil))
  }

  @Test func timesAreRoundedUp() {
    func left(_ seconds: Int) -> String {
      ProgressLine(bytes: 1, totalBytes: 1 + seconds, persons: 1, seconds: 1)
        .text(.en, width: 100)
    }
    #expect(left(59).contains("59 s left"))
    #expect(left(60).contains("1 min left"))
    #expect(left(61).contains("2 min left"))
    #expect(left(3_541).contains("1 h 0 min left"))
    #expect(left(59).hasSuffix("1 record of persons"))
  }
}
