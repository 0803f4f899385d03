package import BreachBytes
package import BreachModel

/// One range of a leaf that a worker reads by itself.
package struct UnitCut: Sendable, Hashable {
  /// Bytes of the leaf.
  package var range: Range<Int>
  /// The table whose COPY rows the unit begins with, by its catalogue number.
  package var copyTable: Int?
  /// Of a mailbox: how many messages come before.
  package var messages: Int?

  package init(range: Range<Int>, copyTable: Int? = nil, messages: Int? = nil) {
    self.range = range
    self.copyTable = copyTable
    self.messages = messages
  }
}

/// How a leaf is read in units, and for SQL the tables that every unit has to know.
package struct UnitPlan: Sendable, Hashable {
  package var units: [UnitCut]
  /// Of SQL: tables in the order in which the whole file shows them, numbered as its rows are.
  package var catalogue: [CatalogueEntry]
  /// Of SQL: the tables that may have rows, by their catalogue numbers.
  package var filled: Set<Int>
}

/// Cuts leaves into units at record boundaries; reading the units gives what the whole gives.
///
/// A cut is the first boundary at or behind each multiple of the unit size, in text a better one that
/// comes soon behind it, so cuts depend on the content and the size alone. Where no boundary comes, a unit is longer. Lines and JSON lines need
/// a read around each cut; CSV and SQL are read through, because a quote may stand open.
package enum UnitCutter {
  /// A unit is no longer, but for a record that is.
  package static let longestUnit = 64 << 20
  /// Shorter leaves are read faster than they are cut.
  package static let shortestCut = 8 << 20
  /// A leaf is cut into a multiple of so many equal units, so that two, four or eight workers end
  /// together.
  private static let share = 8

  /// Bytes of each unit of a leaf of `size` bytes; all of them where it is not cut.
  package static func unitSize(ofLeaf size: Int) -> Int {
    if size <= shortestCut { return max(1, size) }
    let rounds = (size - 1) / (share * longestUnit) + 1
    return (size - 1) / (share * rounds) + 1
  }

  /// - Parameters:
  ///   - source: the leaf from its first byte; one that cannot seek is not cut.
  ///   - size: bytes of the leaf.
  ///   - plan: its charset, mark and format.
  ///   - unitSize: `unitSize(ofLeaf:)` but in tests.
  /// - Returns: the units in order, which cover the leaf, and the catalogue.
  package static func cuts(
    _ source: any ByteSource,
    size: Int,
    plan: LeafPlan,
    unitSize: Int
  ) -> UnitPlan {
    var cutter = Cuts(size: size, unitSize: unitSize, known: plan.catalogue)
    switch plan.format {
    case .json, .xml, .html, .form, .entries: break
    case .text, .jsonLines:
      if size > unitSize { cutLines(source, plan, &cutter) }
    case .csv(let dialect):
      if size > unitSize && plan.charset.unitWidth == 1 {
        cutter = cutBytes(source, plan, dialect, cutter) ?? cutText(source, plan, dialect, cutter)
      }
    case .sql(let dialect): cutSQL(source, plan, dialect, &cutter)
    }
    return cutter.plan
  }

  /// Cuts a mailbox of `size` bytes between its messages.
  package static func cuts(mailbox source: any ByteSource, size: Int, unitSize: Int) -> [UnitCut] {
    var units = [UnitCut(range: 0..<size, messages: 0)]
    var lines = MailLines(source, isMailbox: true, hasOldLines: false, offset: 0)
    var (messages, nominal) = (0, unitSize)
    do throws(ReadFailure) {
      while true {
        while try lines.run() != nil {}
        let (stop, bytes) = try lines.takeStop()
        if stop == .end { return units }
        let start = lines.offset - bytes.count
        if start >= nominal, start < size {
          units[units.count - 1].range = units[units.count - 1].range.lowerBound..<start
          units.append(UnitCut(range: start..<size, messages: messages))
          nominal = (start / unitSize + 1) * unitSize
        }
        messages += 1
      }
    } catch {
      return []
    }
  }

  /// The cuts found so far.
  struct Cuts {
    let size: Int
    let unitSize: Int
    var catalogue: [CatalogueEntry]
    var filled: Set<Int> = []
    private(set) var units: [UnitCut] = []
    private var start = 0
    private var copyTable: Int?
    /// The next cut is at or behind this offset.
    private(set) var nominal: Int

    init(size: Int, unitSize: Int, known: [CatalogueEntry]) {
      self.size = size
      self.unitSize = max(1, unitSize)
      catalogue = known
      nominal = self.unitSize
    }

    /// Takes a boundary when a unit is due.
    mutating func offer(_ offset: Int, copyTable: Int? = nil) {
      guard offset >= nominal && offset < size else { return }
      units.append(UnitCut(range: start..<offset, copyTable: self.copyTable))
      start = offset
      self.copyTable = copyTable
      nominal = (offset / unitSize + 1) * unitSize
    }

    var plan: UnitPlan {
      let last = UnitCut(range: start..<max(start, size), copyTable: copyTable)
      return UnitPlan(units: units + [last], catalogue: catalogue, filled: filled)
    }
  }

  // MARK: lines

  /// Bytes read at a time in search of a line end.
  private static let window = 64 << 10

  private static func cutLines(_ source: any ByteSource, _ plan: LeafPlan, _ cuts: inout Cuts) {
    let width = plan.charset.unitWidth
    var buffer: [UInt8] = []
    while cuts.nominal < cuts.size {
      // The code unit that ends at the nominal offset may be the line end.
      let units = max(0, cuts.nominal - plan.bomLength - 1) / width
      var at = plan.bomLength + units * width
      guard source.seek(to: at) else { return }
      var found: Int?
      search: while found == nil {
        buffer.removeAll(keepingCapacity: true)
        while buffer.count < window {
          let got = (try? source.read(into: &buffer, upTo: window - buffer.count)) ?? 0
          if got == 0 { break }
        }
        found = boundary(in: buffer, plan).map { at + $0 }
        if buffer.count < window { break search }
        at += buffer.count
      }
      guard let found else { return }
      cuts.offer(found)
      if found >= cuts.size { return }
    }
  }

  /// Bytes behind the first line end in which a better place is looked for.
  private static let choice = 4 << 10
  /// Code units of the longest line that may be a label alone, with its line end.
  private static let longestLabel = 62

  /// The position behind the first line end; in text, where lines may be parts of one form, behind two
  /// empty lines where they come soon, else behind one, else behind a line too long for a label.
  private static func boundary(in bytes: [UInt8], _ plan: LeafPlan) -> Int? {
    let isText = plan.format == .text
    let width = plan.charset.unitWidth
    var best: (position: Int, rank: Int)?
    var (line, blanks) = (0, 0)
    while let end = lineEnd(in: bytes, from: line, plan.charset) {
      let units = (end - line) / width
      let isBlank = line > 0 && units <= 2 && isBlank(bytes[line..<end])
      blanks = isBlank ? blanks + 1 : 0
      let rank = min(blanks, 2) * 2 + (units > longestLabel ? 1 : 0)
      if best.map({ rank > $0.rank }) ?? true { best = (end, rank) }
      line = end
      if !isText || rank == 4 || end > choice + (best?.position ?? 0) { break }
    }
    return best?.position
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x0A || $0 == 0x0D || $0 == 0 }
  }

  /// The position behind the first line end from `start` on.
  private static func lineEnd(in bytes: [UInt8], from start: Int, _ charset: Charset) -> Int? {
    let width = charset.unitWidth
    let place = charset == .utf16BE || charset == .utf32BE ? width - 1 : 0
    var at = start
    while at + width <= bytes.count {
      if bytes[at + place] == 0x0A {
        var zeros = 0
        for index in at..<at + width where bytes[index] == 0 { zeros += 1 }
        if zeros == width - 1 { return at + width }
      }
      at += width
    }
    return nil
  }
}
