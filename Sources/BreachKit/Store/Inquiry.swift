internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachPatterns
internal import BreachReaders
internal import BreachReports

/// A question for one person, as digests only.
struct Inquiry {
  private struct Value {
    var kinds: [AttributeKind]
    var digests: [(kind: AttributeKind, digest: UInt64)]
  }

  private var values: [Value] = []

  /// Reads the values as a scan reads a table's cells, so that they are normalised alike.
  init(
    _ key: LookupKey,
    _ texts: [String],
    _ secret: DigestKey,
    _ library: PatternLibrary,
    _ language: ReportLanguage
  ) throws(CommandError) {
    let engine: Engine
    do throws(PatternError) {
      engine = Engine(
        try DetectorSet(library),
        DetectionOptions(
          types: TypeSet(DataType.allCases),
          minConfidence: Confidence(rawValue: 30),
          wantsFindings: false,
          values: .masked,
          wantsPersons: true,
          key: secret
        )
      )
    } catch {
      throw .usage("\(error)")
    }
    for (field, text) in zip(key.fields, texts) {
      // Which of two spellings a name is in is for the detectors to say; the names of types are names
      // of columns.
      let digests = field.types.flatMap {
        Self.digests(Names.type($0).ja, text, engine, secret)
      }
      let known = digests.filter { field.kinds.contains($0.kind) }
      guard !known.isEmpty else {
        let text = Messages.lookupUnreadable(field.types[0])
        throw .usage(language == .ja ? text.ja : text.en)
      }
      values.append(Value(kinds: field.kinds, digests: known))
    }
  }

  /// The digests of a table with one cell; an id's is that of any table.
  private static func digests(
    _ header: String,
    _ text: String,
    _ engine: Engine,
    _ secret: DigestKey
  ) -> [(kind: AttributeKind, digest: UInt64)] {
    let cell = "\"" + text.replacing("\"", with: "\"\"") + "\""
    let bytes = Array("\(header),備考\n\(cell),\n".utf8)
    var found: [(kind: AttributeKind, digest: UInt64)] = []
    let setup = WorkerSetup(key: secret, delimiter: 0x2C, hasHeader: true)
    let scanner = LeafScanner(setup, engine, nil) { reply in
      guard case .identities(let chunk) = reply else { return }
      var at = 0
      while at < chunk.words.count {
        let shape = chunk.shapes[Int(chunk.words[at] & 0xFFFF_FFFF)]
        for (position, kind) in shape.kinds.enumerated() {
          let isID = kind == AttributeKind(.memberID)
          found.append(
            (
              // The kana that a name in Latin letters may stand for are looked for as kana.
              kind == .reading ? AttributeKind(.personNameKana) : kind,
              chunk.words[at + 2 + position] ^ (isID ? shape.idSpace : 0)
            )
          )
        }
        at += 2 + shape.kinds.count
      }
    }
    var report = LeafReport()
    scanner.scan(
      LeafScanner.Input(
        path: "",
        source: ReplaySource(bytes, then: EmptySource()),
        head: bytes,
        offset: 0,
        size: bytes.count,
        charset: .utf8,
        bomLength: 0,
        plan: nil
      ),
      into: &report
    )
    return found
  }

  // MARK: looking

  func answer(_ store: StoreReader) throws(CommandError) -> InquiryAnswer {
    let persons = try StorePersons(store)
    let isID = values.contains { $0.kinds.contains(AttributeKind(.memberID)) }
    let spaces = isID ? try store.idSpaces() : []
    let matches = try values.map { (value) throws(CommandError) in
      let found = try Set(records(value, store, spaces))
      guard found.allSatisfy({ $0 < persons.count }) else {
        throw store.broken("digests without records")
      }
      return found
    }
    // A value may stand in one record of a person, the other in another.
    var entities: [Int: Bool] = [:]
    let direct = matches.dropFirst().reduce(matches[0]) { $0.intersection($1) }
    for record in direct { entities[try persons.entity(of: record)] = true }
    if matches.count > 1 {
      let sets = try matches.map { (records) throws(CommandError) -> Set<Int> in
        var entities: Set<Int> = []
        for record in records { entities.insert(try persons.entity(of: record)) }
        return entities
      }
      for entity in sets.dropFirst().reduce(sets[0], { $0.intersection($1) })
      where entities[entity] == nil {
        entities[entity] = false
      }
    }
    var answer = InquiryAnswer(try store.result())
    for (entity, isDirect) in entities.sorted(by: { $0.key < $1.key }) {
      let records = try persons.records(try persons.records(ofEntity: entity))
      var proven: Set<Int> = []
      for record in records where direct.contains(record.number) {
        proven.insert(try persons.proven(of: record.number))
      }
      var items: [InquiryAnswer.Item] = []
      for record in records {
        let isSure = proven.contains(try persons.proven(of: record.number))
        for type in record.shape.types.types {
          let known = items.firstIndex { $0.type == type } ?? items.count
          if known == items.count { items.append(InquiryAnswer.Item(type)) }
          items[known].add(record, isCertain: isSure && record.shape.certain.contains(type))
        }
      }
      items.sort { $0.type.rawValue < $1.type.rawValue }
      answer.persons.append(
        InquiryAnswer.Person(
          number: try persons.person(first: entity),
          isCertain: isDirect,
          records: records.count,
          items: items
        )
      )
    }
    return answer
  }

  /// The records that hold a value.
  ///
  /// Of each kind one bucket is read and compared whole, found or not, and no loop ends early: how long
  /// it takes tells nothing.
  private func records(_ value: Value, _ store: StoreReader, _ spaces: [UInt64])
    throws(CommandError) -> [Int]
  {
    let rows = try store.prepare("SELECT digests, records FROM digests WHERE place = ?")
    var found: [Int] = []
    for wanted in value.digests {
      let isID = wanted.kind == AttributeKind(.memberID)
      for space in isID ? spaces : [0] {
        let digest = wanted.digest ^ space
        try store.bind(rows, StoreLayout.place(wanted.kind, digest, try store.bits(wanted.kind)))
        guard try store.next(rows) else { throw store.broken("digests are missing") }
        let digests: [UInt64] = try store.words(rows, 0)
        let records: [UInt32] = try store.words(rows, 1)
        guard digests.count == records.count else { throw store.broken("digests do not match") }
        for (index, other) in digests.enumerated() where other == digest {
          found.append(Int(records[index]))
        }
      }
    }
    return found
  }
}
