internal import BreachBytes
package import BreachModel
package import BreachPatterns

/// What a header, key or label means.
package struct Meaning: Sendable, Hashable {
  package var type: DataType?
  /// The number of the detector whose own word this is.
  package var detector: UInt16?
  package var role: ColumnRole = .whole
  package var group: FieldGroup = .main
  package var isNegative = false
  /// Says when something of the record was; its numbers are not personal.
  package var isDated = false
  /// A word with other meanings, too (name, customer): the values have to look like it.
  package var isAmbiguous = false
  /// Says nothing of the content (備考, memo): the values may tell.
  package var isFree = false
}

/// What the names of tables say of their keys.
package struct TableWords: Sendable {
  /// Stems of tables that hold more of one person.
  package var owned: Set<String> = []
  /// What programs put before the names of all their tables.
  package var prefixes: [String] = []
  /// By stem: the kind of person whose rows a table of this name holds.
  package var subjects: [String: String] = [:]
  /// What stands behind such a word in the name of a column of keys, the longest first.
  package var numbers: [String] = []
  /// What says nothing in the name of a file, the longest first.
  package var general: [String] = []

  /// The last word of a name that says something, in lower case: `customer` of `Customer-List_2024`; nil
  /// without one.
  package func lastWord(of name: some StringProtocol) -> String? {
    name.lowercased().split { !$0.isLetter }.map(String.init).last { !general.contains($0) }
  }
}

