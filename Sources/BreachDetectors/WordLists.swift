internal import BreachBytes
package import BreachModel
package import BreachPatterns

/// The short lists that checks consult, from `dictionaries/words.yaml`.
package final class WordLists: Sendable {
  let organisationMarks: MarkSet
  let nameStopWords: ByteSet
  let latinStopWords: ByteSet
  let roleEndings: [[UInt8]]
  let samplePersons: ByteSet
  let honorifics: ByteSet
  let chineseSurnames: ByteSet
  let samplePhones: ByteSet
  /// How mobile numbers of other countries begin behind the plus, two to five digits.
  let mobileRanges: ByteSet
  let samplePostalCodes: ByteSet
  /// `YYYYMMDD`.
  let sampleDates: ByteSet
  let phoneForms: PhoneForms
  let testCards: ByteSet
  let roleMailboxes: ByteSet
  /// Top-level domains, domains that are reserved for examples, and endings of file names.
  let domainEndings: DomainEndings
  let emptyWords: ByteSet
  let counts: CountWords
  let issuers: CardIssuers
  /// Four digits each.
  let bankCodes: ByteSet
  let tokenPrefixes: [[UInt8]]
  let keyMarks: MarkSet
  /// They stand between a label and its value in a sentence.
  let verbs: ByteSet
  let genders: ByteSet
  /// Headers of columns that hold no more than a part of a date, as `VocabularyKey` writes them.
  let dateParts: [ColumnRole: ByteSet]
  /// One character each, beside the number of a chapter or a version.
  let numbering: ByteSet
  /// Answers that say no.
  let refusals: ByteSet
  /// Words for streets in addresses.
  let streets: StreetWords
  /// Words for where addresses lie.
  let homes: HomeWords
  /// In addresses of China, Taiwan and Korea: what is divided into districts, and what houses stand on.
  let districts: MarkSet
  let ways: MarkSet
  /// They tell that a delicate word is meant otherwise.
  let otherSenses: MarkSet
  /// Of delicate values.
  let terms: TermLists
  let remarkContext: RemarkContext
  /// By two letters.
  private let ibanLengths: [Int]

  package static let path = "dictionaries/words.yaml"

  package init(_ library: PatternLibrary) throws(PatternError) {
    guard let file = try library.file(at: Self.path) else {
      throw PatternError(path: Self.path, place: nil, message: "this file is missing")
    }
    let root = try PatternValue(file).mapping(keys: [
      "schema", "organisation_marks", "name_stop_words", "latin_stop_words", "role_endings",
      "sample_persons", "honorifics", "sample_phones", "mobile_ranges", "sample_postal_codes",
      "sample_dates",
      "test_cards", "role_mailboxes", "reserved_domains", "file_suffixes", "empty_words",
      "counters", "abouts",
      "iban_lengths", "card_issuers", "bank_codes", "token_prefixes", "key_marks", "masked_words",
      "genders", "refusals", "other_senses", "terms", "remarks", "streets", "country_names",
      "us_states", "japanese_places", "verbs", "date_parts",
      "districts", "ways", "chinese_surnames", "numbering", "phone_forms",
    ])
    func words(_ key: String) throws(PatternError) -> [[UInt8]] {
      var list: [[UInt8]] = []
      for text in try root.strings(key) { list.append(Array(text.utf8)) }
      return list
    }
    organisationMarks = MarkSet(try words("organisation_marks"))
    nameStopWords = ByteSet(try words("name_stop_words"))
    latinStopWords = ByteSet(try words("latin_stop_words"))
    roleEndings = try words("role_endings")
    samplePersons = ByteSet(try words("sample_persons"))
    honorifics = ByteSet(try words("honorifics"))
    chineseSurnames = ByteSet(try words("chinese_surnames"))
    samplePhones = ByteSet(try words("sample_phones"))
    mobileRanges = ByteSet(try words("mobile_ranges"))
    samplePostalCodes = ByteSet(try words("sample_postal_codes"))
    sampleDates = ByteSet(try words("sample_dates"))
    phoneForms = try PhoneForms(try root.list("phone_forms"))
    testCards = ByteSet(try words("test_cards"))
    roleMailboxes = ByteSet(try words("role_mailboxes"))
    domainEndings = DomainEndings([
      (TopLevelDomains.labels, .topLevel), (try words("reserved_domains"), .reserved),
      (try words("file_suffixes"), .file),
    ])
    emptyWords = ByteSet(try words("empty_words") + words("masked_words"))
    counts = CountWords(counters: try words("counters"), abouts: try words("abouts"))
    issuers = try CardIssuers(try root.list("card_issuers"))
    bankCodes = ByteSet(try words("bank_codes"))
    tokenPrefixes = try words("token_prefixes")
    keyMarks = MarkSet(try words("key_marks"))
    verbs = ByteSet(try words("verbs"))
    genders = ByteSet(try words("genders"))
    let parts = try root.required("date_parts").mapping(keys: ["year", "month", "day"])
    var dateParts: [ColumnRole: ByteSet] = [:]
    for (name, role) in [("year", ColumnRole.year), ("month", .month), ("day", .day)] {
      dateParts[role] = ByteSet(try parts.strings(name).map { VocabularyKey.of($0.utf8) })
    }
    self.dateParts = dateParts
    numbering = ByteSet(try words("numbering"))
    refusals = ByteSet(try words("refusals"))
    streets = StreetWords(try root.strings("streets"))
    homes = HomeWords(
      countries: try words("country_names"),
      states: try words("us_states"),
      japanese: try words("japanese_places")
    )
    districts = MarkSet(try words("districts"))
    ways = MarkSet(try words("ways"))
    otherSenses = MarkSet(try words("other_senses"))
    terms = try TermLists(try root.required("terms"))
    remarkContext = try RemarkContext(try root.required("remarks"))
    var lengths = [Int](repeating: 0, count: 26 * 26)
    for item in try root.list("iban_lengths") {
      let text = Array(try item.text().utf8)
      guard text.count == 4, (0x41...0x5A).contains(text[0]), (0x41...0x5A).contains(text[1]),
        isDigit(text[2]), isDigit(text[3])
      else { throw item.error("two letters and the length of an IBAN, as in DE22") }
      lengths[Int(text[0] - 0x41) * 26 + Int(text[1] - 0x41)] =
        Int(text[2] - 0x30) * 10 + Int(text[3] - 0x30)
    }
    ibanLengths = lengths
  }

  /// The length of a country's IBAN, by its letters in upper case; nil when it has none.
  func ibanLength(_ first: UInt8, _ second: UInt8) -> Int? {
    let length = ibanLengths[Int(first - 0x41) * 26 + Int(second - 0x41)]
    return length == 0 ? nil : length
  }

  /// A mark of organisations stands anywhere in the value.
  func isOrganisation(_ value: Span<UInt8>) -> Bool { organisationMarks.occurs(in: value) }

  /// The value says that there is nothing to say, that it was taken out, or how many there are of
  /// what its label names; letters in any case.
  func isEmptyWord(_ value: Span<UInt8>) -> Bool {
    Self.holds(emptyWords, value) || Self.isFiller(value) || counts.isCount(value)
  }

  /// What stands for an id where none is referred to: 0, -1, NULL, a UUID of zeros.
  func isNoID(_ value: Span<UInt8>) -> Bool {
    // Nearly all ids are numbers that do not begin like that.
    if value.isEmpty || (0x31...0x39).contains(value[0]) { return value.isEmpty }
    return Self.isZeroID(value) || isEmptyWord(value)
  }

  /// 0, -1, a UUID of zeros.
  static func isZeroID(_ value: Span<UInt8>) -> Bool {
    if value.count == 2, value[0] == 0x2D, value[1] == 0x31 { return true }
    for index in value.indices where value[index] != 0x30 && value[index] != 0x2D { return false }
    return true
  }

  /// One mark three times or more, as rulers and masks have it: dashes, stars, crosses, dots.
  private static func isFiller(_ value: Span<UInt8>) -> Bool {
    guard value.count > 2 else { return false }
    if isMaskedNumber(value) { return true }
    var width = 1
    switch value[0] {
    // . - _ = ~ * # x X
    case 0x2D, 0x2E, 0x3D, 0x5F, 0x7E, 0x2A, 0x23, 0x78, 0x58: break
    // • ● ○ ■ □, and ×
    case 0xE2: width = 3
    case 0xC3: width = 2
    default: return false
    }
    guard value.count >= 3 * width, isMark(value, width) else { return false }
    for index in width..<value.count where value[index] != value[index - width] { return false }
    return true
  }

  /// Three stars or low lines, and behind them no more than groups of up to four digits between
  /// such marks: what is left of a number whose other digits were taken out.
  private static func isMaskedNumber(_ value: Span<UInt8>) -> Bool {
    let mark = value[0]
    guard mark == 0x2A || mark == 0x5F, value[1] == mark, value[2] == mark else { return false }
    var digits = 0
    for index in 3..<value.count {
      if value[index] == mark {
        digits = 0
      } else if isDigit(value[index]), digits < 4 {
        digits += 1
      } else {
        return false
      }
    }
    return true
  }

  /// The first character, of `width` bytes, is one that masks are made of.
  private static func isMark(_ value: Span<UInt8>, _ width: Int) -> Bool {
    switch width {
    case 2: value[1] == 0x97
    case 3:
      switch (value[0], value[1], value[2]) {
      case (0xE2, 0x80, 0xA2), (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0x8B), (0xE2, 0x96, 0xA0),
        (0xE2, 0x96, 0xA1):
        true
      default: false
      }
    default: true
    }
  }

  /// The value is a word for a sex or gender.
  func isGender(_ value: Span<UInt8>) -> Bool { Self.holds(genders, value) }

  /// The value says no.
  func isRefusal(_ value: Span<UInt8>) -> Bool { Self.holds(refusals, value) }

  private static func holds(_ words: ByteSet, _ value: Span<UInt8>) -> Bool {
    guard value.count <= 32, words.hasWord(ofLength: value.count) else { return false }
    var lower = [32 of UInt8](repeating: 0)
    for index in value.indices { lower[index] = lowercased(value[index]) }
    return words.contains(lower.span, 0..<value.count)
  }
}

