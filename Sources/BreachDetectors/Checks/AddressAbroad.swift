internal import BreachModel

/// Where an address in Latin letters lies.
enum AddressAbroad {
  /// The sign (`HomePlace`) of the country that a lowercased address ends in, by its name, by a state
  /// and zip code of the United States or by a postcode of the United Kingdom.
  ///
  /// `HomePlace.abroad` when it names none; 0 for an address of Japan in Latin letters.
  static func home(_ text: Span<UInt8>) -> Int {
    let words = lastWords(text)
    for count in stride(from: min(3, words.count), to: 0, by: -1) {
      if let home = names[words.suffix(count).joined(separator: " ")] { return home }
    }
    if words.count >= 2 {
      let (before, last) = (words[words.count - 2], words[words.count - 1])
      if states.contains(before), isZIP(last) { return before == "ca" ? california : us }
      if isPostcode(before, last) { return britain }
    }
    return isJapanese(text) ? 0 : HomePlace.abroad
  }

  private static let us = HomePlace.sign(of: "US")
  private static let california = HomePlace.sign(of: "US-CA")
  private static let britain = HomePlace.sign(of: "GB")

  /// The last four words, without marks.
  private static func lastWords(_ text: Span<UInt8>) -> [String] {
    var words: [String] = []
    var end = text.count
    while end > 0, words.count < 4 {
      while end > 0, !isPart(text[end - 1]) { end -= 1 }
      var start = end
      while start > 0, isPart(text[start - 1]) { start -= 1 }
      guard start < end else { break }
      var word: [UInt8] = []
      for index in start..<end where text[index] != 0x2E { word.append(text[index]) }
      words.insert(String(decoding: word, as: UTF8.self), at: 0)
      end = start
    }
    return words
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte >= 0x80 || byte == 0x2D || byte == 0x2E
  }

  /// `94105`, `94105-1234`.
  private static func isZIP(_ word: String) -> Bool {
    let parts = word.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].count == 5, parts.count == 1 || parts[1].count == 4 else {
      return false
    }
    return parts.allSatisfy { $0.allSatisfy(isDigit) }
  }

  /// `sw1a 1aa`, `m1 1ae`; a Canadian `k1a 0b1` ends in a digit.
  private static func isPostcode(_ outward: String, _ inward: String) -> Bool {
    let (out, last) = (Array(outward.utf8), Array(inward.utf8))
    guard (2...4).contains(out.count), last.count == 3 else { return false }
    return isLetter(out[0]) && out.contains(where: isDigit) && isDigit(last[0])
      && isLetter(last[1]) && isLetter(last[2])
  }

  /// Words and endings of Japanese addresses in Latin letters.
  private static func isJapanese(_ text: Span<UInt8>) -> Bool {
    var whole: [UInt8] = []
    for index in text.indices { whole.append(text[index]) }
    let address = String(decoding: whole, as: UTF8.self)
    return [
      "japan", "tokyo", "osaka", "kyoto", "-ku", "-shi", "-ken", "-cho", "-machi", "-fu", "chome",
    ]
    .contains { address.contains($0) }
  }

  private static let states: Set<String> = [
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks",
    "ky",
    "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc",
    "nd",
    "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy",
    "dc",
  ]

  /// Names of countries as addresses end in them: in English, in their own language, three letters.
  private static let names = Dictionary(
    uniqueKeysWithValues: [
      "US": ["usa", "united states", "united states of america"],
      "CA": ["canada"], "MX": ["mexico", "méxico"], "BR": ["brazil", "brasil"], "AR": ["argentina"],
      "CL": ["chile"], "CO": ["colombia"], "PE": ["peru", "perú"],
      "KR": ["korea", "south korea", "republic of korea"], "CN": ["china"], "TW": ["taiwan"],
      "HK": ["hong kong"], "SG": ["singapore"], "MY": ["malaysia"], "TH": ["thailand"],
      "VN": ["vietnam", "viet nam"], "ID": ["indonesia"], "PH": ["philippines"], "IN": ["india"],
      "AU": ["australia"], "NZ": ["new zealand"],
      "GB": ["uk", "united kingdom", "england", "scotland", "wales", "great britain"],
      "IE": ["ireland"], "DE": ["germany", "deutschland"], "FR": ["france"],
      "IT": ["italy", "italia"],
      "ES": ["spain", "españa"], "PT": ["portugal"], "NL": ["netherlands", "nederland"],
      "BE": ["belgium", "belgique", "belgië"], "LU": ["luxembourg"],
      "AT": ["austria", "österreich"],
      "CH": ["switzerland", "schweiz", "suisse"], "DK": ["denmark", "danmark"],
      "SE": ["sweden", "sverige"], "NO": ["norway", "norge"], "FI": ["finland", "suomi"],
      "PL": ["poland", "polska"], "CZ": ["czech republic", "czechia"], "HU": ["hungary"],
      "RO": ["romania"], "GR": ["greece"], "RU": ["russia"], "UA": ["ukraine"], "TR": ["turkey"],
      "IL": ["israel"], "AE": ["united arab emirates"], "ZA": ["south africa"],
    ].flatMap { code, names in names.map { ($0, HomePlace.sign(of: code)) } }
  )
}
