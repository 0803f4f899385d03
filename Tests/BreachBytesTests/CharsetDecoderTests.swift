import BreachBytes
import BreachModel
import Testing

/// The decoders, against vectors made with Python's codecs.
@Suite struct CharsetDecoderTests {
  /// Decodes `bytes` in one call.
  func decode(_ bytes: [UInt8], _ charset: Charset) -> (text: [UInt8], invalid: Int) {
    var decoder = CharsetDecoder(charset: charset)
    var output: [UInt8] = []
    let result = decoder.decode(bytes.span, final: true, into: &output)
    #expect(result.consumed == bytes.count)
    return (output, result.invalid)
  }

  /// Decodes `bytes` in two calls, giving what the first left unconsumed again.
  func decode(_ bytes: [UInt8], _ charset: Charset, splitAt split: Int) -> (
    text: [UInt8], invalid: Int
  ) {
    var decoder = CharsetDecoder(charset: charset)
    var output: [UInt8] = []
    let first = decoder.decode(bytes.span.extracting(0..<split), final: false, into: &output)
    let rest = bytes.span.extracting(first.consumed..<bytes.count)
    let second = decoder.decode(rest, final: true, into: &output)
    #expect(split - first.consumed < 4)
    return (output, first.invalid + second.invalid)
  }

  /// FNV-1a, 64 bits.
  func digest(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// The UTF-8 of every one of `codes` that is valid, a line each, and how many these are.
  func table(_ codes: [[UInt8]], _ charset: Charset) -> (digest: UInt64, entries: Int) {
    var lines: [UInt8] = []
    var entries = 0
    for code in codes {
      let result = decode(code, charset)
      guard result.invalid == 0 else { continue }
      lines += result.text + [0x0A]
      entries += 1
    }
    return (digest(lines), entries)
  }

  /// Every lead with every trail.
  func pairs(_ leads: [UInt8], _ trails: ClosedRange<UInt8>) -> [[UInt8]] {
    var codes: [[UInt8]] = []
    for lead in leads {
      for trail in trails { codes.append([lead, trail]) }
    }
    return codes
  }

  static let samples: [(Charset, [UInt8])] = [
    (.utf8, Array(Sample.text.utf8)), (.cp932, Sample.cp932), (.eucJP, Sample.eucJP),
    (.iso2022JP, Sample.iso2022JP), (.utf16LE, Sample.utf16LE), (.utf16BE, Sample.utf16BE),
    (.utf32LE, Sample.utf32LE), (.utf32BE, Sample.utf32BE),
  ]

  @Test(arguments: samples) func decodesTheSample(_ charset: Charset, _ bytes: [UInt8]) {
    let result = decode(bytes, charset)
    #expect(String(decoding: result.text, as: UTF8.self) == Sample.text)
    #expect(result.invalid == 0)
  }

  @Test(arguments: samples) func splitAtEveryByte(_ charset: Charset, _ bytes: [UInt8]) {
    for split in 0...bytes.count {
      let result = decode(bytes, charset, splitAt: split)
      #expect(String(decoding: result.text, as: UTF8.self) == Sample.text)
      #expect(result.invalid == 0)
    }
  }

  @Test(arguments: Charset.allCases) func garbageIsTheSameHoweverSplit(_ charset: Charset) {
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<40 {
      var bytes: [UInt8] = []
      for _ in 0..<24 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let byte = UInt8(truncatingIfNeeded: seed >> 56)
        // More escapes and kanji leads than chance gives.
        bytes.append(
          byte % 11 == 0 ? 0x1B : byte % 11 == 1 ? 0x24 : byte % 11 == 2 ? 0x42 : byte
        )
      }
      let whole = decode(bytes, charset)
      #expect(String(validating: whole.text, as: UTF8.self) != nil)
      for split in 0...bytes.count {
        let parts = decode(bytes, charset, splitAt: split)
        #expect(parts.text == whole.text && parts.invalid == whole.invalid, "\(bytes) at \(split)")
      }
    }
  }

  @Test func everyPairOfCP932() {
    let leads = Array(UInt8(0x81)...0x9F) + Array(UInt8(0xE0)...0xFC)
    let result = table(pairs(leads, 0x40...0xFF), .cp932)
    #expect(result.entries == 9604)
    #expect(result.digest == 0x264a_6118_4c77_ec9b)
  }

