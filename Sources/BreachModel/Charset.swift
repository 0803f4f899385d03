/// A character encoding that leaves are decoded from.
package enum Charset: UInt8, CaseIterable, Sendable {
  case utf8, cp932, eucJP, iso2022JP, utf16LE, utf16BE, utf32LE, utf32BE, latin1
}
