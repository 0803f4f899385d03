import BreachModel
import BreachPatterns
import Foundation
import Testing

/// Which files a library holds, and its digest.
@Suite struct PatternLibraryTests {
  @Test func embeddedFilesAreSortedAndReadable() throws {
    let library = try PatternLibrary()
    #expect(library.paths.contains("criteria/jp/appi-private.yaml"))
    #expect(
      library.paths == library.paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    )
    #expect(try library.files(under: "criteria/").count >= 3)
    #expect(try library.file(at: "criteria/none.yaml") == nil)
  }

  @Test func givenFilesAreAddedOrTakeAPlace() throws {
    let embedded = try PatternLibrary()
    let added = try PatternLibrary(adding: [("criteria/xx/own.yaml", "a: 1")])
    #expect(added.paths.count == embedded.paths.count + 1)
    #expect(added.sha256 != embedded.sha256)
    let replaced = try PatternLibrary(adding: [("criteria/jp/appi-private.yaml", "a: 1")])
    #expect(replaced.paths == embedded.paths)
    let file = try replaced.file(at: "criteria/jp/appi-private.yaml")
    #expect(file?.root.place == PatternNode.Place(line: 1, column: 1))
    #expect(throws: PatternError.self) { try PatternLibrary(adding: [("a.yaml", "a: [")]) }
  }

  @Test func digestIsThatOfAListing() throws {
    let library = try PatternLibrary(only: [("b.yaml", "b: 1\n"), ("a.yaml", "a: 1\n")])
    let listing =
      "\(SHA256.hex("a: 1\n".utf8))  a.yaml\n\(SHA256.hex("b: 1\n".utf8))  b.yaml\n"
    #expect(library.sha256 == SHA256.hex(listing.utf8))
  }

  /// What the build reckoned of the embedded files is what a run reckons of the same files.
  @Test func embeddedDigestIsThatOfTheListing() throws {
    let embedded = try PatternLibrary()
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = "linking/rules.yaml"
    let text = try String(contentsOf: root.appending(path: "Patterns/\(path)"), encoding: .utf8)
    #expect(try PatternLibrary(adding: [(path, text)]).sha256 == embedded.sha256)
    #expect(try PatternLibrary(adding: [(path, text + "\n")]).sha256 != embedded.sha256)
  }
}

/// The examples of FIPS 180-4 and the lengths around a block.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
        + "mnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func vectors(message: String, digest: String) {
    #expect(SHA256.hex(message.utf8) == digest)
  }

  @Test func aMillionLetters() {
    #expect(
      SHA256.hex(repeatElement(UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
  }

  @Test func piecesDoNotMatter() {
    let message = Array(repeating: UInt8(7), count: 200)
    for cut in 0...200 {
      var hash = SHA256()
      hash.update(message[..<cut])
      hash.update(message[cut...])
      #expect(hash.finalizeHex() == SHA256.hex(message))
    }
  }
}

/// Days, weekdays and instants.
@Suite struct CivilDateTests {
  @Test func everyDayOf800YearsComesBack() {
    var expected = CivilDate(dayNumber: -146_097).components
    for number in -146_097..<146_097 {
      let (year, month, day) = CivilDate(dayNumber: number).components
      #expect((year, month, day) == expected)
      #expect(CivilDate(year: year, month: month, day: day)?.dayNumber == number)
      if day < CivilDate.length(ofMonth: month, year: year) {
        expected = (year, month, day + 1)
      } else {
        expected = month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
      }
    }
  }

  @Test(arguments: [("1970-01-01", 3), ("2026-11-23", 0), ("2027-01-03", 6), ("2000-02-29", 1)])
  func weekdays(text: String, weekday: Int) {
    #expect(CivilDate(text)?.weekday == weekday)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026-11-31", "0000-01-01",
  ])
  func impossible(text: String) { #expect(CivilDate(text) == nil) }

  @Test(arguments: [
    ("2026-11-20", "2026-11-20"), ("2026-11-19T15:00:00Z", "2026-11-20"),
    ("2026-11-19T14:59:59Z", "2026-11-19"), ("2026-11-20T00:30+09:00", "2026-11-20"),
    ("2026-11-20T23:30:00-08:00", "2026-11-21"), ("2026-01-01T00:00:00+14:00", "2025-12-31"),
  ])
  func daysInTokyo(text: String, day: String) {
    #expect(Moment(text)?.day(atOffset: 540).description == day)
  }

  @Test(arguments: [
    "2026-11-20T18:00", "2026-11-20T25:00Z", "2026-11-20T18:60Z", "2026-11-20T18:00+9", "today",
    "2026-11-20T18:00:00+09:00x", "2026-11-31T18:00:00Z",
  ])
  func noMoments(text: String) { #expect(Moment(text) == nil) }
}
