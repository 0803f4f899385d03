internal import BreachBytes
internal import BreachModel

/// Hands units to workers and gathers what they say; parses no evidence itself.
///
/// A worker that ends costs one leaf: the leaf is tried once more alone, then it is a gap.
final class Supervisor {
  private let request: ScanRequest
  private let files: [SourceFile]
  private var pending: [Unit]
  private var slots: [Slot] = []
  let store: BlobStore
  /// By file and part, in leaf order.
  private(set) var entries: [[Int: [LeafEntry]]]
  /// Gaps that belong to no leaf's report.
  private(set) var gaps: [Gap] = []
  private(set) var interrupted = false
  private var crashes: [Int: Int] = [:]
  private var bytesDone = 0
  private var filesDone = 0
  private let started = OwnProcess.monotonicSeconds
  private let progress: ((ScanProgress) -> Void)?

  /// Crashes after which the rest of a container is given up.
  private static let mostCrashes = 8

  init(
    _ request: ScanRequest, _ files: [SourceFile], _ store: BlobStore,
    _ progress: ((ScanProgress) -> Void)?
  ) {
    self.request = request
    self.files = files
    self.store = store
    self.progress = progress
    pending = UnitList.units(files, unitSize: request.unitSize).reversed()
    entries = Array(repeating: [:], count: files.count)
  }

  /// One worker and what it is busy with.
  private final class Slot {
    let child: Child
    var unit: Unit?
    var isReady = false
    /// Position in the unit's files, leaves done of that file, and the leaf under way.
    var position = 0
    var done = 0
    var leaf: (path: String, bytes: Int?)?
    var identities: [Int] = []
    var findings: [Int] = []
    var lastHeard = OwnProcess.monotonicSeconds
    var wasSilent = false

    init(_ child: consuming Child) { self.child = child }
  }

  /// Runs until everything is read, or a stop is asked for.
  func run() throws(ScanError) {
    let wanted = max(1, min(request.jobs, pending.count))
    guard !pending.isEmpty else { return }
    for _ in 0..<wanted { slots.append(try start()) }
    while slots.contains(where: { $0.unit != nil }) || !pending.isEmpty {
      if StopRequest.signal != nil {
        interrupt()
        return
      }
      try assign()
      let ready = waitReadable(slots.map { $0.child.channel.descriptor }, milliseconds: 500)
      for index in ready { try listen(to: index) }
      try endSilent()
      report()
    }
    for slot in slots { slot.child.kill() }
    for slot in slots { _ = slot.child.wait() }
  }

  private func report() {
    progress?(
      ScanProgress(
        bytes: bytesDone, totalBytes: files.reduce(0) { $0 + $1.size }, filesDone: filesDone,
        files: files.count, seconds: OwnProcess.monotonicSeconds - started))
  }

  // MARK: workers

  private func start() throws(ScanError) -> Slot {
    do throws(SystemError) {
      let child = try Child.start(arguments: [Worker.argument])
      let slot = Slot(child)
      try slot.child.channel.send(setup.message)
      return slot
    } catch {
      throw ScanError("a worker cannot be started: \(error)")
    }
  }

  private lazy var setup = WorkerSetup(
    key: request.key, types: request.types, minConfidence: request.minConfidence,
    wantsFindings: request.wantsFindings, reveals: request.reveals,
    wantsPersons: request.wantsPersons, wantsHashes: files.count > 1 || hasContainers,
    unitSize: request.unitSize, encoding: request.encoding, delimiter: request.delimiter,
    hasHeader: request.hasHeader, passwords: request.passwords, patterns: request.patterns,
    limits: request.limits, trapAt: request.trapAt)

  /// A single plain file can have no copy of itself; its hash is not worth the time.
  private var hasContainers: Bool { files.count == 1 && files[0].size < 64 << 20 }

  private func assign() throws(ScanError) {
    for slot in slots where slot.isReady && slot.unit == nil {
      guard let unit = pending.popLast() else { return }
      send(unit, to: slot)
    }
  }

