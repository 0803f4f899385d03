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
  func plan(_ task: PlanTask, _ file: consuming File) -> (LeafPlan?, [UnitCut]) {
    let source = FileSource(file, range: 0..<task.size)
    var head: [UInt8] = []
    while head.count < ContentSniffer.headSize {
      let wanted = ContentSniffer.headSize - head.count
      guard let got = try? source.read(into: &head, upTo: wanted), got > 0 else { break }
    }
    guard case .text(let found, let bom) = ContentSniffer.sniff(head.span, isWhole: false) else {
      return (nil, [])
    }
    let scanner = LeafScanner(setup, engine, send)
    let input = LeafScanner.Input(
      path: task.path,
      source: source,
      head: head,
      offset: 0,
      size: task.size,
      charset: setup.encoding ?? found,
      bomLength: bom,
      plan: nil,
      copyTable: nil
    )
    var plan = scanner.outline(of: input)
    let cut = UnitCutter.cuts(source, size: task.size, plan: plan, unitSize: task.unitSize)
    guard cut.units.count > 1, source.seek(to: 0) else { return (nil, []) }
    plan.catalogue = cut.catalogue
    scanner.type(&plan, of: input, filled: cut.filled)
    return (plan, cut.units)
  }
}