/// The words that name columns, keys and labels, from `fields/`.
package struct Vocabulary: Sendable {
  private var keys = ByteSet([])
  /// By the number of their key.
  private var meanings: [Meaning] = []
  /// Prefixes by their first byte, the longest first.
  private var prefixes = [[Prefix]](repeating: [], count: 256)
  /// Words that may stand behind any other, and say nothing, by their last byte: _text, 欄.
  private var suffixes = [[[UInt8]]](repeating: [], count: 256)
  /// Words of classes of persons.
  private var classes = ClassWords()
  /// Words of what persons of a class have or do, which tables and files list.
  private var listings = ClassWords()
  /// Keys of objects that are no persons.
  private var objects = ByteSet([])
  /// Keys of objects that say how many there are of each of their keys.
  private var counts = ByteSet([])
  /// What of one person tables of their own hold, and what may stand before the names of all tables
  /// of a program.
  package private(set) var tableWords = TableWords()
  /// Words of the headers of tables that list things, as keys.
  private var things: [[UInt8]] = []
  /// Who made things, or appears in them, as keys.
  private var makers: Set<[UInt8]> = []
  /// Words that are the value of a gender, in lower case.
  private(set) var genders: Set<[UInt8]> = []
  /// Labels in Japanese script, where free text announces a value, and the numbers of their keys.
  private var scripted: [(label: [UInt8], number: Int)] = []
  /// The words that announce a value when ':' or '=' stands behind them.
  private(set) var markedLabels: [[UInt8]] = []
  /// The letters that end some of them, a bit each.
  private var lastLetters: UInt32 = 0

  /// The words of the detectors come first: a column called `cpf` holds just that.
  package init(_ library: PatternLibrary, _ detectors: [Detector] = []) throws(PatternError) {
    var draft = Draft()
    for (number, detector) in detectors.enumerated() {
      var meaning = Meaning(type: detector.type, detector: UInt16(number))
      for header in detector.headers { add(header, meaning, &draft) }
      meaning.isAmbiguous = true
      for header in detector.ambiguous {
        draft.add(header, meaning)
        announce(header)
      }
    }
    for file in try library.files(under: "fields/") { try read(file, &draft) }
    keys = draft.keys
    meanings = draft.meanings
    objects = ByteSet(draft.objects)
    counts = ByteSet(draft.counts)
    for first in prefixes.indices { prefixes[first].sort { $0.word.count > $1.word.count } }
    for last in suffixes.indices { suffixes[last].sort { $0.count > $1.count } }
    for number in meanings.indices { setGroup(of: number) }
    announceWide()
  }

  /// A word before others that says whose data a column holds.
  private struct Prefix {
    var word: [UInt8]
    var group: FieldGroup
  }

  /// 請求先住所 stands in the list of addresses, and is the billed person's all the same.
  private mutating func setGroup(of number: Int) {
    guard let type = meanings[number].type, type.isPersonal, type != .employer,
      meanings[number].group == .main
    else { return }
    let key = keys.place(of: number)
    for prefix in prefixes[Int(keys.bytes[key.lowerBound])]
    where begins(keys.bytes.span, key.lowerBound, key.upperBound, prefix.word) {
      if prefix.group != .main { meanings[number].group = prefix.group }
      return
    }
  }

  /// What the files gave so far; the first meaning of a word stands.
  private struct Draft: ~Copyable {
    /// Room for far more words than there are.
    var keys = ByteSet(capacity: 20_000)
    var meanings: [Meaning] = []
    var objects: [[UInt8]] = []
    var counts: [[UInt8]] = []
    private var key = VocabularyKey()

    /// Adds a word, and gives the number of its key; nil where nothing of it is left.
    @discardableResult
    mutating func add(_ header: String, _ meaning: Meaning) -> Int? {
      key.load(header)
      if key.bytes.isEmpty { return nil }
      if let known = keys.number(key.bytes.span, 0..<key.bytes.count) { return known }
      keys.insert(new: key.bytes)
      meanings.append(meaning)
      return meanings.count - 1
    }

    mutating func key(of word: String) -> [UInt8] {
      key.load(word)
      return key.bytes
    }
  }

  private mutating func read(_ file: PatternFile, _ draft: inout Draft) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "fields", "free", "neutral", "dates", "negative", "objects", "counts", "groups",
      "suffixes", "classes", "listings", "genders", "makers", "tables", "things",
    ])
    if let tables = try root.optional("tables")?.mapping(keys: [
      "subjects", "numbers", "general", "owned", "prefixes",
    ]) {
      tableWords.owned.formUnion(try tables.strings("owned"))
      tableWords.prefixes += try tables.strings("prefixes")
      for group in try tables.list("subjects") {
        let words = try group.texts()
        guard let first = words.first else { throw group.error("a group has no word") }
        for word in words { tableWords.subjects[word] = first }
      }
      tableWords.numbers += try tables.strings("numbers")
      tableWords.numbers.sort { ($1.count, $0) < ($0.count, $1) }
      tableWords.general += try tables.strings("general")
      tableWords.general.sort { ($1.count, $0) < ($0.count, $1) }
    }
    for word in try root.strings("things") { things.append(draft.key(of: word)) }
    for word in try root.strings("makers") { makers.insert(draft.key(of: word)) }
    for word in try root.strings("genders") { genders.insert(word.utf8.map(lowercased)) }
    for word in try root.strings("suffixes") {
      let word = draft.key(of: word)
      if let last = word.last { suffixes[Int(last)].append(word) }
    }
    for item in try root.list("fields") { try readField(item, &draft) }
    for header in try root.strings("free") { draft.add(header, Meaning(type: nil, isFree: true)) }
    for header in try root.strings("neutral") { draft.add(header, Meaning(type: nil)) }
    for header in try root.strings("dates") {
      draft.add(header, Meaning(type: nil, isNegative: true, isDated: true))
    }
    for header in try root.strings("negative") {
      draft.add(header, Meaning(type: nil, isNegative: true))
    }
    for word in try root.strings("objects") { draft.objects.append(draft.key(of: word)) }
    for word in try root.strings("counts") { draft.counts.append(draft.key(of: word)) }
    if let groups = try root.optional("groups")?.anyMapping() {
      for entry in groups.entries {
        let place = PatternValue(entry.value, in: file.path)
        guard let group = Self.groupNames[entry.key] else {
          throw place.error("no group is called '\(entry.key)'")
        }
        for word in try place.texts() {
          let word = draft.key(of: word)
          guard let first = word.first else { continue }
          prefixes[Int(first)].append(Prefix(word: word, group: group))
        }
      }
    }
    try Self.read(root.optional("classes"), file, &classes)
    try Self.read(root.optional("listings"), file, &listings)
  }

  private static func read(
    _ names: PatternValue?,
    _ file: PatternFile,
    _ words: inout ClassWords
  ) throws(PatternError) {
    for entry in try names?.anyMapping().entries ?? [] {
      for word in try PatternValue(entry.value, in: file.path).texts() {
        words.add(word, name: entry.key)
      }
    }
  }

  private mutating func readField(_ item: PatternValue, _ draft: inout Draft) throws(PatternError) {
    let field = try item.mapping(keys: ["id", "type", "role", "group", "headers", "ambiguous"])
    var meaning = Meaning(type: try field.required("type").dataType())
    meaning.role = try Self.role(field.optional("role"))
    meaning.group = try Self.group(field.optional("group"))
    for header in try field.strings("headers") { add(header, meaning, &draft) }
    meaning.isAmbiguous = true
    for header in try field.strings("ambiguous") {
      draft.add(header, meaning)
      announce(header)
    }
  }

  /// Notes a word as it may stand before a mark, and gives its bytes.
  @discardableResult
  private mutating func announce(_ header: String) -> [UInt8] {
    let bytes = Array(header.utf8)
    guard let first = bytes.first, let last = bytes.last else { return bytes }
    markedLabels.append(bytes)
    // ФИО: capitals of other scripts end in other bytes; those with capitals begin with two.
    if (0xC3..<0xE0).contains(first) { markedLabels.append(Array(header.uppercased().utf8)) }
    if isLetter(last) { lastLetters |= 1 << UInt32(last & 31) }
    return bytes
  }

  /// The same words in wide letters, of which the last one tells.
  private mutating func announceWide() {
    for letter in UInt8(0x41)...0x5A where lastLetters >> UInt32(letter & 31) & 1 == 1 {
      for letter in [letter, letter | 0x20] {
        var wide: [UInt8] = []
        appendUTF8(0xFEE0 + UInt32(letter), to: &wide)
        markedLabels.append(wide)
      }
    }
  }

  /// A word that means one thing is a label in free text, too, if it begins with a character of
  /// three bytes.
  private mutating func add(_ header: String, _ meaning: Meaning, _ draft: inout Draft) {
    let number = draft.add(header, meaning)
    let bytes = announce(header)
    guard let number, (0xE0...0xEF).contains(bytes[0]), bytes.count > 3 || header == "〒" else {
      return
    }
    scripted.append((bytes, number))
  }

  private static let groupNames: [String: FieldGroup] = [
    "main": .main, "delivery": .delivery, "billing": .billing, "family": .family,
    "emergency": .emergency, "representative": .representative, "employer": .employer,
  ]

  private static func group(_ value: PatternValue?) throws(PatternError) -> FieldGroup {
    guard let value else { return .main }
    return groupNames[try value.choice(groupNames.keys.sorted())] ?? .main
  }

  private static func role(_ value: PatternValue?) throws(PatternError) -> ColumnRole {
    guard let value else { return .whole }
    switch try value.choice(["whole", "family", "given", "addressPart", "year", "month", "day"]) {
    case "family": return .family
    case "given": return .given
    case "addressPart": return .addressPart
    case "year": return .year
    case "month": return .month
    case "day": return .day
    default: return .whole
    }
  }

  // MARK: looking up

  /// Labels in Japanese script with what they say: where free text announces a value.
  var labels: [(label: [UInt8], meaning: Meaning)] {
    scripted.map { ($0.label, meanings[$0.number]) }
  }

  /// What a header says; nil when its words are not known.
  package func meaning(of header: some Sequence<UInt8>) -> Meaning? {
    var header = Array(header)
    // Fields that users of Salesforce add: SSN__c
    if header.count > 5, header.suffix(3) == [0x5F, 0x5F, 0x63] { header.removeLast(3) }
    let key = VocabularyKey(header)
    if let meaning = meaning(of: key) { return meaning }
    // address1_city, E-mail 1 - Value
    let plain = key.bytes.filter { !isDigit($0) }
    guard plain.count < key.bytes.count, plain.count + 2 >= key.bytes.count else { return nil }
    return lookUp(plain.span, 0..<plain.count)
  }

  /// The same of a key made before.
  func meaning(of key: borrowing VocabularyKey) -> Meaning? {
    if let meaning = lookUp(key.bytes.span, 0..<key.bytes.count) { return meaning }
    return key.bracket.flatMap { lookUp(key.bytes.span, 0..<$0) }
  }

  /// The same of a short one.
  func meaning(of key: borrowing ShortKey) -> Meaning? {
    let bytes = key.bytes.span
    if let meaning = lookUp(bytes, 0..<key.count) { return meaning }
    return key.bracket.flatMap { lookUp(bytes, 0..<$0) }
  }

  /// The same of a part of a key.
  func meaning(of key: borrowing VocabularyKey, _ range: Range<Int>) -> Meaning? {
    lookUp(key.bytes.span, range)
  }

  /// The whole key, the key without digits or a suffix behind it, then the key without the prefix of
  /// a group, of which two may stand there: emergency_contact_phone.
  private func lookUp(_ key: Span<UInt8>, _ range: Range<Int>, depth: Int = 0) -> Meaning? {
    guard !range.isEmpty, range.count <= 120 else { return nil }
    if let meaning = exact(key, range) { return meaning }
    var end = range.upperBound
    while end > range.lowerBound, isDigit(key[end - 1]) { end -= 1 }
    guard end > range.lowerBound, range.upperBound - end <= 3 else { return nil }
    if end < range.upperBound, end - range.lowerBound >= 2,
      let meaning = exact(key, range.lowerBound..<end)
    {
      // customer_address1 is a part of an address, as address1 is, though customer_address is a whole.
      return numbered(key, range, end) ?? meaning
    }
    for suffix in suffixes[Int(key[end - 1])] where ends(key, range.lowerBound, end, suffix) {
      return lookUp(key, range.lowerBound..<end - suffix.count, depth: depth)
    }
    guard depth < 2 else { return nil }
    for prefix in prefixes[Int(key[range.lowerBound])]
    where begins(key, range.lowerBound, end, prefix.word) {
      var start = range.lowerBound + prefix.word.count
      // の
      if end - start > 3, key[start] == 0xE3, key[start + 1] == 0x81, key[start + 2] == 0xAE {
        start += 3
      }
      guard end - start >= 3,
        var meaning = lookUp(key, start..<range.upperBound, depth: depth + 1)
      else { continue }
      if prefix.group != .main, meaning.group == .main { meaning.group = prefix.group }
      // 顧客名, customer_name: whose name it is leaves no doubt.
      if meaning.type == .personName { meaning.isAmbiguous = false }
      return meaning
    }
    return nil
  }

  /// The meaning of a key that is known with its digits once the prefix of a group is taken away.
  private func numbered(_ key: Span<UInt8>, _ range: Range<Int>, _ end: Int) -> Meaning? {
    for prefix in prefixes[Int(key[range.lowerBound])]
    where begins(key, range.lowerBound, end, prefix.word) {
      let start = range.lowerBound + prefix.word.count
      guard var meaning = exact(key, start..<range.upperBound) else { continue }
      if prefix.group != .main, meaning.group == .main { meaning.group = prefix.group }
      return meaning
    }
    return nil
  }

  private func exact(_ key: Span<UInt8>, _ range: Range<Int>) -> Meaning? {
    keys.number(key, range).map { meanings[$0] }
  }

  private func begins(_ key: Span<UInt8>, _ start: Int, _ end: Int, _ word: [UInt8]) -> Bool {
    guard end - start > word.count, key[start] == word[0] else { return false }
    for offset in 1..<word.count where key[start + offset] != word[offset] { return false }
    return true
  }

  private func ends(_ key: Span<UInt8>, _ start: Int, _ end: Int, _ word: [UInt8]) -> Bool {
    guard end - start >= word.count + 2 else { return false }
    let first = end - word.count
    for offset in 0..<word.count where key[first + offset] != word[offset] { return false }
    return true
  }

  /// What a key path says: its last key, in the light of the keys around it.
  ///
  /// The name of a product, a file or a shop is nobody's, whatever the key is called.
  package func meaning(ofPath path: String) -> Meaning? {
    var keys = path.utf8.split(separator: 0x2E).map { key in
      Array(key.filter { $0 != 0x5B && $0 != 0x5D })
    }
    // {"birthday": {"$date": …}}: how the value is written.
    while keys.count > 1, keys.last?.first == 0x24 { keys.removeLast() }
    guard let last = keys.popLast() else { return nil }
    let own = meaning(of: last)
    guard let around = keys.last(where: { !$0.isEmpty }) else { return own }
    let joined = Self.singulars(of: around).lazy
      .compactMap { meaning(of: $0 + [0x5F] + last) }.first
    let isName = own?.type == .personName || own?.type == .personNameKana
    if isName, joined?.type != .companyName, isObject(around) {
      return Meaning(type: nil, isNegative: true)
    }
    // user.name is a name; `user_name` in one word would be a login.
    if isName, let joined, joined.type == .loginID, var own {
      own.isAmbiguous = false
      return own
    }
    return joined ?? own
  }

  /// A key before the last one is of an object that may count what its keys name.
  ///
  /// Its numbers do, its texts do not. Those of lists, `findings[]`, are of none.
  package func mayCount(_ path: String) -> Bool {
    path.utf8.split(separator: 0x2E).dropLast().contains { key in
      key.last != 0x5D && counts.contains(VocabularyKey.of(Array(key)).span)
    }
  }

  /// The key itself, and what it may be the plural of: addresses, address.
  private static func singulars(of key: [UInt8]) -> [[UInt8]] {
    guard key.last.map(lowercased) == 0x73 else { return [key] }
    return [key, key.dropLast(), key.dropLast(2)].map { Array($0) }
  }

  /// The key of a thing: product, products, 商品, files.
  private func isObject(_ key: [UInt8]) -> Bool {
    var key = VocabularyKey.of(key)
    if objects.contains(key.span) { return true }
    guard key.last == 0x73 else { return false }
    key.removeLast()
    return objects.contains(key.span)
  }

  /// The word for who made things, or appears in them: author, 監督; also several of them.
  func isMaker(_ word: some Sequence<UInt8>) -> Bool {
    var key = VocabularyKey.of(word)
    if makers.contains(key) { return true }
    guard key.last == 0x73 else { return false }
    key.removeLast()
    return makers.contains(key)
  }

  /// The header is one of a table that lists things: Lineitem sku, 商品コード.
  func namesThing(_ header: some Sequence<UInt8>) -> Bool {
    let key = VocabularyKey.of(header)
    return things.contains { word in
      key.count >= word.count
        && (0...key.count - word.count).contains { key[$0..<$0 + word.count].elementsEqual(word) }
    }
  }

  /// customer, employee, … when a header or the name of a table or a file tells; else empty.
  func personClass(of name: String) -> String { classes.find(in: name, isEnd: isEnd) }

  /// The same by what a table or a file of this name lists: orders, payslips.
  func listedClass(of name: String) -> String { listings.find(in: name, isEnd: isEnd) }

  /// The header is that of a column of numbers: 会員番号, order_no.
  func endsInNumber(_ header: String) -> Bool {
    guard let last = ClassWords.words(of: header).last else { return false }
    let word = String(decoding: last, as: UTF8.self)
    return tableWords.numbers.contains { word.hasSuffix($0) }
  }

  /// What may follow a word in a run of letters: name, list, id.
  private func isEnd(_ rest: [UInt8]) -> Bool {
    let word = String(decoding: rest, as: UTF8.self)
    return tableWords.numbers.contains(word) || tableWords.general.contains(word)
      || meaning(of: rest) != nil
  }
}
