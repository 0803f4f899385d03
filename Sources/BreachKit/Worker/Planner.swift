internal import BreachBytes
internal import BreachModel
internal import BreachReaders

/// Finds out what a large file is and where it can be cut.
struct Planner {
  private let setup: WorkerSetup
  private let scanner: LeafScanner
  private let clock: StageClock?

  init(_ setup: WorkerSetup, _ scanner: LeafScanner, _ clock: StageClock?) {
    self.setup = setup
    self.scanner = scanner
    self.clock = clock
  }

  /// The plan and the ranges of its units; nil and none where the file is one unit.
  func plan(_ task: PlanTask, _ file: consuming File) -> (LeafPlan?, [UnitCut]) {
    let source = FileSource(file, range: 0..<task.size)
    var head: [UInt8] = []
    while head.count < ContentSniffer.headSize {
      let wanted = ContentSniffer.headSize - head.count
      guard let got = try? source.read(into: &head, upTo: wanted), got > 0 else { break }
    }
    let content = ContentSniffer.sniff(head.span, isWhole: false)
    if case .mail(isMailbox: true) = content, setup.opensMail, source.seek(to: 0) {
      let cuts = UnitCutter.cuts(mailbox: source, size: task.size, unitSize: task.unitSize)
      // Each message says itself what it is.
      let plan = LeafPlan(charset: .utf8, bomLength: 0, format: .text)
      return cuts.count > 1 ? (plan, cuts) : (nil, [])
    }
    let (found, bom): (Charset, Int)
    switch content {
    case .text(let charset, let length, _): (found, bom) = (charset, length)
    case .mail where !setup.opensMail:
      (found, bom) = (CharsetDetector.detect(head.span, isWhole: false).charset, 0)
    default: return (nil, [])
    }
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
    let outline = plan
    let cutting = {
      UnitCutter.cuts(source, size: task.size, plan: outline, unitSize: task.unitSize)
    }
    let cut = clock?.time(.plan, bytes: task.size, cutting) ?? cutting()
    guard cut.units.count > 1, source.seek(to: 0) else { return (nil, []) }
    plan.catalogue = cut.catalogue
    scanner.type(&plan, of: input, filled: cut.filled)
    // What belongs to one form stands in many records.
    if plan.tables.contains(where: \.isForm) { return (nil, []) }
    return (plan, cut.units)
  }
}
