internal import BreachBytes
internal import BreachModel
internal import BreachPatterns
internal import BreachPersons

/// Two stores whose records were linked as one: of each person it is known which records are whose.
struct Comparison {
  /// Records of the first store have the lower numbers, those of the second follow.
  let first: StorePersons
  let second: StorePersons
  let index: PersonIndex
  /// Where columns lie.
  let room: ColumnRoom

  /// Links the records of both by the rules in force and by what people decided; where the two stores
  /// decided otherwise of two records, the second has the last word.
  init(_ first: StoreReader, _ second: StoreReader, _ linker: Linker) throws(CommandError) {
    try second.requireSameKey(as: first)
    let kept = linker.request.blobStore
    let readings = [try first.evidence(kept), try second.evidence(kept)]
    let last = try second.decisions()
    let pairs = Set(last.map { Set([$0.first, $0.second]) })
    let decisions = try first.decisions().filter { !pairs.contains([$0.first, $0.second]) } + last
    self.first = try StorePersons(first)
    self.second = try StorePersons(second)
    room = linker.request.columnRoom
    index = try linker.index(readings, kept, decisions, room)
    guard index.count == self.first.count + self.second.count else {
      throw second.broken("records are missing")
    }
  }

  /// Calls `body` with each record of both and its number among those of both.
  func forEach(_ body: (_ number: Int, _ isSecond: Bool, _ record: StoredRecord) -> Void)
    throws(CommandError)
  {
    try first.forEach { body($0.number, false, $0) }
    try second.forEach { body(first.count + $0.number, true, $0) }
  }

  /// Calls `body` with each person of each store, by the number of the first record among those of both.
  func forEachPerson(_ body: (_ number: Int, _ isSecond: Bool, _ first: Int) -> Void)
    throws(CommandError)
  {
    try first.forEachPerson { body($0, false, $1) }
    try second.forEachPerson { body($0, true, first.count + $1) }
  }

  /// All records of the entity that begins with a record, in order.
  func records(ofEntity first: Int) -> [Int] {
    var records = [first]
    var at = Int(index.next[first])
    while at != 0 {
      records.append(at)
      at = Int(index.next[at])
    }
    return records
  }

  /// Records of both by their numbers among those of both, in rising order; with these numbers.
  func records(_ numbers: [Int]) throws(CommandError) -> [(number: Int, record: StoredRecord)] {
    let middle = numbers.firstIndex { $0 >= first.count } ?? numbers.count
    let left = try first.records(Array(numbers[..<middle]))
    let right = try second.records(numbers[middle...].map { $0 - first.count })
    return left.map { ($0.number, $0) } + right.map { (first.count + $0.number, $0) }
  }
}

extension Linker {
  /// Who is who among the records of several readings, one behind the other.
  fileprivate func index(
    _ readings: [Reading],
    _ kept: BlobStore,
    _ decisions: [StoredDecision],
    _ room: ColumnRoom
  ) throws(CommandError) -> PersonIndex {
    OwnProcess.forbidCoreFiles()
    do {
      let leaves = readings.flatMap(\.leaves)
      var places = RecordNumbers()
      var (order, leafOfChunk): ([Int], [Int]) = ([], [])
      for (number, leaf) in leaves.enumerated() {
        places.add(leaf, kept)
        let own = leaf.entries.flatMap(\.identities)
        order += own
        leafOfChunk += own.map { _ in number }
      }
      let identities = OrderedIdentities(
        store: kept,
        order: order,
        leaves: leafOfChunk,
        room: room,
        progress: showsProgress ? { console.show(ScanProgress(linked: $0)) } : nil
      )
      if let failure = kept.failure { throw failure }
      var counter = PersonCounter(identities, try LinkRules(patterns))
      counter.wantsIndex = true
      counter.keyColumns = leaves.flatMap(\.keyColumns)
      counter.decisions = try places.agreed(decisions)
      let index = try counter.run().index
      if showsProgress { Console.clearProgress() }
      guard let index else { throw CommandError.usage("nobody was linked") }
      return index
    } catch let error as CommandError {
      throw error
    } catch let error as SystemError {
      throw .usage(
        "the records could not be linked: \(error); free some disk space or give more --memory"
      )
    } catch {
      throw .usage("\(error)")
    }
  }
}
