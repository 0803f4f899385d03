internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachReaders

/// Finds out what a large file is and where it can be cut.
struct Planner {
  private let setup: WorkerSetup
  private let engine: Engine
  private let send: (WorkerReply) -> Void

  init(_ setup: WorkerSetup, _ engine: Engine, _ send: @escaping (WorkerReply) -> Void) {
    self.setup = setup
    self.engine = engine
    self.send = send
  }

  /// The plan and the ranges of its units; nil and none where the file is one unit.
  func plan(_ task: PlanTask, _ file: consuming File)
    -> (LeafPlan?, [(range: Range<Int>, copyTable: Int?)])
  {
    let reader = RandomReader(file)
    let head = reader.bytes(at: 0, count: ContentSniffer.headSize)
    guard case .text(let found, let bom) = ContentSniffer.sniff(head.span, isWhole: false) else {
      return (nil, [])
    }
    let charset = setup.encoding ?? found
    let scanner = LeafScanner(setup, engine, send)
    var plan = scanner.plan(
      LeafScanner.Input(
        path: task.path,
        source: RandomSource(reader, size: task.size),
        head: head,
        offset: 0,
        size: task.size,
        charset: charset,
        bomLength: bom,
        plan: nil,
        copyTable: nil
      )
    )
    if case .json = plan.format { return (nil, []) }
    let units = UnitCutter.cuts(
      RandomSource(reader, size: task.size),
      size: task.size,
      plan: plan,
      unitSize: setup.unitSize
    )
    plan.catalogue = units.catalogue
    guard units.units.count > 1 else { return (nil, []) }
    return (plan, units.units.map { ($0.range, $0.copyTable) })
  }
}

/// A file read at any place, by several readers in turn.
final class RandomReader {
  private let file: File

  init(_ file: consuming File) { self.file = file }

  /// Up to `count` bytes at `offset`; fewer at the end, and none where reading fails.
  func bytes(at offset: Int, count: Int) -> [UInt8] {
    var buffer: [UInt8] = []
    while buffer.count < count {
      guard
        let got = try? file.read(
          into: &buffer,
          at: offset + buffer.count,
          upTo: count - buffer.count
        ),
        got > 0
      else { break }
    }
    return buffer
  }
}

/// A random reader from its start.
final class RandomSource: ByteSource {
  private let reader: RandomReader
  private let length: Int
  private var position = 0

  init(_ reader: RandomReader, size: Int) {
    self.reader = reader
    length = size
  }

  var size: Int? { length }
  func seek(to offset: Int) -> Bool {
    guard (0...length).contains(offset) else { return false }
    position = offset
    return true
  }

  func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    let bytes = reader.bytes(at: position, count: min(count, length - position))
    buffer.append(contentsOf: bytes)
    position += bytes.count
    return bytes.count
  }
}
