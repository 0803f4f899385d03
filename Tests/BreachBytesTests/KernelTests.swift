import BreachBytes
import TestKit
import Testing

/// The kernels give the same with every instruction set, and what their twin in Swift gives.
@Suite struct KernelTests {
  static let variants = KernelVariant.allCases.filter(\.isAvailable)

  /// What candidates are made of, whole and broken.
  private static let pieces: [[UInt8]] =
    [
      "1234", "5678", " ", "12345678", "-", "(", ")", "+", "/", ".", "a", "_", "*", ",", "@", "%40",
      "%4", "%", "０", "１", "９", "都", "県", "様", "é", "😀", "漢字", "1234 5678 9012", "\n", "0",
      "\u{1B}", "＠", "－", ":", "=", "：", "＝", "tel", "e-Mail", "homeTel", "name ", "full_", "番号",
      "id", "員ID", "\"", "）", ")", "\t", "   ", "Tel.", "号 ", "　", "】", "No. 12",
      "12 May 1985", ", 2001", "é 943 47", " 06", " 1985",
      "氏", "名", "字", "語", "詞",
    ].map { Array($0.utf8) } + [
      [0xE3, 0x80], [0xEF, 0xBC], [0xEF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF5, 0x80], [0xFF], [0x80],
      [0xBF], [0xF0, 0x9F], [0],
    ]
  private static let words: Set<[UInt8]> = Set(
    ["都", "府", "県", "様", "－", "５", "漢字", "氏名", "氏　", "語a", "詞ID"].map { Array($0.utf8) }
  )
  private static let labels = ["tel", "email", "full_name", "番号", "会員id", "user_id"]
  private static let literals = LiteralSet(
    words.sorted { $0[1] < $1[1] },
    labels: labels.map { Array($0.utf8) }
  )

  /// Random bytes, or pieces; the longer ones cross blocks and, with small batches, batches.
  private static func text(_ random: inout SeededGenerator, count: Int) -> [UInt8] {
    var text: [UInt8] = []
    let few = random.once(in: 2)
    let isRandom = random.once(in: 8)
    while text.count < count {
      if isRandom {
        text.append(UInt8(random.below(256)))
      } else {
        text += few && !random.once(in: 6) ? pieces[random.below(12)] : random.pick(pieces)
      }
    }
    return text
  }

  private func candidates(
    _ text: Span<UInt8>,
    from start: Int,
    _ variant: KernelVariant,
    capacity: Int
  ) -> [Candidate] {
    let batch = CandidateBatch(capacity: capacity)
    var found: [Candidate] = []
    var at = start
    while at < text.count {
      at = batch.fill(text, from: at, to: text.count, literals: Self.literals, variant: variant)
      for index in 0..<batch.count { found.append(batch[index]) }
    }
    return found
  }

  /// Where the search finds something, it may.
  @Test func mayHoldCandidate() {
    var random = SeededGenerator(seed: 12)
    var (found, empty) = (0, 0)
    for _ in 0..<20_000 {
      let text = Self.text(&random, count: 1 + random.below(150))
      let start = random.below(text.count)
      let end = start + random.below(text.count - start + 1)
      let own = Array(text[start..<end])
      let all = candidates(own.span, from: 0, .plain, capacity: 4_096)
      for numbers in [true, false] {
        let counted = all.filter { numbers || $0.kind != .number }
        let may = BreachBytes.mayHoldCandidate(text.span, start..<end, numbers: numbers)
        #expect(may || counted.isEmpty, "\(own)")
        found += counted.isEmpty ? 0 : 1
        empty += may ? 0 : 1
      }
    }
    #expect(found > 10_000 && empty > 2_000)
    let cells: [(String, Bool, Bool)] = [
      ("0.63925", false, false), ("2013-04-28 17:43:27", true, false), ("u0144b1bb", false, false),
      ("a@b.cc", true, true), ("03-1234", false, false), ("03-12345", true, false),
      ("1234 5678 901", false, false), ("1234 5678 9012", true, false), ("東京", true, true),
      ("tel: 1", true, true), ("in 12", true, false), ("No. 1", true, false),
      ("12 1", false, false), ("12:30", true, true), ("1234567 12:30", false, false),
    ]
    for (text, withNumbers, without) in cells {
      let bytes = Array(text.utf8)
      let range = 0..<bytes.count
      let first = BreachBytes.mayHoldCandidate(bytes.span, range, numbers: true)
      let second = BreachBytes.mayHoldCandidate(bytes.span, range, numbers: false)
      #expect(first == withNumbers && second == without, "\(text)")
    }
  }

