import BreachBytes
import Testing

/// Names in Latin script.
@Suite struct LatinNameTests {
  private func flags(_ word: String) -> LatinNameFlags { LatinNames.flags(Array(word.utf8).span) }

  @Test(arguments: [
    ("Maria", LatinNameFlags.given), ("jennifer", .given), ("MÜLLER", .family), ("müller", .family),
    ("García", .family), ("O'Connor", .family), ("Nguyễn".replacing("ễ", with: "e"), .family),
    ("wang", [.family, .short]), ("Kim", [.family, .short]), ("Tanaka", [.family, .japanese]),
    ("Satou", [.family, .japanese]), ("Sato", [.family, .japanese]),
    ("Satoh", [.family, .japanese]), ("Jun'ichi", [.given, .japanese]),
    ("Shinji", [.given, .japanese]), ("Sinzi", [.given, .japanese]), ("Brown", [.family, .word]),
    ("Rose", [.given, .word]),
  ])
  func known(word: String, wanted: LatinNameFlags) {
    #expect(flags(word).isSuperset(of: wanted))
  }

  @Test(arguments: [
    "", "qzxv", "Tanaka1", "widget", "田中", "Иван", "a", "Maria Luisa", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  ])
  func unknown(word: String) { #expect(flags(word) == []) }

  /// A plain name is no word of English.
  @Test func wordsAreTold() {
    #expect(!flags("Jennifer").contains(.word))
    #expect(!flags("Müller").contains(.word))
  }
}