  private func send(_ unit: Unit, to slot: Slot) {
    slot.lastHeard = OwnProcess.monotonicSeconds
    switch unit.work {
    case .plan(let index):
      guard let file = open(index, part: 0) else { return }
      slot.unit = unit
      let task = PlanTask(number: index, path: files[index].text, size: files[index].size)
      try? slot.child.channel.send(task.message, descriptors: [file.descriptor])
    case .scan(let planned):
      var opened: [PlannedFile] = []
      var descriptors: [Int32] = []
      var handles: [FileBox] = []
      for item in planned {
        guard let box = openBox(item.file, part: item.part) else { continue }
        opened.append(item)
        descriptors.append(box.file.descriptor)
        handles.append(box)
      }
      guard !opened.isEmpty else {
        for next in unit.then.reversed() { pending.append(next) }
        return
      }
      var unit = unit
      unit.work = .scan(opened)
      let task = UnitTask(
        number: 0,
        files: opened.map { item in
          UnitFile(
            path: files[item.file].text, range: item.range, plan: item.plan,
            copyTable: item.copyTable, isStream: files[item.file].isStream)
        },
        skip: unit.skip, limit: unit.limit)
      slot.unit = unit
      slot.position = 0
      slot.done = unit.skip
      slot.leaf = nil
      // A worker that is gone already is noticed when its channel is read.
      try? slot.child.channel.send(task.message, descriptors: descriptors)
      _ = handles
    }
  }

  private final class FileBox {
    let file: File
    init(_ file: consuming File) { self.file = file }
  }

  private func openBox(_ index: Int, part: Int) -> FileBox? {
    guard let file = open(index, part: part) else { return nil }
    return FileBox(file)
  }

  /// Opens a file and makes sure that it is the one that was found.
  private func open(_ index: Int, part: Int) -> File? {
    let source = files[index]
    if source.isStream && source.path == [0x2D] {
      return File(duplicating: 0)
    }
    do throws(SystemError) {
      let file = try File.open(source.path, following: source.isStream)
      let status = try file.status()
      if !source.isStream && (status.device != source.device || status.inode != source.inode) {
        lose(index, part, .changed, "replaced by another file while the scan ran; scan it again")
        return nil
      }
      return file
    } catch {
      if error == .isLink {
        // The user named a link; what it points to was found to be this file.
        if let file = try? File.open(source.path, following: true),
          let status = try? file.status(), status.inode == source.inode,
          status.device == source.device
        {
          return file
        }
        lose(index, part, .changed, "became a link while the scan ran; not followed")
        return nil
      }
      lose(
        index, part, error.isPermission ? .permission : .readError, "cannot be opened: \(error)")
      return nil
    }
  }

  private func lose(_ index: Int, _ part: Int, _ reason: GapReason, _ message: String) {
    var report = LeafReport()
    report.format = "unread"
    report.bytes = files[index].size
    report.gaps = [Gap(path: "", reason: reason, bytes: files[index].size, message: message)]
    entries[index][part, default: []].append(LeafEntry(report: report, identities: [], findings: []))
    filesDone += 1
  }

  // MARK: what workers say

  private func listen(to index: Int) throws(ScanError) {
    let slot = slots[index]
    slot.lastHeard = OwnProcess.monotonicSeconds
    let received: (message: [UInt8], descriptors: [Int32])?
    do throws(SystemError) { received = try slot.child.channel.receive() } catch { received = nil }
    guard let received, let reply = try? WorkerReply(received.message) else {
      try bury(index)
      return
    }
    switch reply {
    case .ready: slot.isReady = true
    case .refused(let text): throw ScanError(text)
    case .leafBegun(let position, let path, let bytes):
      if position != slot.position {
        slot.position = position
        slot.done = 0
      }
      slot.leaf = (path, bytes)
    case .identities(let chunk): slot.identities.append(store.append(chunk))
    case .findings(let findings, let columns):
      slot.findings.append(
        store.append(WorkerReply.findings(findings, columns: columns).message))
    case .progress(let bytes): bytesDone += bytes
    case .leafDone(let report): finishLeaf(report, slot)
    case .unitDone: finishUnit(slot)
    case .planned(let plan, let cuts): planned(plan, cuts, slot)
    }
  }

  private func finishLeaf(_ report: LeafReport, _ slot: Slot) {
    guard case .scan(let planned)? = slot.unit?.work, slot.position < planned.count else { return }
    let item = planned[slot.position]
    entries[item.file][item.part, default: []].append(
      LeafEntry(report: report, identities: slot.identities, findings: slot.findings))
    slot.identities = []
    slot.findings = []
    slot.leaf = nil
    slot.done += 1
  }

  private func finishUnit(_ slot: Slot) {
    if let unit = slot.unit {
      for next in unit.then.reversed() { pending.append(next) }
      if case .scan(let planned) = unit.work, unit.limit == nil { filesDone += planned.count }
    }
    slot.unit = nil
  }

