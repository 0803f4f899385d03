import BreachModel
import BreachReaders
import TestKit
import Testing

/// Leaves in a legacy charset: each line is what it is alone, whatever stands around it.
@Suite struct MixedLineTests {
  /// What a stream makes of some bytes.
  private struct Reading {
    var batch = RecordBatch()
    var mended: Int
    var invalid: Int

    init(_ bytes: [UInt8], _ charset: Charset, _ pieces: MemorySource.Pieces) {
      let source = MemorySource(bytes, pieces: pieces)
      let stream = TextStream(source, charset: charset, offset: 0, skipping: 0)
      while stream.fill(&batch.text, origins: &batch.origins) {}
      (mended, invalid) = (stream.mendedLines, stream.invalid)
    }
  }

  /// One line of a kind; only ASCII stands in most, as in logs.
  private static func line(
    _ random: inout SeededGenerator,
    _ own: CharsetEncoder,
    _ others: [CharsetEncoder]
  ) -> [UInt8] {
    let ascii = Array("2026-11-02 ok \(random.below(1_000_000)) ".utf8)
    let japanese = "山田太郎さんの髙い番号は０９０ｱｲｳ"
    switch random.below(20) {
    case 0: return ascii + own.encode(japanese)
    case 1: return own.encode(japanese) + ascii
    case 2: return ascii + random.pick(others).encode(japanese)
    case 3: return ascii + [random.pick([0x80, 0x8F, 0xA0, 0xFF])] + ascii
    // Half a character right before the line end.
    case 4: return ascii + own.encode(japanese) + [0x8F]
    case 5: return []
    case 6:
      let long = [UInt8](repeating: 0x78, count: random.pick([63, 64, 65, 4_000]))
      return long + own.encode(random.once(in: 2) ? japanese : "")
    case 7 where random.once(in: 40):
      let long = [UInt8](repeating: 0x78, count: 65_536 - random.below(4))
      return long + own.encode(japanese) + long + random.pick(others).encode(japanese)
    default: return ascii
    }
  }

  @Test(arguments: [Charset.cp932, .eucJP, .iso2022JP, .latin1], [false, true])
  func linesStandAlone(charset: Charset, hasEscapes: Bool) {
    var random = SeededGenerator(seed: hasEscapes ? 5 : 4)
    let own = CharsetEncoder(charset)
    let others = ([.utf8, .cp932, .eucJP] + (hasEscapes ? [.iso2022JP] : []))
      .map(CharsetEncoder.init)
    var (bytes, text): ([UInt8], [UInt8]) = ([], [])
    var starts: [(leaf: Int, text: Int)] = []
    var (mended, invalid) = (0, 0)
    for number in 0..<20_000 {
      var line = Self.line(&random, own, others)
      if hasEscapes && random.once(in: 500) { line += Array("\u{1B}[0m".utf8) }
      line += number == 19_999 ? [] : Array(random.pick(["\n", "\n", "\r\n", "\r"]).utf8)
      let alone = Reading(line, charset, .whole)
      // A designation belongs to no character: the first one of the line stands behind it.
      let isDesignated = line.starts(with: "\u{1B}$B".utf8)
      starts.append((bytes.count + (isDesignated ? 3 : 0), text.count))
      bytes += line
      text += alone.batch.text
      mended += alone.mended
      invalid += alone.invalid
    }
    for pieces in [MemorySource.Pieces.whole, .random(upTo: 30_000, seed: 9)] {
      let whole = Reading(bytes, charset, pieces)
      #expect(whole.batch.text == text)
      #expect(whole.mended == mended)
      #expect(whole.invalid == invalid)
      for start in starts where start.text < text.count {
        #expect(whole.batch.leafOffset(of: start.text) == start.leaf)
      }
    }
  }
}