  @Test(arguments: variants) func candidatesAreTheTwins(_ variant: KernelVariant) {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<600 {
      // What lies before is another alignment, or context.
      let lead = random.below(70)
      let text = Self.text(&random, count: lead + random.below(260))
      let start = min(lead, text.count)
      let wanted = KernelTwin.candidates(
        text,
        from: start,
        literals: Self.words,
        labels: Self.labels
      )
      let found = candidates(text.span, from: start, variant, capacity: 64 + random.below(40))
      #expect(found == wanted, "\(text) from \(start)")
      let alone = Array(text[start...])
      #expect(
        candidates(alone.span, from: 0, variant, capacity: 4_096)
          == KernelTwin.candidates(alone, from: 0, literals: Self.words, labels: Self.labels)
      )
    }
  }

  /// Thousands of numbers and marks that are none, with few between them that are some.
  @Test(arguments: variants) func doubtsAreSettledInOrder(_ variant: KernelVariant) {
    let nones = [
      "no 12 px, ", "NT 10.0; ", "OS 17_5 ", "UTC+9 ", " +0900] ", "a+1 ", "1234 567 ", "x = 1\n",
      "at:", "50% ",
      "\"@x", "of 5 items ", "12 2 ",
    ]
    let somes = [
      "call 943 476 5919 ", "on 12 March 1985 ", "May 12, 1985 ", "(+1 2 ", "1234 5678 9012 ",
      "tel:", "12345678 ",
      "a@b ", "é 5 May 2001 ",
    ]
    var random = SeededGenerator(seed: 29)
    var text = ""
    while text.utf8.count < 20_000 {
      text += random.once(in: 20) ? random.pick(somes) : random.pick(nones)
    }
    let bytes = Array(text.utf8)
    let wanted = KernelTwin.candidates(bytes, from: 0, literals: Self.words, labels: Self.labels)
    #expect(wanted.count > 50 && wanted.count < 500)
    for capacity in [64, 1_000, 8_192] {
      #expect(candidates(bytes.span, from: 0, variant, capacity: capacity) == wanted)
    }
  }

  /// One candidate of each kind at each position around the borders of blocks and of the text.
  @Test(arguments: variants) func candidatesAreFoundAtEveryPosition(_ variant: KernelVariant) {
    for piece in [
      "12345678", "1234 5678 9012", "a@", "a%40", "５", "都", "TEL:", "full_name\"=", "homeTel=",
      "user-ID:", "番号：", "会員ID=", "tel.:", "Tel.\t  \t   :", "full name =", "番号】", "番号　",
      "漢字", "氏名", "詞ID", "in 12 May 1985", "May 12, 1985", "NHS 943 476 5919", "é 06 12 34 56 78",
    ] {
      for at in 0..<140 {
        for tail in [0, 1, 70] {
          let text =
            [UInt8](repeating: 0x20, count: at) + Array(piece.utf8)
            + [UInt8](repeating: 0x20, count: tail)
          let found = candidates(text.span, from: 0, variant, capacity: 64)
          #expect(
            found == KernelTwin.candidates(text, from: 0, literals: Self.words, labels: Self.labels)
          )
          #expect(found.count == 1)
        }
      }
    }
  }

  /// A character that begins a literal is a candidate only where the text may go on with it.
  @Test(arguments: variants) func literalsAreToldByWhatComesBehind(_ variant: KernelVariant) {
    for (text, count) in [
      ("漢字だ", 1), ("漢語だ", 0), ("漢", 1), ("漢a", 1), ("漢abc", 0), ("氏名", 1), ("氏は", 0), ("氏　", 1),
      ("都だ", 1), ("語abc", 1), ("詞ですね", 1),
    ] {
      let found = candidates(Array(text.utf8).span, from: 0, variant, capacity: 64)
      #expect(found.filter { $0.position == 0 && $0.kind == .literal }.count == count, "\(text)")
    }
  }

  /// A block of 64 bytes has up to 32 candidates; what the batch held before shows in none of them.
  @Test(arguments: variants) func batchesForgetWhatTheyHeld(_ variant: KernelVariant) {
    let batch = CandidateBatch(capacity: 128)
    for (text, kind) in [
      (String(repeating: "a@", count: 64), Candidate.Kind.at),
      (String(repeating: "都", count: 64), .literal),
      (String(repeating: "tel:", count: 32), .mark), (String(repeating: "５都", count: 21), .literal),
    ] {
      // What begins in the first bytes is settled by itself.
      let bytes = Array("          \(text)".utf8)
      var (at, kinds) = (0, [Candidate.Kind]())
      while at < bytes.count {
        at = batch.fill(
          bytes.span,
          from: at,
          to: bytes.count,
          literals: Self.literals,
          variant: variant
        )
        for index in 0..<batch.count { kinds.append(batch[index].kind) }
      }
      let wanted = KernelTwin.candidates(bytes, from: 0, literals: Self.words, labels: Self.labels)
      #expect(kinds == wanted.map(\.kind) && kinds.contains(kind))
    }
  }

  @Test(arguments: variants) func prefixesAreTheTwins(_ variant: KernelVariant) {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1_500 {
      var text: [UInt8] = []
      let count = random.below(300)
      // Mostly valid, so that the fault is anywhere.
      while text.count < count {
        let piece =
          random.once(in: 40)
          ? random.pick(Array(Self.pieces.suffix(14))) : random.pick(Self.pieces)
        if piece[0] < 0x80 || String(validating: piece, as: UTF8.self) != nil || random.once(in: 30)
        {
          text += piece
        }
      }
      for stops in [false, true] {
        let found = UTF8Check.validPrefix(text.span, stoppingAtEscape: stops, variant: variant)
        #expect(found == KernelTwin.validPrefix(text, stoppingAtEscape: stops), "\(text)")
      }
    }
  }

  /// ASCII is taken many bytes a step; what is none, and ESC where that stops, is met wherever it stands.
  @Test(arguments: variants) func prefixesEndInLongASCII(_ variant: KernelVariant) {
    let ascii = [UInt8](repeating: 0x61, count: 700)
    for at in 0..<ascii.count {
      for (bytes, valid, stopped) in [
        ([0x80], at, at), ([0xE3, 0x81], at, at), ([0x1B], 700, at), ([0xC3, 0xA9], 700, 700),
        ([0xED, 0xA0, 0x80], at, at),
      ] as [([UInt8], Int, Int)] where at + bytes.count <= ascii.count {
        var text = ascii
        text.replaceSubrange(at..<at + bytes.count, with: bytes)
        #expect(UTF8Check.validPrefix(text.span, variant: variant) == valid)
        #expect(
          UTF8Check.validPrefix(text.span, stoppingAtEscape: true, variant: variant) == stopped
        )
      }
    }
  }

  /// Every pair of bytes, and every third one behind a lead, at a block's border.
  @Test(arguments: variants) func prefixesKnowEverySequence(_ variant: KernelVariant) {
    for lead in UInt8(0x7F)...0xFF {
      for second in stride(from: 0, through: 255, by: 1) {
        for third in [0x41, 0x80, 0xBF, 0xC3] as [UInt8] {
          var text = [UInt8](repeating: 0x61, count: 200)
          let at = 60 + Int(third & 7)
          text.replaceSubrange(at..<at + 4, with: [lead, UInt8(second), third, 0x80])
          let found = UTF8Check.validPrefix(text.span, variant: variant)
          // All the rest is ASCII.
          let part = KernelTwin.validPrefix(Array(text[at..<at + 5]), stoppingAtEscape: false)
          let wanted = part < 5 ? at + part : text.count
          if found != wanted { Issue.record("\(text[at..<at + 4]) at \(at): \(found), \(wanted)") }
        }
      }
    }
  }

  @Test(arguments: variants) func bytesAreCounted(_ variant: KernelVariant) {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let text = Self.text(&random, count: random.below(400))
      let start = random.below(text.count + 1)
      #expect(
        count(0x31, in: text.span, start..<text.count, variant: variant)
          == text[start...].count { $0 == 0x31 }
      )
    }
  }
}
