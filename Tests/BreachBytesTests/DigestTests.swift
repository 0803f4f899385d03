import BreachBytes
import Testing

@Suite struct DigestTests {
  /// The short digest is the first word of the whole one, with the kind as the first byte.
  @Test func shortIsTheFirstWord() throws {
    let key = try #require(DigestKey((0..<16).map { UInt8($0) &* 37 &+ 11 }))
    let digester = Digester(key)
    let text = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 5) }
    for kind: UInt8 in [0, 6, 71, 255] {
      for count in 0...text.count {
        let short = digester.digest(kind, text.span.extracting(0..<count))
        let whole = digest([kind] + text[..<count], key: key)
        #expect(short == whole.0, "kind \(kind), \(count) bytes")
      }
    }
  }

  /// The example of the reference implementation of SipHash-2-4-128: key 00…0F, no bytes, and 00.
  @Test func referenceVectors() throws {
    let key = try #require(DigestKey(Array(0..<16)))
    let empty = digest([UInt8](), key: key)
    #expect(empty.0 == 0xE6A8_25BA_047F_81A3 && empty.1 == 0x9302_55C7_1472_F66D)
    #expect(Digester(key).digest(0, [UInt8]().span) == digest([0], key: key).0)
  }
}
