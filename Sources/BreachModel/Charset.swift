/// A character encoding that evidence can be in; all readers above the decoder see UTF-8.
package enum Charset: UInt8, CaseIterable, Sendable, Hashable {
  case utf8, cp932, eucJP, iso2022JP, utf16LE, utf16BE, utf32LE, utf32BE, latin1
  case eucKR, gb18030, big5
  /// In the order of their tables.
  case windows1250, windows1251, windows1253, windows1254, windows1255, windows1256, windows1257
  case windows874, iso88592, iso88595, koi8R, ibm866

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
    case .eucKR: "euc-kr"
    case .gb18030: "gb18030"
    case .big5: "big5"
    case .windows1250: "windows-1250"
    case .windows1251: "windows-1251"
    case .windows1253: "windows-1253"
    case .windows1254: "windows-1254"
    case .windows1255: "windows-1255"
    case .windows1256: "windows-1256"
    case .windows1257: "windows-1257"
    case .windows874: "windows-874"
    case .iso88592: "iso-8859-2"
    case .iso88595: "iso-8859-5"
    case .koi8R: "koi8-r"
    case .ibm866: "ibm866"
    }
  }

  /// One byte a character.
  package var isSingleByte: Bool { self == .latin1 || rawValue >= Charset.windows1250.rawValue }

  /// Bytes of a code unit: in wide charsets a line end is one.
  package var unitWidth: Int {
    switch self {
    case .utf16LE, .utf16BE: 2
    case .utf32LE, .utf32BE: 4
    default: 1
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
      "1252", "ansi", "iso885915", "latin9":
      self = .latin1
    case "euckr", "ksc5601", "ksc56011987", "ksc56011989", "cp949", "949", "uhc", "windows949",
      "ms949", "korean", "cseuckr", "isoir149":
      self = .eucKR
    case "gb18030", "gbk", "gb2312", "gb231280", "euccn", "cp936", "936", "ms936", "windows936",
      "xgbk", "csgb2312", "chinese", "cp54936":
      self = .gb18030
    case "big5", "big5hkscs", "cp950", "950", "windows950", "csbig5", "xxbig5", "cnbig5":
      self = .big5
    case "windows1250", "cp1250", "1250", "xcp1250": self = .windows1250
    case "windows1251", "cp1251", "1251", "xcp1251": self = .windows1251
    case "windows1253", "cp1253", "1253", "iso88597", "greek": self = .windows1253
    case "windows1254", "cp1254", "1254", "iso88599", "latin5": self = .windows1254
    case "windows1255", "cp1255", "1255", "iso88598", "iso88598i", "hebrew": self = .windows1255
    case "windows1256", "cp1256", "1256": self = .windows1256
    case "windows1257", "cp1257", "1257", "iso885913": self = .windows1257
    case "windows874", "cp874", "874", "tis620", "iso885911": self = .windows874
    case "iso88592", "latin2", "l2", "csisolatin2": self = .iso88592
    case "iso88595", "cyrillic", "csisolatincyrillic": self = .iso88595
    case "koi8r", "koi", "koi8", "koi8u", "cskoi8r": self = .koi8R
    case "ibm866", "cp866", "866", "csibm866": self = .ibm866
    default:
      return nil
    }
  }
}

extension Unicode.Scalar {
  /// True for ASCII digits.
  fileprivate var isDigit: Bool { value >= 0x30 && value <= 0x39 }
}
