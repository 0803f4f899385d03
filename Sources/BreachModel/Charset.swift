/// A character encoding that evidence can be in; all readers above the decoder see UTF-8.
package enum Charset: UInt8, CaseIterable, Sendable, Hashable {
  case utf8, cp932, eucJP, iso2022JP, utf16LE, utf16BE, utf32LE, utf32BE, latin1

  /// The id of every output and of `--encoding`.
  package var id: String {
    switch self {
    case .utf8: "utf-8"
    case .cp932: "cp932"
    case .eucJP: "euc-jp"
    case .iso2022JP: "iso-2022-jp"
    case .utf16LE: "utf-16le"
    case .utf16BE: "utf-16be"
    case .utf32LE: "utf-32le"
    case .utf32BE: "utf-32be"
    case .latin1: "iso-8859-1"
    }
  }

  /// The charset that a user means by this name; nil when none is known by it.
  ///
  /// Case, hyphens, underscores and spaces do not matter. Names without a byte order mean little
  /// endian, as the WHATWG Encoding Standard reads `utf-16`.
  package init?(id: String) {
    var name = ""
    for scalar in id.unicodeScalars where scalar.properties.isAlphabetic || scalar.isDigit {
      name.unicodeScalars.append(scalar)
    }
    switch name.lowercased() {
    case "utf8", "utf8n", "utf8bom", "utf8sig", "cp65001", "65001", "ascii", "usascii":
      self = .utf8
    case "cp932", "932", "ms932", "mskanji", "windows31j", "cswindows31j", "sjis", "shiftjis",
      "shiftjisx0213", "csshiftjis", "xsjis", "sjiswin", "sjisms", "ibm943", "cp943", "windows932":
      self = .cp932
    case "eucjp", "euc", "ujis", "eucjpms", "eucjpwin", "xeucjp", "cp51932", "51932", "cp20932",
      "extendedunixcodepackedformatforjapanese", "cseucpkdfmtjapanese":
      self = .eucJP
    case "iso2022jp", "jis", "csiso2022jp", "iso2022jpms", "cp50220", "50220", "cp50221", "50221",
      "cp50222", "iso2022jp1", "junet":
      self = .iso2022JP
    case "utf16le", "utf16", "ucs2", "ucs2le", "unicode", "cp1200", "1200", "iso10646ucs2":
      self = .utf16LE
    case "utf16be", "ucs2be", "unicodefffe", "cp1201", "1201":
      self = .utf16BE
    case "utf32le", "utf32", "ucs4", "ucs4le", "cp12000", "12000":
      self = .utf32LE
    case "utf32be", "ucs4be", "cp12001", "12001":
      self = .utf32BE
    case "iso88591", "latin1", "l1", "isolatin1", "cp819", "ibm819", "windows1252", "cp1252",
      "1252",
      "ansi":
      self = .latin1
    default:
      return nil
    }
  }
}

extension Unicode.Scalar {
  /// True for ASCII digits.
  fileprivate var isDigit: Bool { value >= 0x30 && value <= 0x39 }
}
