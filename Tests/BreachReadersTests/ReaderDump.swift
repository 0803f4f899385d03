import BreachBytes
import BreachModel
import BreachReaders
import TestKit

/// One record as a reader gave it, apart from batches.
struct ReadRecord: Equatable {
  var table: String
  var line: Int
  var depth: Int
  /// Names of key paths, else numbers.
  var columns: [String]
  var values: [[UInt8]]
  /// Offsets in the leaf of each value as written.
  var places: [Range<Int>]
  /// Free text; nil for records with fields.
  var text: [UInt8]?
  /// What duplicates are told by.
  var content: [UInt8]
}

/// Everything that readers gave for a leaf or a unit.
struct ReaderDump {
  var records: [ReadRecord] = []
  /// Free text in a row, of which batches are no part.
  var body: [UInt8] = []
  var lines = 0
  var catalogue: [CatalogueEntry] = []
  var largestText = 0
  var remarks: [String] = []
  var failure: ReadFailure?
  var bytesRead = 0

  /// Reads a leaf.
  static func read(
    _ source: any ByteSource,
    _ plan: LeafPlan,
    offset: Int = 0,
    copyTable: Int? = nil,
    keeps: Bool = true
  ) -> ReaderDump {
    let stream = TextStream(
      source,
      charset: plan.charset,
      offset: offset,
      skipping: offset == 0 ? plan.bomLength : 0
    )
    let reader = makeReader(plan.format, stream, catalogue: plan.catalogue, copyTable: copyTable)
    var dump = ReaderDump()
    var batch = RecordBatch()
    while reader.next(into: &batch) {
      dump.largestText = max(dump.largestText, batch.text.count)
      if keeps { dump.take(batch, reader, plan.format) }
    }
    dump.lines = reader.lines
    dump.catalogue = reader.catalogue
    dump.remarks = reader.remarks
    dump.failure = stream.failure
    dump.bytesRead = stream.bytesRead
    return dump
  }

  static func read(_ bytes: [UInt8], _ plan: LeafPlan, pieces: MemorySource.Pieces = .whole)
    -> ReaderDump
  {
    read(MemorySource(bytes, pieces: pieces), plan)
  }

  /// Reads a leaf in the units that the cutter gives.
  static func readUnits(_ bytes: [UInt8], _ plan: LeafPlan, unitSize: Int) -> (ReaderDump, Int) {
    let cut = UnitCutter.cuts(
      MemorySource(bytes),
      size: bytes.count,
      plan: plan,
      unitSize: unitSize
    )
    var known = plan
    if case .sql = plan.format { known.catalogue = cut.catalogue }
    var whole = ReaderDump()
    for unit in cut.units {
      var part = read(
        MemorySource(bytes, range: unit.range),
        known,
        offset: unit.range.lowerBound,
        copyTable: unit.copyTable
      )
      for index in part.records.indices { part.records[index].line += whole.lines }
      whole.records += part.records
      whole.body += part.body
      whole.lines += part.lines
      whole.bytesRead += part.bytesRead
    }
    whole.catalogue = cut.catalogue
    return (whole, cut.units.count)
  }

  private mutating func take(
    _ batch: RecordBatch,
    _ reader: any FormatReader,
    _ format: LeafFormat
  ) {
    if batch.isText {
      body += batch.text[batch.body]
      return
    }
    let catalogue = reader.catalogue
    for record in batch.records {
      let range = Int(record.start)..<Int(record.end)
      let fields = batch.fields[
        Int(record.firstField)..<Int(record.firstField + record.fieldCount)
      ]
      let table = Int(record.table)
      let names = format.hasPaths && table < catalogue.count ? catalogue[table].columns : []
      records.append(
        ReadRecord(
          table: table < catalogue.count ? catalogue[table].name : "",
          line: record.line,
          depth: Int(record.depth),
          columns: fields.map {
            names.isEmpty ? String($0.column) : names[Int($0.column)]
          },
          values: fields.map { Array(batch.text[$0.range]) },
          places: fields.map {
            let start = Int($0.rawStart)
            return batch.leafOffset(
              of: start
            )..<max(
              batch.leafOffset(of: start),
              batch.leafOffset(of: start + Int($0.rawLength))
            )
          },
          text: record.fieldCount == 0 ? Array(batch.text[range]) : nil,
          content: Array(batch.text[range])
        )
      )
    }
  }
}

/// Position of the first record that differs, without showing what is in it; nil when all agree.
func firstDifference(_ one: [ReadRecord], _ other: [ReadRecord]) -> String? {
  for index in 0..<min(one.count, other.count) where one[index] != other[index] {
    let (a, b) = (one[index], other[index])
    var what: [String] = []
    if a.table != b.table { what.append("table") }
    if a.line != b.line { what.append("line \(a.line)/\(b.line)") }
    if a.depth != b.depth { what.append("depth") }
    if a.columns != b.columns { what.append("columns \(a.columns.count)/\(b.columns.count)") }
    if a.values != b.values { what.append("values") }
    if a.places != b.places { what.append("places") }
    if a.text != b.text { what.append("text \(a.text?.count ?? -1)/\(b.text?.count ?? -1)") }
    if a.content != b.content { what.append("content \(a.content.count)/\(b.content.count)") }
    return "record \(index): \(what.joined(separator: ", "))"
  }
  return one.count == other.count ? nil : "\(one.count) records, \(other.count) expected"
}

/// The same for plain values.
func firstDifference(_ one: [[[UInt8]]], _ other: [[[UInt8]]]) -> String? {
  for index in 0..<min(one.count, other.count) where one[index] != other[index] {
    return "record \(index) has \(one[index].count) fields, \(other[index].count) expected"
  }
  return one.count == other.count ? nil : "\(one.count) records, \(other.count) expected"
}

extension LeafPlan {
  init(_ format: LeafFormat, _ charset: Charset = .utf8) {
    self.init(charset: charset, bomLength: 0, format: format)
  }
}
