internal import BreachBytes
internal import BreachModel
internal import BreachReaders

/// Hands units to workers and gathers what they say; parses no evidence itself.
///
/// A worker that ends costs one leaf: the leaf is tried once more alone, then it is a gap.
final class Supervisor {
  let request: ScanRequest
  let files: [SourceFile]
  var pending: [Unit]
  var slots: [Slot] = []
  let store: BlobStore
  /// By file and part, in leaf order.
  var entries: [[Int: [LeafEntry]]]
  /// Gaps that belong to no leaf's report.
  var gaps: [Gap] = []
  /// What a stop left unread.
  var unread: [Unread] = []
  var interrupted = false
  /// Files that were longer when they were opened than when they were found.
  var grown: Set<Int> = []
  /// By file: members of a container that ended a worker.
  var lostMembers: [Int: Int] = [:]
  /// What workers said of their time.
  var timings = Timings()
  var bytesDone = 0
  var filesDone = 0
  /// Records that identify a person, in the leaves that are done.
  var personRecords = 0
  let started = OwnProcess.monotonicSeconds
  let progress: ((ScanProgress) -> Void)?
  /// Given the findings as they come, in no order, and keeps none; nil: they are kept for the reports.
  var takeFindings: (([Finding]) -> Void)?
  let totalBytes: Int
  var reported = 0.0

  /// Members that may end a worker before the rest of their container is given up.
  static let mostLost = 8

  init(
    _ request: ScanRequest,
    _ files: [SourceFile],
    _ store: BlobStore,
    _ progress: ((ScanProgress) -> Void)?
  ) {
    self.request = request
    self.files = files
    self.store = store
    self.progress = progress
    totalBytes = files.reduce(0) { $0 + $1.size }
    // A unit's files are open at once, beside a channel per worker and a few of our own.
    let most = OwnProcess.descriptorLimit - request.jobs - 16
    pending = UnitList.units(files, unitSize: request.unitSize, most: most).reversed()
    entries = Array(repeating: [:], count: files.count)
  }

  /// One worker and what it is busy with.
  final class Slot {
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
    for _ in 0..<min(request.jobs, mostUnits) { slots.append(try start()) }
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

  /// Units that what is pending can become.
  var mostUnits: Int {
    pending.reduce(0) { count, unit in
      switch unit.work {
      case .plan(let file, let unitSize): count + (files[file].size - 1) / unitSize + 1
      case .scan: count + 1
      }
    }
  }

  /// Tells how far the scan is, a few times a second at most.
  func report() {
    guard let progress else { return }
    let now = OwnProcess.monotonicSeconds
    guard now - reported >= 0.1 else { return }
    reported = now
    progress(
      ScanProgress(
        bytes: bytesDone,
        totalBytes: totalBytes,
        filesDone: filesDone,
        files: files.count,
        persons: personRecords,
        seconds: now - started
      )
    )
  }

  // MARK: workers

  func start() throws(ScanError) -> Slot {
    do throws(SystemError) {
      let child = try Child.start(request.program, arguments: [Worker.argument])
      let slot = Slot(child)
      try slot.child.channel.send(setup.message)
      return slot
    } catch {
      throw ScanError("a worker cannot be started: \(error)")
    }
  }

  lazy var setup = WorkerSetup(
    key: request.key,
    types: request.types,
    minConfidence: request.minConfidence,
    wantsFindings: request.wantsFindings,
    wantsParts: request.wantsParts,
    values: request.values,
    wantsPersons: request.wantsPersons,
    wantsTimings: request.wantsTimings,
    wantsHashes: files.count > 1 || request.wantsStore,
    encoding: request.encoding,
    delimiter: request.delimiter,
    hasHeader: request.hasHeader,
    passwords: request.passwords,
    tables: request.tables,
    opensMail: request.opensMail,
    ageDay: request.ageDay,
    patterns: request.patterns,
    limits: request.limits,
    trapAt: request.trapAt
  )

  func assign() throws(ScanError) {
    for slot in slots where slot.isReady && slot.unit == nil {
      guard let unit = pending.popLast() else { return }
      send(unit, to: slot)
    }
  }

  func send(_ unit: Unit, to slot: Slot) {
    slot.lastHeard = OwnProcess.monotonicSeconds
    switch unit.work {
    case .plan(let index, let unitSize):
      guard let file = open(index, part: 0) else { return }
      slot.unit = unit
      let task = PlanTask(
        number: index,
        path: files[index].text,
        size: files[index].size,
        unitSize: unitSize
      )
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
      // What is to be skipped are leaves of the first file.
      if opened[0].file != planned[0].file { unit.skip = 0 }
      unit.work = .scan(opened)
      let task = UnitTask(
        number: 0,
        files: opened.map { item in
          UnitFile(
            path: files[item.file].text,
            range: item.range,
            plan: item.plan,
            copyTable: item.copyTable,
            messages: item.messages,
            isStream: files[item.file].isStream
          )
        },
        skip: unit.skip,
        limit: unit.limit,
        isCareful: unit.isCareful
      )
      slot.unit = unit
      slot.position = 0
      slot.done = unit.skip
      slot.leaf = nil
      // A worker that is gone already is noticed when its channel is read.
      try? slot.child.channel.send(task.message, descriptors: descriptors)
      _ = handles
    }
  }