/// What the values of delicate columns speak of, a set of marks for each check that asks.
struct TermLists: Sendable {
  private static let checks: [CheckName] = [
    .medicalHistory, .medicalCare, .healthCheck, .disability, .creed, .race, .socialStatus,
    .crimeRecord, .criminalProcedure, .juvenile, .crimeVictim, .union, .origin, .sexualLife,
    .delicate,
  ]

  private var sets: [MarkSet] = []

  init(_ value: PatternValue) throws(PatternError) {
    let fields = try value.mapping(keys: Self.checks.map(\.rawValue))
    for check in Self.checks {
      var marks: [[UInt8]] = []
      for word in try fields.strings(check.rawValue) {
        marks += Self.spellings(of: word)
      }
      sets.append(MarkSet(marks))
    }
  }

  /// A word as it stands, and where it begins with a small letter of ASCII, capitalised and in capitals.
  static func spellings(of word: String) -> [[UInt8]] {
    let bytes = Array(word.utf8)
    guard let first = bytes.first, (0x61...0x7A).contains(first) else { return [bytes] }
    return [
      bytes, [first & 0xDF] + bytes.dropFirst(),
      bytes.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 },
    ]
  }

  /// The marks of a check; nil for one that has none.
  subscript(check: CheckName) -> MarkSet? {
    Self.checks.firstIndex(of: check).map { sets[$0] }
  }
}
