internal import BreachBytes
internal import BreachModel

/// Names that records without one borrow from another of the same person: the address in addresses.csv, whose
/// key is a customer's, is that customer's, and by both together a third record is known.
///
/// Who the person is, an identifier tells before: the key of a row, a member's id.
struct LentNames {
  /// By shape: has no name, and something that tells a person beside one.
  let canBorrow: [Bool]
  /// By shape: has a full name.
  private let canLend: [Bool]
  private let room: ColumnRoom
  /// Each borrower with itself and with its lender.
  private var pairs: SortedRuns
  private var noted = 0
  /// By record, in order of the borrowers: who lends.
  private var lenders: Column<UInt32>?
  private var isBorrower: BitColumn?
  private var borrowerRanks: RankedRecords?
  private var lenderRanks: RankedRecords?
  /// By lender: its names as they stand in keys, 0 where it has no more.
  private var names: Column<UInt64>?
  private var width = 0
  /// All rules that tell persons by identifiers alone were asked.
  private var isSettled = false

  /// More spellings and readings than this are not lent.
  private static let mostNames = 4

  /// Looks at each shape; `beside` are the values that rules ask for together with a name.
  init(_ table: RecordTable, beside: Set<AttributeKind>, _ room: ColumnRoom) {
    let kinds = LinkValue.name.kinds
    var (canBorrow, canLend) = ([Bool](), [Bool]())
    for (shape, facts) in zip(table.shapes, table.facts) {
      let isPersons = facts.isLinked && !facts.isExtra && facts.table > 0
      let isNamed = !shape.kinds.allSatisfy { !ShapeFacts.nameKinds.contains($0) }
      canBorrow.append(
        isPersons && !isNamed && !shape.flags.contains(.organisation)
          && shape.kinds.contains(where: beside.contains)
      )
      canLend.append(isPersons && facts.isPerson && !shape.positions(of: kinds).isEmpty)
      if canLend[canLend.count - 1] {
        width = max(width, min(Self.mostNames, shape.positions(of: kinds).count))
      }
    }
    (self.canBorrow, self.canLend, self.room) = (canBorrow, canLend, room)
    pairs = SortedRuns(room)
  }

  /// Some records may borrow, and some may lend.
  var isPossible: Bool { !isSettled && canBorrow.contains(true) && canLend.contains(true) }

  /// Names are lent.
  var lendsAny: Bool { names != nil }

  /// Looks for borrowers among records that share an identifier, after those of one person were joined.
  mutating func note(_ group: [UInt32], _ table: RecordTable, _ clusters: inout Clusters) {
    func shape(_ record: UInt32) -> Int { Int(table.shapeOf[Int(record)]) }
    guard group.contains(where: { canBorrow[shape($0)] }) else { return }
    var lenders: [(root: UInt32, record: UInt32)] = []
    for record in group where canLend[shape(record)] {
      let root = clusters.root(of: record)
      if !lenders.contains(where: { $0.root == root }) { lenders.append((root, record)) }
      // More are not told apart inside a group.
      if lenders.count == 64 { break }
    }
    for record in group where canBorrow[shape(record)] {
      let root = clusters.root(of: record)
      guard let lender = lenders.first(where: { $0.root == root }) else { continue }
      pairs.append(record, record)
      pairs.append(record, lender.record)
      noted += 1
    }
  }

  /// Makes an end of looking for borrowers; the names of the lenders are to be loaded then.
  mutating func settle(_ table: RecordTable) {
    isSettled = true
    if noted == 0 { return }
    let lenders: Column<UInt32> = room.column(noted, .inOrder)
    let (borrows, lends) = (BitColumn(table.count, room), BitColumn(table.count, room))
    var count = 0
    // The first that lends does, whatever else tells who it is.
    pairs.forEachGroup { group in
      lenders[count] = group[1]
      count += 1
      borrows.set(Int(group[0]))
      lends.set(Int(group[1]))
    }
    borrowerRanks = RankedRecords(borrows, room) { _ in true }
    let ranks = RankedRecords(lends, room) { _ in true }
    names = room.column(ranks.count * width, .inOrder)
    (isBorrower, self.lenders, lenderRanks) = (borrows, lenders, ranks)
  }

  /// Takes the names of those records of a chunk that lend.
  func load(_ words: [UInt64], _ records: Range<Int>, _ table: RecordTable) {
    guard let lenderRanks, let names else { return }
    for record in records where lenderRanks.contains(record) {
      let shape = Int(table.shapeOf[record])
      let start = lenderRanks.place(of: record) * width
      let places = table.shapes[shape].positions(of: LinkValue.name.kinds).prefix(width)
      for (index, place) in places.enumerated() {
        let digest = words[Int(table.offsets[record]) + 2 + place.position]
        names[start + index] = digest &+ KeyPlan.addend(place.meant)
      }
    }
  }

  /// Some of the records lend.
  func lends(_ records: Range<Int>) -> Bool {
    guard let lenderRanks else { return false }
    return records.contains { lenderRanks.contains($0) }
  }

  /// Calls `body` with each name that a record borrows.
  @inline(__always)
  func forEachName(of record: UInt32, _ body: (UInt64) -> Void) {
    guard let isBorrower, isBorrower[Int(record)], let borrowerRanks, let lenderRanks, let lenders,
      let names
    else { return }
    let lender = lenders[borrowerRanks.place(of: Int(record))]
    let start = lenderRanks.place(of: Int(lender)) * width
    for index in start..<start + width where names[index] != 0 { body(names[index]) }
  }
}
