import BreachBytes
import BreachDetectors
import BreachModel
import BreachPatterns
import BreachReaders
import Foundation
import TestKit
import Testing

/// Every example of every detector written in other ways: what was found is found again, in the same
/// place.
@Suite struct MetamorphicTests {
  /// One thing found: its type, and its bytes in the file or, where these are not told, its value.
  private struct Found: Hashable, CustomStringConvertible {
    var type: String
    var start: Int
    var end: Int
    /// Found values are invented ones; even so no failure shows them.
    var description: String { "\(type) at \(start)..<\(end)" }
  }

  /// Before each example, so that its charset can be told.
  private static let preamble = "これは文字の並びから読み取り方を決めるための一行です。\n次の行から本文が始まります。\n"

  private static func examples() throws -> [String] {
    let set = try DetectorSet(try PatternLibrary(), examples: true)
    var texts: [String] = []
    for detector in set.detectors {
      for example in detector.matches + detector.misses where example.column == nil {
        texts.append(example.text.replacing("⟦", with: "").replacing("⟧", with: ""))
      }
    }
    return texts
  }

  /// Findings by file number; `values` in place of offsets where values are written with escapes.
  private static func scan(_ folder: Folder, _ files: [(name: String, bytes: [UInt8])]) throws
    -> [Int: [(found: Found, value: String)]]
  {
    for file in files { try folder.write("m/" + file.name, Data(file.bytes)) }
    let ran = try Program.run(
      ["scan", "m", "--reveal", "--no-persons", "--output", "o.ndjson", "--quiet"],
      in: folder
    )
    #expect(ran.code == 0)
    var out: [Int: [(found: Found, value: String)]] = [:]
    let stream = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/o.ndjson"))
    for item in try JSON.lines(stream) {
      guard item["kind"].string == "finding", let path = item["path"].string,
        let type = item["type"].string, let start = item["offset"].int,
        let length = item["length"].int, let value = item["value"].string,
        let number = Int(path.dropFirst(2).prefix(5))
      else { continue }
      out[number, default: []].append((Found(type: type, start: start, end: start + length), value))
    }
    return out
  }

