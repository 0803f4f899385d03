import BreachBytes
import Testing

/// Names in Latin script.
@Suite struct LatinNameTests {
  private func flags(_ word: String) -> LatinNameFlags { LatinNames.flags(Array(word.utf8).span) }

  static let names: [(word: String, wanted: LatinNameFlags)] = [
    ("Maria", .given), ("jennifer", .given), ("MÜLLER", .family), ("müller", .family),
    ("García", .family), ("O'Connor", .family), ("Brown", [.family, .word]),
    ("wang", [.family, .short]), ("Kim", [.family, .short]), ("Tanaka", [.family, .japanese]),
    ("Satou", [.family, .japanese]), ("Sato", [.family, .japanese]),
    ("Satoh", [.family, .japanese]), ("Jun'ichi", [.given, .japanese]),
    ("Shinji", [.given, .japanese]), ("Sinzi", [.given, .japanese]), ("Rose", [.given, .word]),
  ]

  @Test(arguments: names) func known(word: String, wanted: LatinNameFlags) {
    #expect(flags(word).isSuperset(of: wanted))
  }

  @Test(arguments: [
    "", "qzxv", "Tanaka1", "widget", "田中", "Иван", "a", "Maria Luisa",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  ])
  func unknown(word: String) { #expect(flags(word) == []) }

  /// A plain name is no word of English.
  @Test func wordsAreTold() {
    #expect(!flags("Jennifer").contains(.word))
    #expect(!flags("Müller").contains(.word))
  }
}
