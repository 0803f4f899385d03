import BreachBytes
import BreachModel
import Testing

/// The charsets of the rest of the world, against tables made with Python's codecs.
extension CharsetDecoderTests {
  @Test(arguments: [
    (Charset.eucKR, 17048, 0xf541_82fa_e990_6eab as UInt64),
    (Charset.gb18030, 23940, 0x2802_237d_0dad_82c2 as UInt64),
    (Charset.big5, 16712, 0xf28c_b54e_38e6_7236 as UInt64),
  ])
  func everyPair(_ charset: Charset, _ entries: Int, _ digest: UInt64) {
    let result = table(pairs(Array(0x81...0xFE), 0x40...0xFF), charset)
    #expect(result.entries == entries)
    #expect(result.digest == digest)
  }

  @Test func everyFourBytesOfTheBasicPlane() {
    var codes: [[UInt8]] = []
    for first in UInt8(0x81)...0x84 {
      for second in UInt8(0x30)...0x39 {
        for third in UInt8(0x81)...0xFE {
          for fourth in UInt8(0x30)...0x39 { codes.append([first, second, third, fourth]) }
        }
      }
    }
    let result = table(codes, .gb18030)
    #expect(result.entries == 39420)
    #expect(result.digest == 0xae98_4279_ac3a_ad96)
  }

  @Test(
    arguments: [
      ([0x90, 0x30, 0x81, 0x30], "\u{10000}"), ([0xE3, 0x32, 0x9A, 0x35], "\u{10FFFF}"),
      // One beyond the last; the digits stay.
      ([0xE3, 0x32, 0x9A, 0x36], "\u{FFFD}2\u{FFFD}6"), ([0x84, 0x31, 0xA4, 0x39], "\u{FFFF}"),
      ([0x84, 0x31, 0xA5, 0x30], "\u{FFFD}1\u{FFFD}0"), ([0x81, 0x30, 0x0A], "\u{FFFD}0\n"),
      ([0x80, 0x41], "\u{FFFD}A"), ([0xFF, 0x41], "\u{FFFD}A"), ([0xB0], "\u{FFFD}"),
    ] as [([UInt8], String)]
  )
  func edgesOfGB18030(_ bytes: [UInt8], _ text: String) {
    #expect(String(decoding: decode(bytes, .gb18030).text, as: UTF8.self) == text)
  }

  @Test(arguments: [Charset.eucKR, .big5, .gb18030])
  func anInvalidLeadTakesNoASCIIWithIt(_ charset: Charset) {
    let result = decode([0xA1, 0x22, 0xFE, 0x0A], charset)
    #expect(String(decoding: result.text, as: UTF8.self) == "\u{FFFD}\"\u{FFFD}\n")
    #expect(result.invalid == 2)
  }

  @Test(arguments: [
    (Charset.windows1250, 123, 0x01fd_07b5_1a79_9693 as UInt64),
    (Charset.windows1251, 127, 0xbad4_8179_1297_9903 as UInt64),
    (Charset.windows1253, 111, 0x738e_5ef5_ce42_74b0 as UInt64),
    (Charset.windows1254, 121, 0x7c1c_4435_05fe_779c as UInt64),
    (Charset.windows1255, 105, 0x214f_1083_d51d_e08c as UInt64),
    (Charset.windows1256, 128, 0x514f_4a39_d7c3_62eb as UInt64),
    (Charset.windows1257, 116, 0x9ced_3734_acf5_fe29 as UInt64),
    (Charset.windows874, 97, 0x7151_50ca_8cb6_d6e6 as UInt64),
    (Charset.iso88592, 128, 0x7bf7_42f5_7e2b_697c as UInt64),
    (Charset.iso88595, 128, 0x97b0_2d71_9251_4d0d as UInt64),
    (Charset.koi8R, 128, 0x550d_f8c6_df89_6b31 as UInt64),
    (Charset.ibm866, 128, 0x31ea_444d_3fe8_381a as UInt64),
  ])
  func everyByte(_ charset: Charset, _ entries: Int, _ digest: UInt64) {
    let result = table((0x80...0xFF).map { [UInt8($0)] }, charset)
    #expect(result.entries == entries)
    #expect(result.digest == digest)
    #expect(decode(Array(0...0x7F), charset).text == Array(0...0x7F))
  }
}