  private func planned(
    _ plan: LeafPlan?, _ cuts: [(range: Range<Int>, copyTable: Int?)], _ slot: Slot
  ) {
    guard case .plan(let index)? = slot.unit?.work else { return }
    slot.unit = nil
    guard let plan, !cuts.isEmpty else {
      pending.append(whole(index))
      return
    }
    for (part, cut) in cuts.enumerated().reversed() {
      pending.append(
        Unit(
          work: .scan([
            PlannedFile(
              file: index, range: cut.range, part: part, plan: plan, copyTable: cut.copyTable)
          ])))
    }
  }

  private func whole(_ index: Int) -> Unit {
    Unit(
      work: .scan([
        PlannedFile(file: index, range: 0..<files[index].size, part: 0, plan: nil, copyTable: nil)
      ]))
  }

  // MARK: workers that end

  private func endSilent() throws(ScanError) {
    let now = OwnProcess.monotonicSeconds
    for slot in slots where slot.unit != nil && now - slot.lastHeard > request.silenceSeconds {
      if case .scan(let planned)? = slot.unit?.work, planned.contains(where: { files[$0.file].isStream }) {
        continue
      }
      slot.wasSilent = true
      slot.lastHeard = now
      slot.child.kill()
    }
  }

  /// A worker is gone: what it had of the leaf under way is dropped, the leaf tried again alone.
  private func bury(_ index: Int) throws(ScanError) {
    let slot = slots[index]
    _ = slot.child.wait()
    if !slot.isReady { throw ScanError("a worker ended before it was ready") }
    slots[index] = try start()
    guard let unit = slot.unit else { return }
    switch unit.work {
    case .plan(let file): pending.append(whole(file))
    case .scan(let planned):
      let rest = Array(planned[min(slot.position, planned.count - 1)...])
      let item = rest[0]
      crashes[item.file, default: 0] += 1
      var next = Unit(work: .scan(rest), skip: slot.done + 1)
      next.then = unit.then
      if unit.isRetry || slot.wasSilent || files[item.file].isStream {
        loseLeaf(slot, item)
        if unit.isRetry { next = unit.then.first ?? next }
        if crashes[item.file, default: 0] > Self.mostCrashes || files[item.file].isStream {
          giveUp(item, rest, unit)
          return
        }
        pending.append(next)
        return
      }
      if crashes[item.file, default: 0] > Self.mostCrashes {
        loseLeaf(slot, item)
        giveUp(item, rest, unit)
        return
      }
      pending.append(
        Unit(work: .scan([item]), skip: slot.done, limit: 1, isRetry: true, then: [next]))
    }
  }

  private func loseLeaf(_ slot: Slot, _ item: PlannedFile) {
    var report = LeafReport()
    report.innerPath = slot.leaf?.path ?? ""
    report.format = "unread"
    let bytes = slot.leaf?.bytes ?? (slot.leaf?.path.isEmpty ?? true ? item.range.count : nil)
    report.bytes = bytes ?? 0
    report.gaps = [
      Gap(
        path: "", reason: slot.wasSilent ? .timeLimit : .workerCrash, bytes: bytes,
        message: slot.wasSilent
          ? "reading it took too long and was stopped; look at this file by itself"
          : "reading it ended a worker twice; please report the file's kind as a defect")
    ]
    entries[item.file][item.part, default: []].append(
      LeafEntry(report: report, identities: [], findings: []))
  }

  private func giveUp(_ item: PlannedFile, _ rest: [PlannedFile], _ unit: Unit) {
    gaps.append(
      Gap(
        path: files[item.file].text, reason: .workerCrash, bytes: nil,
        message: "more than \(Self.mostCrashes) leaves ended a worker; the rest was not read"))
    if rest.count > 1 { pending.append(Unit(work: .scan(Array(rest.dropFirst())), then: unit.then)) }
  }

  private func interrupt() {
    interrupted = true
    for slot in slots { slot.child.kill() }
    for slot in slots { _ = slot.child.wait() }
    var unread: [Int: Int] = [:]
    func lose(_ unit: Unit) {
      switch unit.work {
      case .plan(let file): unread[file, default: 0] += files[file].size
      case .scan(let planned):
        for item in planned { unread[item.file, default: 0] += item.range.count }
      }
      for next in unit.then { lose(next) }
    }
    for unit in pending { lose(unit) }
    for slot in slots {
      guard let unit = slot.unit else { continue }
      if case .scan(let planned) = unit.work {
        lose(Unit(work: .scan(Array(planned[min(slot.position, planned.count - 1)...])), then: unit.then))
      } else {
        lose(unit)
      }
    }
    for (file, bytes) in unread.sorted(by: { $0.key < $1.key }) {
      gaps.append(
        Gap(
          path: files[file].text, reason: .interrupted, bytes: bytes,
          message: "the scan was stopped before this was read"))
    }
  }
}