  private static func name(_ number: Int, _ ending: String) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 5 - digits.count) + digits + "." + ending
  }

  private static func plain(_ text: String) -> [UInt8] { Array((preamble + text + "\n").utf8) }

  /// In other charsets: the same types at the bytes that the same characters became.
  @Test(arguments: [Charset.cp932, .eucJP]) func otherCharsets(_ charset: Charset) throws {
    let encoder = CharsetEncoder(charset)
    let texts = try Self.examples().filter { !encoder.encode($0).isEmpty && encodes($0, encoder) }
    #expect(texts.count > 100)
    try withFolder { folder in
      let base = try Self.scan(
        folder,
        texts.enumerated().map { (Self.name($0, "txt"), Self.plain($1)) }
      )
      try withFolder { folder in
        let other = try Self.scan(
          folder,
          texts.enumerated().map {
            (Self.name($0, "txt"), encoder.encode(Self.preamble + $1 + "\n"))
          }
        )
        for (number, text) in texts.enumerated() {
          let whole = Self.plain(text)
          func place(_ offset: Int) -> Int {
            encoder.encode(String(decoding: whole[..<offset], as: UTF8.self)).count
          }
          let expected = base[number, default: []].map {
            Found(type: $0.found.type, start: place($0.found.start), end: place($0.found.end))
          }
          #expect(other[number, default: []].map(\.found) == expected, "example \(number)")
        }
      }
    }
  }

  private func encodes(_ text: String, _ encoder: CharsetEncoder) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "?" || encoder.encode(String($0)) != [0x3F] }
  }

  /// In a gzip member: the same, byte for byte.
  @Test func gzip() throws {
    let texts = try Self.examples()
    let files = texts.enumerated().map { (Self.name($0, "txt"), Self.plain($1)) }
    try withFolder { folder in
      let base = try Self.scan(folder, files)
      _ = try Program.shell("gzip -r m", in: folder)
      let other = try Self.scan(folder, [])
      for number in texts.indices {
        #expect(
          other[number, default: []].map(\.found) == base[number, default: []].map(\.found),
          "example \(number)"
        )
      }
    }
  }

  /// In a quoted cell of a column that says nothing, and in an escaped string of JSON: the same types
  /// with the same values.
  @Test(arguments: ["csv", "jsonl"]) func cellsAndEscapes(_ format: String) throws {
    let texts = try Self.examples().filter { !$0.contains("\n") && !$0.contains("\t") }
    func write(_ text: String, escaped: Bool) throws -> [UInt8] {
      if format == "csv" {
        let cell = escaped ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
        return Array("備考\t番号\n\(cell)\t1\n-\t2\n-\t3\n".utf8)
      }
      var cell = ""
      for unit in text.utf16 {
        if escaped || unit == 0x22 || unit == 0x5C || unit < 0x20 {
          let hex = String(unit, radix: 16)
          cell += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          cell += String(decoding: [unit], as: UTF16.self)
        }
      }
      return Array("{\"memo\": \"\(cell)\", \"n\": 1}\n{\"memo\": \"\", \"n\": 2}\n".utf8)
    }
    // Unescaped a lone half of a pair, or a quote in a cell that is not quoted, is something else.
    let kept = texts.filter { text in
      !text.contains("\"") && !text.contains("\\")
        && text.unicodeScalars.allSatisfy { $0.value < 0x10000 }
    }
    #expect(kept.count > 100)
    try withFolder { folder in
      let base = try Self.scan(
        folder,
        try kept.enumerated().map { (Self.name($0, format), try write($1, escaped: false)) }
      )
      try withFolder { folder in
        let other = try Self.scan(
          folder,
          try kept.enumerated().map { (Self.name($0, format), try write($1, escaped: true)) }
        )
        for number in kept.indices {
          let expected = base[number, default: []]
          let found = other[number, default: []]
          #expect(found.map(\.found.type) == expected.map(\.found.type), "example \(number)")
          if format == "csv" {
            // The quote before the cell moves all by one byte.
            #expect(
              found.map(\.found.start) == expected.map { $0.found.start + 1 },
              "example \(number)"
            )
            #expect(found.map(\.value) == expected.map(\.value), "example \(number)")
          }
        }
      }
    }
  }

  /// Numbers with hyphens in full-width digits and hyphens: the same numbers.
  @Test func fullWidth() throws {
    let types: Set<String> = [
      "phone_number", "postal_code", "birth_date", "my_number", "card_number", "age",
    ]
    let texts = try Self.examples().filter { text in
      !text.utf8.contains { $0 == 0x40 || $0 == 0x2F || $0 == 0x3D || $0 == 0x7B || $0 == 0x22 }
    }
    func wide(_ text: String) -> String {
      var out = ""
      for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x30...0x39: out.unicodeScalars.append(Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar)
        case 0x2D: out += "－"
        default: out.unicodeScalars.append(scalar)
        }
      }
      return out
    }
    try withFolder { folder in
      let base = try Self.scan(
        folder,
        texts.enumerated().map { (Self.name($0, "txt"), Self.plain($1)) }
      )
      try withFolder { folder in
        let other = try Self.scan(
          folder,
          texts.enumerated().map { (Self.name($0, "txt"), Self.plain(wide($1))) }
        )
        var seen = 0
        for (number, text) in texts.enumerated() {
          let whole = Self.plain(text)
          func place(_ offset: Int) -> Int {
            let skipped = Self.preamble.utf8.count
            let head = String(decoding: whole[skipped..<max(skipped, offset)], as: UTF8.self)
            return skipped + wide(head).utf8.count
          }
          let found = Set(other[number, default: []].map(\.found))
          for item in base[number, default: []]
          where types.contains(item.found.type) && item.value.contains("-") {
            let isNumber = item.value.utf8.allSatisfy {
              (0x30...0x39).contains($0) || $0 == 0x2D || $0 >= 0x80
            }
            guard isNumber else { continue }
            seen += 1
            let expected = Found(
              type: item.found.type,
              start: place(item.found.start),
              end: place(item.found.end)
            )
            #expect(found.contains(expected), "example \(number): \(expected)")
          }
        }
        #expect(seen > 10)
      }
    }
  }

  /// Cut into units at every byte of the example: the same, wherever the cut falls.
  @Test func unitBoundaries() throws {
    let set = try DetectorSet(try PatternLibrary(), examples: true)
    let key = try #require(DigestKey([UInt8](0..<16)))
    let options = DetectionOptions(
      types: TypeSet(DataType.allCases),
      minConfidence: Confidence(rawValue: 30),
      wantsFindings: true,
      values: .masked,
      wantsPersons: false,
      key: key
    )
    let engine = Engine(set, options)
    for detector in set.detectors {
      guard let example = detector.matches.first(where: { $0.column == nil }) else { continue }
      let text = Array(example.text.replacing("⟦", with: "").replacing("⟧", with: "").utf8)
      // In block k of the leaf the example lies k bytes before the end of a unit.
      let unit = 2 * text.count + 64
      var leaf: [UInt8] = []
      var starts: [Int] = []
      for cut in 1...text.count {
        let start = cut * unit - cut
        leaf += [UInt8](repeating: 0x2E, count: start - leaf.count - 1) + [0x0A]
        starts.append(start)
        leaf += text + [0x0A]
      }
      let alone = find(engine, text + [0x0A], unitSize: 1 << 20)
      let expected = starts.flatMap { start in
        alone.map { Found(type: $0.type, start: $0.start + start, end: $0.end + start) }
      }
      #expect(find(engine, leaf, unitSize: unit) == expected, "\(detector.id)")
    }
  }

  private func find(_ engine: Engine, _ bytes: [UInt8], unitSize: Int) -> [Found] {
    let plan = LeafPlan(charset: .utf8, bomLength: 0, format: .text)
    let cut = UnitCutter.cuts(
      MemorySource(bytes),
      size: bytes.count,
      plan: plan,
      unitSize: unitSize
    )
    var found: [Found] = []
    for unit in cut.units {
      engine.begin(leaf: "example")
      let stream = TextStream(
        MemorySource(bytes, range: unit.range),
        charset: plan.charset,
        offset: unit.range.lowerBound,
        skipping: 0
      )
      let reader = makeReader(plan.format, stream, catalogue: plan.catalogue, copyTable: nil)
      var batch = RecordBatch()
      while reader.next(into: &batch) {
        engine.scan(batch, tables: [], isFirstUnit: unit.range.lowerBound == 0)
      }
      engine.finishLeaf(tables: [])
      for item in engine.takeFindings() {
        found.append(Found(type: item.type.id, start: item.offset, end: item.offset + item.length))
      }
    }
    return found
  }
}
