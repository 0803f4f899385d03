import BreachBytes
import BreachModel
import BreachReaders
import TestKit
import Testing

/// Containers, text and the rest by their first bytes.
@Suite struct ContentSnifferTests {
  private func sniff(_ bytes: [UInt8]) -> Content {
    ContentSniffer.sniff(bytes.span, isWhole: true)
  }

  @Test func magicNumbers() {
    #expect(sniff([]) == .empty)
    #expect(sniff([0x50, 0x4B, 3, 4, 20, 0, 0, 0]) == .container(.zip))
    #expect(sniff([0x1F, 0x8B, 8, 0]) == .container(.compressed))
    #expect(sniff(Array("BZh91AY&SY".utf8)) == .container(.compressed))
    #expect(sniff([0x28, 0xB5, 0x2F, 0xFD, 0]) == .container(.compressed))
    #expect(sniff([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) == .container(.compressed))
    #expect(sniff(Array("%PDF-1.7\n".utf8)) == .unsupported("a PDF document", .unsupportedFormat))
    #expect(sniff([0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0]) == .notText("pe"))
    #expect(sniff([0x7F, 0x45, 0x4C, 0x46, 2, 1]) == .notText("elf"))
  }

  /// Names and words that begin like a magic number.
  @Test(arguments: [
    "MZ-100,x@example.jp\n", "OTTO,Hans\n", "ID3,name\n", "BZh is a word\n", "PAR1,PAR2\n",
    "Rar! he said\n", "GIF89 a\n", "OggStory\n", "1234ftyp\n", "fLaC is a format\n", "!BDN\n",
  ])
  func textThatBeginsLikeAMagicNumber(text: String) {
    #expect(sniff(Array(text.utf8)) == .text(.utf8, bomLength: 0))
  }

  @Test func tarWithAndWithoutMagic() {
    var header = [UInt8](repeating: 0, count: 512)
    header.replaceSubrange(0..<5, with: Array("a.csv".utf8))
    header.replaceSubrange(100..<107, with: Array("0000644".utf8))
    let sum = header.reduce(0) { $0 + Int($1) } + 8 * 32
    let digits = String(sum, radix: 8)
    let field = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
    header.replaceSubrange(148..<156, with: Array(field.utf8))
    #expect(sniff(header) == .container(.tar))
  }

  @Test func everyPrefixAndNoise() {
    var random = SeededGenerator(seed: 77)
    for length in 0..<1_100 {
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = sniff(noise)
      _ = ContentSniffer.sniff(noise.span, isWhole: false)
    }
  }
}
