import BreachModel
import BreachReaders
import TestKit
import Testing

/// Form-encoded bodies and query strings.
@Suite struct FormReaderTests {
  private func read(_ text: String, pieces: MemorySource.Pieces = .whole) -> ReaderDump {
    ReaderDump.read(Array(text.utf8), LeafPlan(.form), pieces: pieces)
  }

  private func lines(_ dump: ReaderDump) -> [String] {
    dump.records.map { record in
      let fields = zip(record.columns, record.values).map {
        "\($0)=\(String(decoding: $1, as: UTF8.self))"
      }
      return "\(record.line) " + fields.joined(separator: " ")
    }
  }

  @Test func pairsAreFields() {
    let dump = read("a=1&b=x+y%40z&c=\n\nuser%5Bname%5D=%E5%B1%B1&user[x][y]=2&flag\n")
    #expect(lines(dump) == ["1 a=1 b=x y@z", "3 user.name=山 user.x.y=2 *=flag"])
    #expect(dump.records.flatMap(\.places) == [2..<3, 6..<13, 33..<42, 54..<55, 56..<60])
    #expect(dump.lines == 3)
  }

  @Test func addressesBeforeThePairs() {
    #expect(lines(read("https://x.jp/a?b=1&c=2?3&d=4=5")) == ["1 *=https://x.jp/a b=1 c=2?3 d=4=5"])
  }

  /// Escaped bytes of a line are in one charset.
  @Test func charsets() {
    #expect(lines(read("n=%8E%52%93%63%91%BE%98%59&k=%83%84%83%7D%83%5F")) == ["1 n=山田太郎 k=ヤマダ"])
    #expect(lines(read("n=%BB%B3%C5%C4%C2%C0%CF%BA&k=%A5%E4%A5%DE%A5%C0")) == ["1 n=山田太郎 k=ヤマダ"])
    #expect(lines(read("n=100%&m=%zz%4")) == ["1 n=100% m=%zz%4"])
  }

  @Test func keysThatAreDataAreValues() {
    #expect(lines(read("a@b.jp=1&c=2")) == ["1 *=1 *=a@b.jp c=2"])
  }

  @Test func batchesDoNotMatter() {
    var text = ""
    for number in 0..<30_000 { text += "id=\(number)&mail=u\(number)%40x.jp\r\n" }
    let dump = read(text)
    #expect(dump.records.count == 30_000)
    #expect(dump.records[777].line == 778)
    #expect(firstDifference(read(text, pieces: .fixed(997)).records, dump.records) == nil)
    let long = "a=" + String(repeating: "x", count: 3 << 20) + "&b=2\nc=3"
    let pieces = read(long)
    #expect(pieces.records.flatMap(\.values).joined().count { $0 == 0x78 } == 3 << 20)
    #expect(pieces.records.last?.line == 2)
    #expect(pieces.largestText < 4 << 20)
  }
}
