import BreachBytes
import BreachModel
import BreachReaders
import TestKit
import Testing

/// Places of values in the leaf lead back to the bytes that they were decoded from.
@Suite struct OffsetTests {
  /// Decodes the bytes at a field's place again, in the state that the line has there.
  private func decoded(_ bytes: [UInt8], _ place: Range<Int>, _ charset: Charset) -> [UInt8] {
    var decoder = CharsetDecoder(charset: charset)
    var text: [UInt8] = []
    if charset == .iso2022JP {
      let line = (bytes[..<place.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
      let before = Array(bytes[line..<place.lowerBound])
      _ = decoder.decode(before.span, final: false, into: &text)
      text.removeAll()
    }
    let own = Array(bytes[place])
    _ = decoder.decode(own.span, final: true, into: &text)
    return text
  }

  private static let words = [
    "山田", "ｱｲｳｴｵ", "ＡＢｃｄｅ０１", "a", "x@y.jp", "ソ表\\能", "é", "丂侀", "𠮷野", "①髙﨑", " ", "漢a字b",
  ]

  @Test(arguments: Charset.allCases)
  func invertInEveryCharset(charset: Charset) {
    var random = SeededGenerator(seed: 31)
    let encoder = CharsetEncoder(charset)
    var string = ""
    for _ in 0..<4_000 {
      string += random.pick(Self.words) + random.pick(["", ",", ",", "\n"])
    }
    let bytes = encoder.encode(string)
    let dump = ReaderDump.read(bytes, LeafPlan(.csv(CSVDialect(delimiter: 0x2C)), charset))
    var wrong = 0
    for record in dump.records {
      for (value, place) in zip(record.values, record.places) {
        guard place.upperBound <= bytes.count else {
          wrong += 1
          continue
        }
        if decoded(bytes, place, charset) != value { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    #expect(dump.records.count > 500)
  }

  @Test(arguments: [Charset.utf8, .cp932, .eucJP, .latin1])
  func invertInMixedFiles(leaf: Charset) {
    var random = SeededGenerator(seed: 5)
    let charsets = leaf == .latin1 ? [Charset.latin1, .utf8] : [.utf8, .cp932, .eucJP, .iso2022JP]
    let encoders = charsets.map(CharsetEncoder.init)
    var bytes: [UInt8] = []
    var lines: [(text: [UInt8], start: Int)] = []
    for _ in 0..<3_000 {
      let number = random.once(in: 3) ? random.below(encoders.count) : charsets.firstIndex(of: leaf)
      let line =
        leaf == .latin1
        ? "Müller,José,Ærø gård,x@example.com" : "山田太郎,東京都千代田区霞が関１丁目,ヤマダ,x@example.jp"
      lines.append((Array(line.utf8), bytes.count))
      bytes += encoders[number ?? 0].encode(line + "\r\n")
    }
    let dump = ReaderDump.read(bytes, LeafPlan(.csv(CSVDialect(delimiter: 0x2C)), leaf))
    #expect(dump.records.count == lines.count)
    let places = dump.records.compactMap(\.places.first?.lowerBound)
    let wrongPlaces = zip(places, lines).filter { place, line in
      // ISO-2022-JP places begin behind the escape sequence.
      place != line.start && place != line.start + 3
    }
    #expect(wrongPlaces.isEmpty)
    let wrongText = zip(dump.records, lines).filter { record, line in
      Array(record.values.joined(separator: [0x2C])) != line.text
    }
    #expect(wrongText.isEmpty)
  }

  @Test func damageInUTF8CostsItsBytesOnly() {
    let good = Array("山田太郎,東京都千代田区霞が関,x@example.jp\n".utf8)
    var bad = good
    bad.insert(0xFF, at: 6)
    let bytes = good + bad + good
    let dump = ReaderDump.read(bytes, LeafPlan(.csv(CSVDialect(delimiter: 0x2C))))
    #expect(
      dump.records.map { $0.values[1] } == Array(repeating: dump.records[0].values[1], count: 3)
    )
    for (record, start) in zip(dump.records, [0, good.count, good.count + bad.count]) {
      #expect(record.places[0].lowerBound == start)
    }
    #expect(bytes[dump.records[1].places[2]].elementsEqual(Array("x@example.jp".utf8)))
  }

  @Test func invalidBytesNeverTrap() {
    for charset in Charset.allCases {
      var random = SeededGenerator(seed: UInt64(charset.rawValue))
      for format in [
        LeafFormat.text, .csv(CSVDialect(delimiter: 0x2C)), .json, .jsonLines,
        .sql(SQLDialect(backslashEscapes: true)), .xml(XMLDialect(rows: ["a"])), .html, .form,
        .entries(.ldif),
      ] {
        var bytes = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        for _ in 0..<200 {
          bytes[random.below(bytes.count)] = random.pick(
            [0x0A, 0x22, 0x2C, 0x1B, 0x7B, 0x27, 0x28, 0x3C, 0x3E, 0x2F, 0x26]
          )
        }
        let dump = ReaderDump.read(bytes, LeafPlan(format, charset))
        #expect(dump.bytesRead == bytes.count)
        for record in dump.records {
          #expect(record.places.allSatisfy { $0.upperBound <= bytes.count })
        }
      }
    }
  }

  /// Every beginning of a sample, in every charset and format, is read to its last byte.
  @Test(arguments: Charset.allCases)
  func truncationNeverTraps(charset: Charset) {
    let text =
      "氏名,\"住\"\"所\n\",ﾀﾛｳ\r\n{\"a\": [\"\\u5c71\", {\"b\": 1}]}\nINSERT INTO `t` (a, b) VALUES "
      + "('山\\'田', 0xFF),\n('it''s', NULL);\nCOPY t (a) FROM stdin;\n\\N\t山\n\\.\n"
      + "<table><tr><th a='山'>&lt;<td><!-- 田 --><![CDATA[太]]></table>a=%8E%52&b=%\n"
    let bytes = CharsetEncoder(charset).encode(text)
    let formats: [LeafFormat] = [
      .text, .csv(CSVDialect(delimiter: 0x2C)), .json, .jsonLines,
      .sql(SQLDialect(backslashEscapes: true)), .xml(XMLDialect()), .html, .form,
      .entries(.vcard),
    ]
    for format in formats {
      for length in 0...bytes.count {
        let part = Array(bytes[..<length])
        let dump = ReaderDump.read(part, LeafPlan(format, charset))
        #expect(dump.bytesRead == length)
        _ = UnitCutter.cuts(
          MemorySource(part),
          size: length,
          plan: LeafPlan(format, charset),
          unitSize: 16
        )
      }
    }
  }
}