  @Test func everyKanjiOfEUC() {
    let level = table(pairs(Array(0xB0...0xF4), 0xA1...0xFE), .eucJP)
    #expect(level.entries == 6355)
    #expect(level.digest == 0xb6a1_52d0_ae03_e1aa)
    let codes = pairs(Array(0xB0...0xED), 0xA1...0xFE).map { [0x8F] + $0 }
    let supplement = table(codes, .eucJP)
    #expect(supplement.entries == 5801)
    #expect(supplement.digest == 0x4dc7_bf7a_969f_b484)
  }

  static let texts: [(Charset, [UInt8], String)] = [
    (.cp932, hex("eee0ed958740878aeeef8160817c8161"), "髙﨑①㈱ⅰ～－∥"),
    (.cp932, hex("a1b1df"), "｡ｱﾟ"),
    (.cp932, hex("f040f9fc"), "\u{E000}\u{E757}"),
    (.eucJP, hex("ada1adea"), "①㈱"),
    (.eucJP, hex("fcf1fcee"), "ⅰ黑"),
    (.eucJP, hex("8ff3f38ff4fb8ff4ad"), "ⅰ髙℡"),
    (.eucJP, hex("8fb0a1a1c1"), "丂～"),
    (.iso2022JP, hex("1b284a5c7e1b28425c7e"), "¥‾\\~"),
    (.iso2022JP, hex("1b2849365f1b2842"), "ｶﾟ"),
    (.iso2022JP, hex("1b244030211b2842"), "亜"),
    (.iso2022JP, hex("1b242844302141"), "丂\u{FFFD}"),
    (.iso2022JP, hex("1b242442"), "\u{FFFD}$$B"),
    (.iso2022JP, hex("1b24423021 0a 3021"), "亜\n0!"),
    (.iso2022JP, hex("b6de"), "ｶﾞ"),
    (.utf16LE, hex("42d8b7df"), "𠮷"),
    (.utf16LE, hex("42d84100"), "\u{FFFD}A"),
    (.utf16LE, hex("b7df4100"), "\u{FFFD}A"),
    (.utf16BE, hex("d842"), "\u{FFFD}"),
    (.utf16BE, hex("004100"), "A\u{FFFD}"),
    (.utf32LE, hex("b70b020000d80000"), "𠮷\u{FFFD}"),
    (.utf32BE, hex("00110000"), "\u{FFFD}"),
    (.latin1, hex("4de97a80ff"), "Méz€ÿ"),
  ]

  @Test(arguments: texts)
  func decodesTheOddOnes(_ charset: Charset, _ bytes: [UInt8], _ text: String) {
    #expect(String(decoding: decode(bytes, charset).text, as: UTF8.self) == text)
  }

