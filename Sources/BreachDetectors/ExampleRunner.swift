internal import BreachBytes
internal import BreachModel

/// Why an example, or a detector's file, is not in order.
package struct ExampleFailure: Sendable, Hashable, CustomStringConvertible {
  package enum Reason: String, Sendable, CaseIterable {
    /// A marked value was not found at all.
    case missed
    /// The value was found, but not exactly the marked bytes.
    case wrongRange
    /// The detector reported something in a miss, or beside the marks.
    case unexpected
    /// Another type was found in a match without standing under `also`.
    case crossTalk
    /// The file itself: its id, its number of examples, the cost of a pattern.
    case lint
  }

  /// Below `Patterns/`.
  package var path: String
  /// 1-based.
  package var line: Int
  package var detector: String
  package var reason: Reason
  /// The example with its values masked, and what is wrong.
  package var message: String

  package var description: String { "\(path):\(line): \(detector): \(reason): \(message)" }
}

/// Runs the examples of detectors through the whole engine: they are the detectors' tests.
package struct ExampleRunner {
  let set: DetectorSet
  /// Any key will do: nothing of it is printed.
  private static let key = DigestKey([UInt8](repeating: 7, count: 16))

  package init(_ set: DetectorSet) { self.set = set }

  /// All failures, in file order; of one detector when `id` is given.
  package func run(detector id: String? = nil) -> [ExampleFailure] {
    var failures: [ExampleFailure] = []
    for (number, detector) in set.detectors.enumerated() where id == nil || detector.id == id {
      for example in detector.matches { failures += match(example, number) }
      for example in detector.misses { failures += miss(example, number) }
    }
    return failures
  }

  // MARK: one example

  private func match(_ example: Detector.Example, _ number: Int) -> [ExampleFailure] {
    let detector = set.detectors[number]
    let marked = Marked(example.text)
    let found = findings(marked.text, example, fillers: fillers(of: detector))
    var failures: [ExampleFailure] = []
    func fail(_ reason: ExampleFailure.Reason, _ message: String) {
      failures.append(
        ExampleFailure(
          path: detector.path,
          line: example.place.line,
          detector: detector.id,
          reason: reason,
          message: "\(message) in \(masked(marked, example, detector.type, found))"
        )
      )
    }
    for range in marked.ranges {
      if found.contains(where: { isHit($0, number) && $0.range == range }) { continue }
      if let other = found.first(where: {
        $0.finding.type == detector.type && $0.range.overlaps(range)
      }) {
        fail(
          .wrongRange,
          "bytes \(range) are marked, \(set.detectors[other.detector].id) found \(other.range)"
        )
      } else {
        fail(.missed, "bytes \(range) were not found")
      }
    }
    for hit in found {
      if hit.finding.type == detector.type {
        if !marked.ranges.contains(where: { $0.overlaps(hit.range) }) {
          fail(.unexpected, "bytes \(hit.range) are not marked and were found")
        }
      } else if !detector.also.contains(hit.finding.type) {
        fail(.crossTalk, "\(set.detectors[hit.detector].id) found bytes \(hit.range)")
      }
    }
    return failures
  }

  private func miss(_ example: Detector.Example, _ number: Int) -> [ExampleFailure] {
    let detector = set.detectors[number]
    let found = findings(example.text, example, fillers: fillers(of: detector))
    return found.filter { $0.finding.type == detector.type }.map { hit in
      ExampleFailure(
        path: detector.path,
        line: example.place.line,
        detector: detector.id,
        reason: .unexpected,
        message: "bytes \(hit.range) were found in "
          + masked(Marked(text: example.text, ranges: []), example, detector.type, found)
      )
    }
  }

  private func isHit(_ hit: Hit, _ number: Int) -> Bool {
    hit.detector == number && hit.finding.type == set.detectors[number].type
  }

  /// The example with every marked and every found value masked; cells with their header.
  private func masked(
    _ marked: Marked,
    _ example: Detector.Example,
    _ type: DataType,
    _ found: [Hit]
  ) -> String {
    let text = marked.masked(
      (marked.ranges.map { ($0, type) } + found.map { ($0.range, $0.finding.type) })
    )
    return example.column.map { "the cell \"\(text)\" under \"\($0)\"" } ?? "\"\(text)\""
  }

  /// Values of the detector's own examples, to stand beside a cell: a probe of one cell tells little.
  private func fillers(of detector: Detector) -> [String] {
    var values: [String] = []
    for example in detector.matches {
      let marked = Marked(example.text)
      for range in marked.ranges {
        values.append(String(decoding: Array(marked.text.utf8)[range], as: UTF8.self))
      }
    }
    return values
  }

  // MARK: running the engine

  /// One finding with the detector that gave it.
  struct Hit {
    var finding: Finding
    var detector: Int { Int(finding.detector) }
    var range: Range<Int> { finding.offset..<finding.offset + finding.length }
  }

  func engine() -> Engine? {
    guard let key = Self.key else { return nil }
    return Engine(
      set,
      DetectionOptions(
        types: TypeSet(DataType.allCases),
        minConfidence: Confidence(rawValue: 30),
        wantsFindings: true,
        values: .masked,
        wantsPersons: true,
        key: key
      )
    )
  }

  /// What is found in free text, or in the first cell under `column`; offsets are those of `text`.
  private func findings(_ text: String, _ example: Detector.Example, fillers: [String]) -> [Hit] {
    guard let engine = engine() else { return [] }
    engine.begin(leaf: "example")
    guard let column = example.column else {
      engine.scan(Self.batch(text: text), tables: [], isFirstUnit: true)
      engine.finishLeaf(tables: [])
      return engine.takeFindings().map(Hit.init)
    }
    let batch = Self.batch(column: column, cells: [text] + fillers)
    var typer = ColumnTyper(set)
    var plan = typer.plan(delimited: [batch])
    if example.isPath {
      plan = typer.plan(table: 0, name: "", columns: [column], [batch], isPaths: true)
      plan.firstData = 1
    }
    // Remarks are judged as those on a person.
    typer.markRemarks(&plan.columns, isPaths: example.isPath)
    engine.scan(batch, tables: [plan], isFirstUnit: true)
    engine.finishLeaf(tables: [plan])
    let cell = Int(batch.fields[1].rawStart)
    return engine.takeFindings().compactMap { finding in
      guard finding.offset >= cell, finding.offset < cell + text.utf8.count else { return nil }
      var finding = finding
      finding.offset -= cell
      return Hit(finding: finding)
    }
  }

  /// A batch of free text.
  static func batch(text: String) -> RecordBatch {
    var batch = RecordBatch()
    batch.isText = true
    batch.text = Array(text.utf8)
    batch.body = 0..<batch.text.count
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    return batch
  }

  /// A table of one column.
  static func batch(column: String, cells: [String]) -> RecordBatch {
    var batch = RecordBatch()
    batch.origins = [OriginMark(text: 0, leaf: 0, charset: .utf8)]
    for (line, cell) in ([column] + cells).enumerated() {
      let start = batch.text.count
      batch.text.append(contentsOf: Array(cell.utf8))
      let length = batch.text.count - start
      batch.records.append(
        Record(
          firstField: batch.fields.count,
          fieldCount: 1,
          start: start,
          end: batch.text.count,
          table: 0,
          line: line + 1
        )
      )
      batch.fields.append(
        Field(start: start, length: length, rawStart: start, rawLength: length, column: 0)
      )
      batch.text.append(0x0A)
    }
    return batch
  }
}

/// A text with marked ranges: `TEL ⟦03-1234-5600⟧`.
struct Marked {
  var text: String
  var ranges: [Range<Int>] = []

  init(text: String, ranges: [Range<Int>]) {
    self.text = text
    self.ranges = ranges
  }

  /// Reads the marks and takes them out.
  init(_ source: String) {
    var bytes: [UInt8] = []
    var start = 0
    for scalar in source.unicodeScalars {
      switch scalar {
      case "⟦": start = bytes.count
      case "⟧": ranges.append(start..<bytes.count)
      default: bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The text with these ranges masked; where two overlap, the first one counts.
  func masked(_ values: [(range: Range<Int>, type: DataType)]) -> String {
    let bytes = Array(text.utf8)
    var out = ""
    var at = 0
    let sorted = values.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for (range, type) in sorted where range.upperBound > at {
      let start = max(at, range.lowerBound)
      out += String(decoding: bytes[at..<start], as: UTF8.self)
      out += Masking.mask(
        String(decoding: bytes[start..<range.upperBound], as: UTF8.self),
        as: type
      )
      at = range.upperBound
    }
    return out + String(decoding: bytes[at...], as: UTF8.self)
  }
}
