import BreachModel
import Testing

@Suite struct JSONWriterTests {
  @Test func compactAndPrettyKeepTheOrder() {
    let value = JSONValue.object([
      ("b", .integer(1)), ("a", .array([.null, .bool(true), .number(0.98)])), ("c", .object([])),
      ("d", .array([])),
    ])
    #expect(text(value) == #"{"b":1,"a":[null,true,0.98],"c":{},"d":[]}"#)
    let pretty = String(decoding: JSONWriter.bytes(value, style: .pretty), as: UTF8.self)
    #expect(
      pretty
        == "{\n  \"b\": 1,\n  \"a\": [\n    null,\n    true,\n    0.98\n  ],\n  \"c\": {},\n"
        + "  \"d\": []\n}"
    )
  }

  @Test func hostileTextIsEscaped() {
    let cases: [(String, String)] = [
      ("\u{1B}[2J\n", #""\u001b[2J\n""#), ("\u{2028}\u{2029}", #""\u2028\u2029""#),
      ("\u{202E}fdp", #""\u202efdp""#), ("\u{85}\u{7F}\0", #""\u0085\u007f\u0000""#),
      (#"a"b\c"#, #""a\"b\\c""#), ("山𠮟😀", "\"山𠮟😀\""), ("\r\n\t", #""\r\n\t""#),
    ]
    for (text, written) in cases {
      #expect(self.text(.string(text)) == written)
    }
  }

  @Test(arguments: [
    (0.0, "0.0"), (1.0, "1.0"), (0.1, "0.1"), (0.00001, "0.00001"), (1.25e-7, "0.000000125"),
    (1e16, "10000000000000000.0"), (1.5e17, "150000000000000000.0"), (-1e-5, "-0.00001"),
    (123_456.75, "123456.75"), (.infinity, "null"), (.nan, "null"), (1e300, "1e+300"),
  ])
  func doublesAreShortAndPlain(number: Double, written: String) {
    #expect(text(.number(number)) == written)
  }

  @Test func everyDoubleReadsBackAsItself() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      #expect(try JSONParser.parse(JSONWriter.bytes(.number(number))) == .number(number))
      let usual = Double.random(in: -1e18...1e18, using: &random)
      #expect(try JSONParser.parse(JSONWriter.bytes(.number(usual))) == .number(usual))
    }
  }

  @Test func everyScalarReadsBackAsItself() throws {
    for start in stride(from: UInt32(0), to: 0x11_0000, by: 0x400) {
      var all = ""
      for value in start..<start + 0x400 {
        if let scalar = Unicode.Scalar(value) { all.unicodeScalars.append(scalar) }
      }
      guard case .string(let read) = try JSONParser.parse(JSONWriter.bytes(.string(all))) else {
        Issue.record("not a string")
        continue
      }
      // Canonical equality is not enough.
      #expect(Array(read.utf8) == Array(all.utf8))
    }
  }

  @Test func randomDocumentsReadBackInBothStyles() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let value = document(depth: 4, &random)
      #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
      #expect(try JSONParser.parse(JSONWriter.bytes(value, style: .pretty)) == value)
    }
  }

  private func text(_ value: JSONValue) -> String {
    String(decoding: JSONWriter.bytes(value), as: UTF8.self)
  }

  private func document(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(.random(in: .min ... .max, using: &random))
    case 3: return .number(.random(in: -1e9...1e9, using: &random))
    case 4: return .string(["", "氏名", "\u{1B}\"", "a\u{2028}"].randomElement(using: &random) ?? "")
    case 5:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in document(depth: depth - 1, &random) }
      )
    default:
      return .object(
        (0..<Int.random(in: 0..<4, using: &random)).map {
          ("key\($0)", document(depth: depth - 1, &random))
        }
      )
    }
  }
}

@Suite struct JSONParserTests {
  @Test func escapesAreJoined() throws {
    let cases: [(String, String)] = [
      (#""\ud83d\ude00""#, "😀"), (#""\u6c0f""#, "氏"), (#""\/\b\f""#, "/\u{8}\u{C}"),
    ]
    for (document, text) in cases {
      #expect(try JSONParser.parse(Array(document.utf8)) == .string(text))
    }
  }

  @Test func everyErrorNamesItsByte() {
    let cases: [(String, JSONError.Code, Int)] = [
      ("", JSONError.Code.unexpectedEnd, 0), ("[1,]", .unexpectedByte, 3),
      ("[1", .unexpectedEnd, 2),
      ("{\"a\":1,}", .unexpectedByte, 7), ("[1 2]", .unexpectedByte, 3),
      ("[1}", .unexpectedByte, 2),
      ("{\"a\":1,\"a\":2}", .duplicateKey, 7), ("{\"a\" 1}", .unexpectedByte, 5),
      ("{1:2}", .unexpectedByte, 1), ("1 2", .trailingBytes, 2), ("tru", .badLiteral, 3),
      ("nul!", .badLiteral, 3), ("012", .badNumber, 0), ("-", .badNumber, 0), ("1.", .badNumber, 0),
      ("1e", .badNumber, 0), (".5", .unexpectedByte, 0), ("+1", .unexpectedByte, 0),
      ("NaN", .unexpectedByte, 0), ("9223372036854775808", .numberOutOfRange, 0),
      ("1e999", .numberOutOfRange, 0), (#""\ud83d""#, .loneSurrogate, 1),
      (#""\ude00""#, .loneSurrogate, 1), (#""\ud83dA""#, .loneSurrogate, 1),
      (#""\x41""#, .badEscape, 1), (#""\u12g4""#, .badEscape, 5), ("\"a\nb\"", .controlInString, 2),
      ("\"abc", .unexpectedEnd, 4), ("\u{FEFF}1", .unexpectedByte, 0), ("// 1", .unexpectedByte, 0),
      ("'a'", .unexpectedByte, 0), ("]", .unexpectedByte, 0),
      ("{\"\u{E9}\":1,\"e\u{301}\":2}", .duplicateKey, 8),
    ]
    for (document, code, offset) in cases {
      let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(document.utf8)) }
      #expect(error?.code == code)
      #expect(error?.offset == offset)
    }
  }

  @Test func invalidUTF8IsRefused() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22],
    ] {
      let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
      #expect(error?.code == .badUTF8)
    }
  }

  @Test func depthAndSizeAreBounded() throws {
    let open = { (depth: Int) -> [UInt8] in
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    _ = try JSONParser.parse(open(64))
    #expect(throws: JSONError.self) { try JSONParser.parse(open(65)) }
    #expect(throws: JSONError.self) {
      try JSONParser.parse(Array(repeating: 0x5B, count: 1_000_000))
    }
    var limits = JSONLimits()
    limits.bytes = 3
    #expect(throws: JSONError.self) { try JSONParser.parse(Array("1234".utf8), limits: limits) }
  }

  @Test func truncationNeverEndsInAnythingButAnError() {
    let whole = Array(#"{"a":[1,2.5,"x\ud83d\ude00"],"b":{"c":null}}"#.utf8)
    for length in 0..<whole.count {
      #expect(throws: JSONError.self) { try JSONParser.parse(Array(whole[..<length])) }
    }
  }
}
