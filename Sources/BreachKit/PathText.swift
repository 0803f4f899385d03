internal import BreachBytes
internal import BreachModel

/// Paths are bytes; for people and JSON they become text.
enum PathText {
  /// UTF-8 as it is, else CP932 where it is that throughout, else `%hh` for the odd bytes.
  static func text(of path: [UInt8]) -> String {
    if UTF8Check.validPrefix(path.span) == path.count {
      return String(decoding: path, as: UTF8.self)
    }
    var decoder = CharsetDecoder(charset: .cp932)
    var text: [UInt8] = []
    if decoder.decode(path.span, final: true, into: &text).invalid == 0 {
      return String(decoding: text, as: UTF8.self)
    }
    var escaped = ""
    for byte in path {
      if byte < 0x80 {
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += "%" + digits
      }
    }
    return escaped
  }
}
