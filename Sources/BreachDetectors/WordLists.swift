package import BreachModel
package import BreachPatterns

/// The short lists that checks consult, from `dictionaries/words.yaml`.
package struct WordLists: Sendable {
  let organisationMarks: [[UInt8]]
  let nameStopWords: Set<[UInt8]>
  let latinStopWords: Set<[UInt8]>
  let samplePersons: Set<[UInt8]>
  let honorifics: Set<UInt32>
  let samplePhones: Set<[UInt8]>
  let testCards: Set<[UInt8]>
  let roleMailboxes: Set<[UInt8]>
  let reservedDomains: [[UInt8]]
  let fileSuffixes: Set<[UInt8]>
  let emptyWords: Set<[UInt8]>

  package static let path = "dictionaries/words.yaml"

  package init(_ library: PatternLibrary) throws(PatternError) {
    guard let file = try library.file(at: Self.path) else {
      throw PatternError(path: Self.path, place: nil, message: "this file is missing")
    }
    let root = try PatternValue(file).mapping(keys: [
      "schema", "organisation_marks", "name_stop_words", "latin_stop_words", "sample_persons",
      "honorifics", "sample_phones", "test_cards", "role_mailboxes", "reserved_domains",
      "file_suffixes", "empty_words",
    ])
    func words(_ key: String) throws(PatternError) -> [[UInt8]] {
      var list: [[UInt8]] = []
      for text in try root.strings(key) { list.append(Array(text.utf8)) }
      return list
    }
    organisationMarks = try words("organisation_marks")
    nameStopWords = Set(try words("name_stop_words"))
    latinStopWords = Set(try words("latin_stop_words"))
    samplePersons = Set(try words("sample_persons"))
    var honorifics: Set<UInt32> = []
    for text in try root.strings("honorifics") {
      if let scalar = text.unicodeScalars.first { honorifics.insert(scalar.value) }
    }
    self.honorifics = honorifics
    samplePhones = Set(try words("sample_phones"))
    testCards = Set(try words("test_cards"))
    roleMailboxes = Set(try words("role_mailboxes"))
    reservedDomains = try words("reserved_domains")
    fileSuffixes = Set(try words("file_suffixes"))
    emptyWords = Set(try words("empty_words"))
  }

  func isStopWord(_ value: [UInt8]) -> Bool { nameStopWords.contains(value) }

  func isSamplePerson(_ name: [UInt8]) -> Bool { samplePersons.contains(name) }

  /// A mark of organisations stands anywhere in the value.
  func isOrganisation(_ value: [UInt8]) -> Bool {
    for mark in organisationMarks where mark.count <= value.count {
      for start in 0...(value.count - mark.count) where value[start] == mark[0] {
        var same = true
        for offset in 1..<mark.count where value[start + offset] != mark[offset] {
          same = false
          break
        }
        if same { return true }
      }
    }
    return false
  }

  /// The value says that there is nothing to say.
  func isEmptyWord(_ value: [UInt8]) -> Bool {
    emptyWords.contains(value.map(EmailCheck.lower))
  }
}
