internal import BreachModel
internal import BreachReaders

/// A part of a file, or a whole one, in the list of what is to be done.
struct PlannedFile: Sendable {
  /// Position in the list of source files.
  var file: Int
  var range: Range<Int>
  /// Position among the ranges of its file.
  var part: Int
  var plan: LeafPlan?
  var copyTable: Int?
  /// Of a mailbox: how many messages come before.
  var messages: Int?
}

/// Work for one worker.
struct Unit: Sendable {
  enum Work: Sendable {
    case plan(file: Int, unitSize: Int)
    case scan([PlannedFile])
  }

  var work: Work
  var skip = 0
  var limit: Int?
  /// A worker ended in one of these leaves, and it is not known in which.
  var isCareful = false
  /// This is the second try of one leaf, alone.
  var isRetry = false
  /// Comes next when this one is done.
  var then: [Unit] = []
}

/// What a leaf, or a part of one, gave.
struct LeafEntry {
  var report: LeafReport
  var identities: [Int]
  /// Blobs of encoded findings, each with the column names of its leaf.
  var findings: [Int]
}

/// Cuts the list of files into units by size alone.
enum UnitList {
  /// Files up to this size share a unit.
  static let batchBytes = 1 << 20
  /// A message carries so many descriptors at most.
  private static let batchFiles = 64

  /// The units, of which each may need `most` descriptors at once; `unitSize` is for tests.
  static func units(_ files: [SourceFile], unitSize: Int?, most: Int) -> [Unit] {
    let batchFiles = max(1, min(batchFiles, most))
    var units: [Unit] = []
    var batch: [PlannedFile] = []
    var bytes = 0
    func close() {
      if !batch.isEmpty { units.append(Unit(work: .scan(batch))) }
      batch.removeAll()
      bytes = 0
    }
    for (index, file) in files.enumerated() {
      let whole = PlannedFile(file: index, range: 0..<file.size, part: 0, plan: nil, copyTable: nil)
      let unitSize = unitSize ?? UnitCutter.unitSize(ofLeaf: file.size)
      if file.isStream || file.size > batchBytes || file.size > unitSize {
        close()
        let isLarge = !file.isStream && file.size > unitSize
        let work = Unit.Work.plan(file: index, unitSize: unitSize)
        units.append(Unit(work: isLarge ? work : .scan([whole])))
        continue
      }
      if bytes + file.size > batchBytes || batch.count >= batchFiles { close() }
      batch.append(whole)
      bytes += file.size
    }
    close()
    return units
  }
}