  static let damaged: [(Charset, [UInt8], String, Int)] = [
    (.cp932, hex("82220a"), "\u{FFFD}\"\n", 1),
    (.cp932, hex("8541"), "\u{FFFD}A", 1),
    (.cp932, hex("fd80a0ff"), "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 4),
    (.cp932, hex("4182"), "A\u{FFFD}", 1),
    (.eucJP, hex("a42c"), "\u{FFFD},", 1),
    (.eucJP, hex("8e22"), "\u{FFFD}\"", 1),
    (.eucJP, hex("8fb022"), "\u{FFFD}\u{FFFD}\"", 2),
    (.utf8, hex("c0af41"), "\u{FFFD}\u{FFFD}A", 2),
    (.utf8, hex("eda080"), "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
    (.utf8, hex("e38122"), "\u{FFFD}\u{FFFD}\"", 2),
    (.utf8, hex("f4908080"), "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 4),
  ]

  @Test(arguments: damaged)
  func neverSwallowsASCII(_ charset: Charset, _ bytes: [UInt8], _ text: String, _ invalid: Int) {
    let result = decode(bytes, charset)
    #expect(String(decoding: result.text, as: UTF8.self) == text)
    #expect(result.invalid == invalid)
  }

  @Test func longInputIsDecodedPieceByPiece() {
    var bytes = hex("41")
    for _ in 0..<30_000 { bytes += hex("8e8196bc") }
    let result = decode(bytes, .cp932)
    #expect(result.invalid == 0)
    #expect(result.text.count == 1 + 30_000 * 6)
  }

  @Test func warmOutputDoesNotGrow() {
    let bytes = Sample.cp932
    var decoder = CharsetDecoder(charset: .cp932)
    var output: [UInt8] = []
    _ = decoder.decode(bytes.span, final: true, into: &output)
    let capacity = output.capacity
    for _ in 0..<10 {
      output.removeAll(keepingCapacity: true)
      _ = decoder.decode(bytes.span, final: true, into: &output)
    }
    #expect(output.capacity == capacity)
  }

  @Test func appendingGrowsGeometrically() {
    let bytes = Sample.cp932
    var decoder = CharsetDecoder(charset: .cp932)
    var output: [UInt8] = []
    var growths = 0
    for _ in 0..<5000 {
      let capacity = output.capacity
      _ = decoder.decode(bytes.span, final: true, into: &output)
      growths += output.capacity == capacity ? 0 : 1
    }
    #expect(growths < 30)
  }

  @Test func validPrefix() {
    func length(_ bytes: [UInt8]) -> Int { UTF8Check.validPrefix(bytes.span) }
    #expect(length([]) == 0)
    #expect(length(Array(Sample.text.utf8)) == Sample.text.utf8.count)
    #expect(length(hex("41e38182e381")) == 4)
    #expect(length(hex("41c080")) == 1)
    #expect(length(hex("e09f80")) == 0)
    #expect(length(hex("eda080")) == 0)
    #expect(length(hex("f08fbfbf")) == 0)
    #expect(length(hex("f0a0aeb7")) == 4)
    let ascii = [UInt8](repeating: 0x41, count: 100)
    for at in 0..<100 {
      var bytes = ascii
      bytes[at] = 0xFF
      #expect(length(bytes) == at)
    }
  }

  @Test func byteCounts() {
    let ascii = [UInt8](repeating: 0x41, count: 40)
    let bytes = hex("00410042 1b01 7f 80ff 090a0b0c0d1a") + ascii + [0xE3]
    let counts = ByteCounts(bytes.span)
    #expect(counts.nulEven == 2 && counts.nulOdd == 0 && counts.nul == 2)
    #expect(counts.control == 2 && counts.escape == 1 && counts.high == 3)
    // Each byte is counted as what it is, wherever it stands.
    for byte in UInt8.min...UInt8.max {
      let innocent: Set<UInt8> = [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A]
      let isControl = byte == 0x7F || byte < 0x20 && !innocent.contains(byte)
      for at in [0, 15, 16, 63, 64, 79, 127, 128, 144, 149] {
        var bytes = [UInt8](repeating: 0x41, count: 150)
        bytes[100] = 0xC3
        bytes[at] = byte
        let counts = ByteCounts(bytes.span)
        #expect(counts.high == (byte >= 0x80 ? 2 : 1))
        #expect(counts.escape == (byte == 0x1B ? 1 : 0))
        #expect(counts.nul == (byte == 0 ? 1 : 0) && counts.nulOdd == (byte == 0 ? at % 2 : 0))
        #expect(counts.control == (isControl && byte != 0x1B && byte != 0 ? 1 : 0))
      }
    }
  }

  @Test func asciiPrefix() {
    func length(_ bytes: [UInt8]) -> Int { ByteCounts.asciiPrefix(bytes.span) }
    for count in 0..<200 {
      let ascii = [UInt8](repeating: 0x7F, count: count)
      #expect(length(ascii) == count)
      #expect(length(ascii + [0x80] + ascii + [0xFF]) == count)
    }
  }

  @Test(arguments: Charset.allCases) func idsRoundTrip(_ charset: Charset) {
    #expect(Charset(id: charset.id) == charset)
    #expect(Charset(id: charset.id.uppercased()) == charset)
  }

  static let aliases: [(String, Charset)] = [
    ("Shift_JIS", .cp932), ("sjis", .cp932), ("Windows-31J", .cp932), ("MS932", .cp932),
    ("eucjp", .eucJP), ("EUC_JP", .eucJP), ("ujis", .eucJP), ("jis", .iso2022JP),
    ("UTF8", .utf8), ("utf-16", .utf16LE), ("latin1", .latin1), ("windows-1252", .latin1),
    ("ks_c_5601-1987", .eucKR), ("CP949", .eucKR), ("GB2312", .gb18030), ("GBK", .gb18030),
    ("Big5-HKSCS", .big5), ("cp1251", .windows1251), ("ISO-8859-7", .windows1253),
    ("KOI8-U", .koi8R), ("TIS-620", .windows874), ("latin2", .iso88592),
  ]

  @Test(arguments: aliases) func aliasesAreKnown(_ alias: String, _ charset: Charset) {
    #expect(Charset(id: alias) == charset)
  }

  @Test func unknownNamesAreNil() {
    #expect(Charset(id: "") == nil)
    #expect(Charset(id: "viscii") == nil)
  }
}
