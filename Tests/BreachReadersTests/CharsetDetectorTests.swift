import BreachModel
import BreachReaders
import Testing

/// The detector, on the shapes that common libraries get wrong.
@Suite struct CharsetDetectorTests {
  func detect(_ bytes: [UInt8], isWhole: Bool = true) -> CharsetDetector.Detected {
    CharsetDetector.detect(bytes.span, isWhole: isWhole)
  }

  static let samples: [(String, [UInt8], Charset)] = [
    ("sjisLine", CharsetSample.sjisLine, .cp932),
    ("sjisName", CharsetSample.sjisName, .cp932),
    ("sjisProse", CharsetSample.sjisProse, .cp932),
    ("sjisIBM", CharsetSample.sjisIBM, .cp932),
    ("sjisHalfwidth", CharsetSample.sjisHalfwidth, .cp932),
    ("sjisHalfwidthEven", CharsetSample.sjisHalfwidthEven, .cp932),
    ("eucLine", CharsetSample.eucLine, .eucJP),
    ("eucProse", CharsetSample.eucProse, .eucJP),
    ("eucHalfwidth", CharsetSample.eucHalfwidth, .eucJP),
    ("eucKatakana", CharsetSample.eucKatakana, .eucJP),
    ("western", CharsetSample.western, .latin1),
    ("westernOne", CharsetSample.westernOne, .latin1),
    ("westernCapital", CharsetSample.westernCapital, .latin1),
    ("westernSymbols", CharsetSample.westernSymbols, .latin1),
    ("westernPair", hex("4efaf1657a"), .latin1),
    ("jis", CharsetSample.jis, .iso2022JP),
    ("utf16Kana", CharsetSample.utf16Kana, .utf16LE),
    ("utf16KanaBE", CharsetSample.utf16KanaBE, .utf16BE),
    ("utf16Rows", CharsetSample.utf16Rows, .utf16LE),
    ("utf16RowsBE", CharsetSample.utf16RowsBE, .utf16BE),
    ("utf16Supplementary", CharsetSample.utf16Supplementary, .utf16LE),
    ("ascii", Array("name,mail\r\nTaro,taro@example.jp\r\n".utf8), .utf8),
    ("utf8", Array("氏名,José\r\n山田太郎,ﾔﾏﾀﾞ\r\n".utf8), .utf8),
    ("empty", [], .utf8),
    ("terminal", Array("\u{1B}[31mred\u{1B}[0m \u{1B}(B\n".utf8), .utf8),
  ]

  @Test(arguments: samples) func tells(_ name: String, _ bytes: [UInt8], _ charset: Charset) {
    let found = detect(bytes)
    #expect(found == detect(bytes), "\(name)")
    #expect(found.charset == charset, "\(name): \(found.charset)")
    #expect(found.isText, "\(name)")
    #expect(found.bomLength == 0, "\(name)")
  }

  /// The typical export: many ASCII rows, one name.
  @Test(arguments: [
    (CharsetSample.sjisLine, Charset.cp932), (CharsetSample.sjisName, .cp932),
    (CharsetSample.sjisHalfwidth, .cp932), (CharsetSample.eucLine, .eucJP),
    (CharsetSample.eucHalfwidth, .eucJP), (CharsetSample.westernOne, .latin1),
    (CharsetSample.jis, .iso2022JP), (Array("山田太郎".utf8), .utf8),
  ])
  func oneNameBehindASCII(_ tail: [UInt8], _ charset: Charset) {
    var bytes: [UInt8] = []
    for row in 0..<500 {
      bytes += Array("\(row),user\(row)@example.jp,090-0000-\(1000 + row)\r\n".utf8)
    }
    #expect(detect(bytes + tail).charset == charset)
    #expect(detect(tail + bytes).charset == charset)
  }

  /// A probe that ends within a character is no less of its charset.
  @Test(arguments: [
    (Array("山田太郎さんの電話番号😀".utf8), Charset.utf8), (CharsetSample.sjisProse, .cp932),
    (CharsetSample.eucProse, .eucJP), (CharsetSample.jis, .iso2022JP),
  ])
  func cutProbes(_ bytes: [UInt8], _ charset: Charset) {
    for end in max(4, bytes.count - 12)...bytes.count {
      let found = CharsetDetector.detect(bytes.span.extracting(0..<end), isWhole: false)
      #expect(found.charset == charset, "cut at \(end)")
      #expect(found.isText)
    }
  }

  @Test func wideASCII() {
    let text = "id,name\r\n1,Taro\r\n"
    var little: [UInt8] = []
    var big: [UInt8] = []
    for byte in text.utf8 {
      little += [byte, 0]
      big += [0, byte]
    }
    #expect(detect(little).charset == .utf16LE && detect(little).isText)
    #expect(detect(big).charset == .utf16BE && detect(big).isText)
    var wideLittle: [UInt8] = []
    var wideBig: [UInt8] = []
    for byte in text.utf8 {
      wideLittle += [byte, 0, 0, 0]
      wideBig += [0, 0, 0, byte]
    }
    #expect(detect(wideLittle).charset == .utf32LE && detect(wideLittle).isText)
    #expect(detect(wideBig).charset == .utf32BE && detect(wideBig).isText)
  }

  @Test func byteOrderMarks() {
    let utf8 = detect(hex("efbbbf41"))
    #expect(utf8.charset == .utf8 && utf8.bomLength == 3 && utf8.isText)
    let little = detect(hex("fffe") + CharsetSample.utf16Rows)
    #expect(little.charset == .utf16LE && little.bomLength == 2 && little.isText)
    let big = detect(hex("feff") + CharsetSample.utf16RowsBE)
    #expect(big.charset == .utf16BE && big.bomLength == 2 && big.isText)
    let wide = detect(hex("fffe0000 41000000"))
    #expect(wide.charset == .utf32LE && wide.bomLength == 4)
    let wideBig = detect(hex("0000feff 00000041"))
    #expect(wideBig.charset == .utf32BE && wideBig.bomLength == 4)
    #expect(detect(hex("fffe")).bomLength == 2)
  }

  @Test func binary() {
    #expect(!detect(hex("89504e470d0a1a0a0000000d4948445200000001000000010802000000")).isText)
    #expect(!detect(hex("7f454c4602010100000000000000000002003e0001000000")).isText)
    #expect(!detect(hex("504b030414000000080000002100")).isText)
    #expect(!detect([UInt8](repeating: 0, count: 64)).isText)
    var seed: UInt64 = 42
    var noise: [UInt8] = []
    for _ in 0..<4096 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      noise.append(UInt8(truncatingIfNeeded: seed >> 56))
    }
    #expect(!detect(noise).isText)
    #expect(!detect(hex("fffe") + noise).isText)
  }

  @Test func littleDamageDoesNotChangeTheCharset() {
    var utf8 = Array(String(repeating: "山田太郎,東京都\r\n", count: 50).utf8)
    utf8[utf8.count / 2 / 22 * 22] = 0xFF
    #expect(detect(utf8).charset == .utf8)
    var sjis = Array(repeating: CharsetSample.sjisLine, count: 50).flatMap { $0 }
    sjis[5] = 0xFF
    #expect(detect(sjis).charset == .cp932)
    #expect(detect(Array("log line\0\n".utf8) + [UInt8](repeating: 0x41, count: 100)).isText)
  }

  @Test func everyPrefixIsHandled() {
    for sample in Self.samples {
      for end in 0...sample.1.count {
        _ = CharsetDetector.detect(sample.1.span.extracting(0..<end), isWhole: end % 2 == 0)
      }
    }
  }
}
