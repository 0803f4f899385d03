internal import BreachBytes
package import BreachModel
package import BreachPatterns

/// The short lists that checks consult, from `dictionaries/words.yaml`.
package final class WordLists: Sendable {
  let organisationMarks: MarkSet
  let nameStopWords: ByteSet
  let latinStopWords: ByteSet
  let samplePersons: ByteSet
  let honorifics: ByteSet
  let samplePhones: ByteSet
  let samplePostalCodes: ByteSet
  /// `YYYYMMDD`.
  let sampleDates: ByteSet
  let testCards: ByteSet
  let roleMailboxes: ByteSet
  /// Top-level domains, domains that are reserved for examples, and endings of file names.
  let domainEndings: DomainEndings
  let emptyWords: ByteSet
  /// Of payment cards, beside the lists.
  let issuers = CardIssuers()

  package static let path = "dictionaries/words.yaml"

  package init(_ library: PatternLibrary) throws(PatternError) {
    guard let file = try library.file(at: Self.path) else {
      throw PatternError(path: Self.path, place: nil, message: "this file is missing")
    }
    let root = try PatternValue(file).mapping(keys: [
      "schema", "organisation_marks", "name_stop_words", "latin_stop_words", "sample_persons",
      "honorifics", "sample_phones", "sample_postal_codes", "sample_dates", "test_cards",
      "role_mailboxes", "reserved_domains", "file_suffixes", "empty_words",
    ])
    func words(_ key: String) throws(PatternError) -> [[UInt8]] {
      var list: [[UInt8]] = []
      for text in try root.strings(key) { list.append(Array(text.utf8)) }
      return list
    }
    organisationMarks = MarkSet(try words("organisation_marks"))
    nameStopWords = ByteSet(try words("name_stop_words"))
    latinStopWords = ByteSet(try words("latin_stop_words"))
    samplePersons = ByteSet(try words("sample_persons"))
    honorifics = ByteSet(try words("honorifics"))
    samplePhones = ByteSet(try words("sample_phones"))
    samplePostalCodes = ByteSet(try words("sample_postal_codes"))
    sampleDates = ByteSet(try words("sample_dates"))
    testCards = ByteSet(try words("test_cards"))
    roleMailboxes = ByteSet(try words("role_mailboxes"))
    domainEndings = DomainEndings([
      (TopLevelDomains.labels, .topLevel), (try words("reserved_domains"), .reserved),
      (try words("file_suffixes"), .file),
    ])
    emptyWords = ByteSet(try words("empty_words"))
  }

  /// A mark of organisations stands anywhere in the value.
  func isOrganisation(_ value: Span<UInt8>) -> Bool { organisationMarks.occurs(in: value) }

  /// The value says that there is nothing to say; letters in any case.
  func isEmptyWord(_ value: Span<UInt8>) -> Bool {
    guard value.count <= 32, emptyWords.hasWord(ofLength: value.count) else { return false }
    var lower = [32 of UInt8](repeating: 0)
    for index in value.indices { lower[index] = lowercased(value[index]) }
    return emptyWords.contains(lower.span, 0..<value.count)
  }
}