  final class FileBox {
    let file: File
    init(_ file: consuming File) { self.file = file }
  }

  func openBox(_ index: Int, part: Int) -> FileBox? {
    guard let file = open(index, part: part) else { return nil }
    return FileBox(file)
  }

  /// Opens a file and makes sure that it is the one that was found.
  func open(_ index: Int, part: Int) -> File? {
    let source = files[index]
    if source.isStream && source.path == [0x2D] {
      if let input = File(duplicating: 0) { return input }
      lose(index, part, .readError, "standard input is closed")
      return nil
    }
    do throws(SystemError) {
      let file = try Self.file(source)
      let status = try file.status()
      if !source.isStream && (status.device != source.device || status.inode != source.inode) {
        lose(index, part, .changed, "replaced by another file while the scan ran; scan it again")
        return nil
      }
      if !source.isStream && status.size > source.size { grown.insert(index) }
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
      let reason: GapReason =
        error.isPermission ? .permission : error == .notFound ? .missing : .readError
      lose(index, part, reason, "cannot be opened: \(error)")
      return nil
    }
  }

  static func file(_ source: SourceFile) throws(SystemError) -> File {
    if source.isStream { return try File.open(source.path, following: true, waiting: true) }
    do throws(SystemError) { return try File.open(source.path) } catch {
      guard error == .nameTooLong else { throw error }
      return try File.open(longPath: source.path)
    }
  }

  func lose(_ index: Int, _ part: Int, _ reason: GapReason, _ message: String) {
    var report = LeafReport()
    report.format = "unread"
    report.bytes = files[index].size
    report.gaps = [Gap(path: "", reason: reason, bytes: files[index].size, message: message)]
    entries[index][part, default: []].append(
      LeafEntry(report: report, identities: [], findings: [])
    )
    filesDone += 1
  }

  // MARK: what workers say

  func listen(to index: Int) throws(ScanError) {
    let slot = slots[index]
    slot.lastHeard = OwnProcess.monotonicSeconds
    let received: Channel.Message?
    do throws(SystemError) { received = try slot.child.channel.receive() } catch { received = nil }
    guard let received else {
      try bury(index)
      return
    }
    var reader = WireReader(received.bytes, words: received.words)
    while !reader.isAtEnd {
      guard let reply = try? WorkerReply(&reader) else {
        // Its word is not to be trusted any more; its end is noticed when the channel is read.
        slot.child.kill()
        return
      }
      try take(reply, slot)
    }
  }

  func take(_ reply: WorkerReply, _ slot: Slot) throws(ScanError) {
    switch reply {
    case .ready: slot.isReady = true
    case .refused(let text): throw ScanError(text)
    case .leafBegun(let position, let path, let bytes):
      guard case .scan(let planned)? = slot.unit?.work, planned.indices.contains(position),
        position == slot.position
      else {
        slot.child.kill()
        return
      }
      slot.leaf = (path, bytes)
    case .identities(let chunk): slot.identities.append(store.append(chunk))
    case .findings(let findings, _) where takeFindings != nil: takeFindings?(findings)
    case .findings(let findings, let columns):
      slot.findings.append(
        store.append(WorkerReply.findings(findings, columns: columns).message)
      )
    case .progress(let bytes): bytesDone += bytes
    case .leafDone(let report):
      personRecords += report.persons
      finishLeaf(report, slot)
    case .fileDone:
      slot.position += 1
      slot.done = 0
    case .unitDone: finishUnit(slot)
    case .planned(let plan, let cuts): planned(plan, cuts, slot)
    case .timings(let more): timings += more
    }
  }

  func finishLeaf(_ report: LeafReport, _ slot: Slot) {
    guard case .scan(let planned)? = slot.unit?.work, slot.position < planned.count else { return }
    let item = planned[slot.position]
    entries[item.file][item.part, default: []].append(
      LeafEntry(report: report, identities: slot.identities, findings: slot.findings)
    )
    slot.identities = []
    slot.findings = []
    slot.leaf = nil
    slot.done += 1
  }

  func finishUnit(_ slot: Slot) {
    if let unit = slot.unit {
      for next in unit.then.reversed() { pending.append(next) }
      if case .scan(let planned) = unit.work, unit.limit == nil { filesDone += planned.count }
    }
    slot.unit = nil
  }

  func planned(_ plan: LeafPlan?, _ cuts: [UnitCut], _ slot: Slot) {
    guard case .plan(let index, _)? = slot.unit?.work else { return }
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
              file: index,
              range: cut.range,
              part: part,
              plan: plan,
              copyTable: cut.copyTable,
              messages: cut.messages
            )
          ])
        )
      )
    }
  }

  func whole(_ index: Int) -> Unit {
    Unit(
      work: .scan([
        PlannedFile(file: index, range: 0..<files[index].size, part: 0, plan: nil, copyTable: nil)
      ])
    )
  }
}
