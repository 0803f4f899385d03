/// Where a record's person lives, or may live, as one small number: 0 unknown, 1…47 the prefectures of
/// Japan (JIS X 0401), above them signs of other countries.
///
/// A prefecture stands in an address. A sign is less: the country of a phone number, of an official
/// number, or at the end of an address; it raises the question where the person lives, and answers none.
package enum HomePlace {
  /// An address that is not of Japan, and names no country.
  package static let abroad = 255

  /// ISO 3166 codes, by number from 48 on.
  private static let signs = [
    "US", "US-CA", "CA", "MX", "BR", "AR", "CL", "CO", "PE", "VE", "KR", "CN", "TW", "HK", "MO",
    "SG",
    "MY", "TH", "VN", "ID", "PH", "IN", "PK", "BD", "LK", "NP", "MM", "KH", "MN", "AU", "NZ", "GB",
    "IE", "DE", "FR", "IT", "ES", "PT", "NL", "BE", "LU", "AT", "CH", "DK", "SE", "NO", "FI", "IS",
    "PL", "CZ", "SK", "HU", "RO", "BG", "GR", "HR", "SI", "EE", "LV", "LT", "CY", "MT", "RS", "UA",
    "RU", "KZ", "TR", "IL", "SA", "AE", "EG", "ZA", "NG", "KE",
  ]

  private static let numbers = Dictionary(
    uniqueKeysWithValues: signs.enumerated().map { ($0.element, $0.offset + 48) }
  )

  /// The number of a sign; 0 for a code that is not listed.
  package static func sign(of code: String) -> Int { numbers[code] ?? 0 }

  /// Whether the number is a sign of another country.
  @inlinable @inline(__always)
  package static func isSign(_ number: Int) -> Bool { number > 47 }

  /// `JP-13`, the ISO 3166 code of a sign, or `unknown`.
  package static func code(_ number: Int) -> String {
    switch number {
    case 1...9: "JP-0\(number)"
    case 10...47: "JP-\(number)"
    case 48..<48 + signs.count: signs[number - 48]
    default: "unknown"
    }
  }

  /// The sign in three digits that begin with a country code of ITU-T E.164; 0 where none is listed.
  ///
  /// +1 stands for the United States, though Canada and others share it.
  package static func sign(ofCallingCode digits: Int) -> Int {
    callingCodes.indices.contains(digits) ? Int(callingCodes[digits]) : 0
  }

  /// By three digits.
  private static let callingCodes = {
    var table = [UInt8](repeating: 0, count: 1_000)
    for (start, code) in countries {
      let sign = UInt8(sign(of: code))
      switch start {
      case 0..<10: for rest in 0..<100 { table[start * 100 + rest] = sign }
      case 10..<100: for rest in 0..<10 { table[start * 10 + rest] = sign }
      default: table[start] = sign
      }
    }
    return table
  }()

  /// Country codes and countries, the shorter codes first.
  private static let countries: KeyValuePairs = [
    1: "US", 7: "RU", 20: "EG", 27: "ZA", 30: "GR", 31: "NL", 32: "BE", 33: "FR", 34: "ES",
    36: "HU",
    39: "IT", 40: "RO", 41: "CH", 43: "AT", 44: "GB", 45: "DK", 46: "SE", 47: "NO", 48: "PL",
    49: "DE",
    51: "PE", 52: "MX", 54: "AR", 55: "BR", 56: "CL", 57: "CO", 58: "VE", 60: "MY", 61: "AU",
    62: "ID",
    63: "PH", 64: "NZ", 65: "SG", 66: "TH", 76: "KZ", 77: "KZ", 82: "KR", 84: "VN", 86: "CN",
    90: "TR",
    91: "IN", 92: "PK", 94: "LK", 95: "MM", 234: "NG", 254: "KE", 351: "PT", 352: "LU", 353: "IE",
    354: "IS", 356: "MT", 357: "CY", 358: "FI", 359: "BG", 370: "LT", 371: "LV", 372: "EE",
    380: "UA",
    381: "RS", 385: "HR", 386: "SI", 420: "CZ", 421: "SK", 852: "HK", 853: "MO", 855: "KH",
    880: "BD",
    886: "TW", 966: "SA", 971: "AE", 972: "IL", 976: "MN", 977: "NP",
  ]
}
