internal import BreachBytes
internal import BreachDetectors
internal import BreachModel
internal import BreachReaders

/// Goes through the files of a unit, and through containers down to their leaves.
final class UnitScanner {
  let setup: WorkerSetup
  let leafScanner: LeafScanner
  let send: (WorkerReply) -> Void
  private var file = 0
  /// Leaves of the current file begun so far.
  private var leaves = 0
  private var skip = 0
  var limit: Int?
  /// Bytes unfolded from the current file.
  var expanded = 0

  init(
    _ setup: WorkerSetup,
    _ leafScanner: LeafScanner,
    _ send: @escaping (WorkerReply) -> Void
  ) {
    self.setup = setup
    self.send = send
    self.leafScanner = leafScanner
  }

  /// Scans the files of `task`, read through `descriptors`, in order.
  func scan(_ task: UnitTask, _ descriptors: [Int32]) {
    limit = task.limit
    for (index, unitFile) in task.files.enumerated() {
      file = index
      leaves = 0
      skip = index == 0 ? task.skip : 0
      expanded = 0
      let handle = File(owning: descriptors[index])
      let source: any ByteSource =
        unitFile.isStream
        ? StreamSource(handle) : FileSource(handle, range: unitFile.range)
      leaf(
        source,
        size: unitFile.isStream ? nil : unitFile.range.count,
        inner: [],
        outer: unitFile.path,
        depth: 0,
        unitFile
      )
      if isOver { break }
      send(.fileDone)
    }
  }

  /// The retry of one leaf is done, or a limit of the whole file was met.
  var isOver: Bool { limit.map { leaves >= skip + $0 } ?? false }

  // MARK: leaves

  /// One leaf or container; `inner` is the path inside the file.
  func leaf(
    _ source: any ByteSource,
    size: Int?,
    inner: [String],
    outer: String,
    depth: Int,
    _ unitFile: UnitFile? = nil,
    unpackedFrom packed: [String]? = nil,
    isMail: Bool = false
  ) {
    if let unitFile, let messages = unitFile.messages {
      let offset = unitFile.range.lowerBound
      let reader = MailReader(source, head: [], isMailbox: true, offset: offset, messages: messages)
      mail(reader, size: size, inner, outer, depth, isMailbox: true)
      return
    }
    if let unitFile, let plan = unitFile.plan {
      begin(inner: inner, bytes: size)
      scanText(
        source,
        head: [],
        size: size,
        inner,
        outer,
        charset: plan.charset,
        bom: plan.bomLength,
        unitFile
      )
      return
    }
    var head: [UInt8] = []
    var failure: ReadFailure?
    do throws(ReadFailure) {
      while head.count < ContentSniffer.headSize {
        let wanted = head.count < 64 << 10 ? 64 << 10 : ContentSniffer.headSize - head.count
        if try source.read(into: &head, upTo: wanted) == 0 { break }
      }
    } catch {
      failure = error
    }
    let isWhole = head.count < ContentSniffer.headSize
    if let failure, head.isEmpty {
      begin(inner: inner, bytes: size)
      fail(failure.gap(path: "", bytes: size), inner)
      return
    }
    switch content(head, isWhole: isWhole, isMail: isMail) {
    case .mail(let isMailbox):
      let reader = MailReader(ReplaySource(head, then: source), head: head, isMailbox: isMailbox)
      mail(reader, size: size, inner, outer, depth, isMailbox: isMailbox)
    case .container(let kind):
      // A packed tar is one container for everybody but us.
      let path = kind == .tar ? packed ?? inner : inner
      container(ReplaySource(head, then: source), kind, size: size, path, outer, depth)
    case .empty:
      begin(inner: inner, bytes: 0)
      if isSkipped { return }
      var report = report(inner)
      report.format = "empty"
      send(.leafDone(report))
    case .notText(let name):
      begin(inner: inner, bytes: size ?? (isWhole ? head.count : nil))
      if isSkipped { return }
      var report = report(inner)
      report.format = name
      report.isNotText = true
      let seen = size.map { (bytes: $0, failure: nil) } ?? drain(source, after: head.count)
      report.bytes = seen.bytes
      report.readBytes = report.bytes
      if let failure = seen.failure { report.gaps.append(failure.gap(path: "", bytes: nil)) }
      send(.leafDone(report))
    case .unsupported(let name, let reason):
      begin(inner: inner, bytes: size ?? (isWhole ? head.count : nil))
      if isSkipped { return }
      let bytes = size ?? drain(source, after: head.count).bytes
      fail(
        Gap(path: "", reason: reason, bytes: bytes, message: Self.advice(name, reason)),
        inner,
        bytes: bytes
      )
    case .text(let charset, let bom, let rival):
      begin(inner: inner, bytes: size ?? (isWhole ? head.count : nil))
      scanText(
        ReplaySource(head, then: source),
        head: head,
        size: size,
        inner,
        outer,
        charset: setup.encoding ?? charset,
        rival: setup.encoding == nil ? rival : nil,
        bom: bom,
        nil
      )
    }
  }

  /// What a leaf is; a mail inside a mail says so.
  private func content(_ head: [UInt8], isWhole: Bool, isMail: Bool) -> Content {
    let content = ContentSniffer.sniff(head.span, isWhole: isWhole)
    switch content {
    case .mail where !setup.opensMail:
      let found = CharsetDetector.detect(head.span, isWhole: isWhole)
      return .text(found.charset, bomLength: found.bomLength, rival: found.rival)
    case .text where isMail && setup.opensMail: return .mail(isMailbox: false)
    default: return content
    }
  }

  private static func advice(_ name: String, _ reason: GapReason) -> String {
    if reason == .needsPassword {
      return "\(name); decrypt it with the key of its receiver and scan that"
    }
    return reason.rawValue == "needs_ocr"
      ? "\(name): text in images is not read; look at it, or run OCR and scan the text"
      : "\(name) is not read by this version; export it as CSV or text and scan that"
  }

  /// Reads to the end without looking, to know how long it is.
  func drain(_ source: any ByteSource, after count: Int)
    -> (bytes: Int, failure: ReadFailure?)
  {
    var total = count
    var buffer: [UInt8] = []
    do throws(ReadFailure) {
      while expanded < setup.limits.expandedBytes {
        buffer.removeAll(keepingCapacity: true)
        let got = try source.read(into: &buffer, upTo: 256 << 10)
        if got == 0 { break }
        total += got
        expanded += got
      }
      return (total, nil)
    } catch {
      return (total, error)
    }
  }

  private func scanText(
    _ source: any ByteSource,
    head: [UInt8],
    size: Int?,
    _ inner: [String],
    _ outer: String,
    charset: Charset,
    rival: Charset? = nil,
    bom: Int,
    _ unitFile: UnitFile?
  ) {
    if isSkipped { return }
    let path = ([outer] + inner).joined(separator: "!/")
    trap(inner, outer)
    let isMember = !inner.isEmpty
    let budget =
      isMember ? BudgetSource(source, bytes: setup.limits.expandedBytes - expanded) : nil
    let bounded = budget ?? source
    let hashing = setup.wantsHashes || isMember ? HashingSource(bounded, key: hashKey) : nil
    var report = report(inner)
    leafScanner.scan(
      LeafScanner.Input(
        path: path,
        source: hashing ?? bounded,
        head: head,
        offset: unitFile?.range.lowerBound ?? 0,
        size: isMember ? nil : size,
        charset: charset,
        bomLength: bom,
        plan: unitFile?.plan,
        copyTable: unitFile?.copyTable
      ),
      into: &report
    )
    if let rival { report.notes.append(Self.doubt(charset, rival)) }
    report.contentHash = hashing?.hash
    expanded += report.readBytes
    if let budget, budget.isExhausted {
      report.gaps.append(
        Gap(
          path: "",
          reason: .byteLimit,
          bytes: nil,
          message: "the file unfolds to more than \(setup.limits.expandedBytes) bytes; "
            + "raise --max-expanded to read the rest"
        )
      )
    }
    if isMember { compare(&report, announced: size) }
    send(.leafDone(report))
  }

  private static func doubt(_ charset: Charset, _ rival: Charset) -> Note {
    Note(
      path: "",
      kind: "encoding.doubtful",
      message: "read as \(charset.id), but its few letters could be \(rival.id), too; "
        + "--encoding says which"
    )
  }

  /// Ends the worker where a test asks for it.
  func trap(_ inner: [String], _ outer: String) {
    guard let trap = setup.trapAt,
      ([outer] + inner).joined(separator: "!/").hasSuffix(trap)
    else { return }
    let empty: [UInt8] = []
    _ = empty[inner.count]
  }

  /// A member's announced size is believed only for what could not be read.
  private func compare(_ report: inout LeafReport, announced: Int?) {
    guard let announced, let gap = report.gaps.firstIndex(where: { $0.bytes == nil }),
      announced > report.readBytes
    else { return }
    report.bytes = announced
    report.gaps[gap].bytes = announced - report.readBytes
  }

  var hashKey: UInt64 { setup.key.bytes[8...].reduce(0) { $0 << 8 | UInt64($1) } }

  // MARK: containers

  private func container(
    _ source: any ByteSource,
    _ kind: ArchiveKind,
    size: Int?,
    _ inner: [String],
    _ outer: String,
    _ depth: Int
  ) {
    let archive: Archive
    do throws(ReadFailure) {
      guard depth < setup.limits.depth else {
        begin(inner: inner, bytes: size)
        if isSkipped { return }
        fail(
          Gap(
            path: "",
            reason: .depthLimit,
            bytes: size,
            message:
              "containers inside containers deeper than \(setup.limits.depth); unpack it first"
          ),
          inner
        )
        return
      }
      archive = try Archive(source, kind: kind, passwords: setup.passwords)
    } catch {
      begin(inner: inner, bytes: size)
      if isSkipped { return }
      fail(error.gap(path: "", bytes: size), inner)
      return
    }
    var members = 0
    var notes = NoteList()
    var names: [String: Int] = [:]
    var container = report(inner)
    container.isContainer = true
    container.format = kind.id
    container.bytes = size ?? 0
    do throws(ReadFailure) {
      while let member = try archive.next() {
        if isOver { return }
        members += 1
        guard members <= setup.limits.members else {
          container.gaps.append(
            Gap(
              path: "",
              reason: .entryLimit,
              bytes: nil,
              message: "more than \(setup.limits.members) members; the rest was not read"
            )
          )
          break
        }
        guard expanded < setup.limits.expandedBytes else {
          container.gaps.append(
            Gap(
              path: "",
              reason: .byteLimit,
              bytes: nil,
              message:
                "unfolds to more than \(setup.limits.expandedBytes) bytes; the rest was not read"
            )
          )
          break
        }
        if member.isDirectory { continue }
        let name = unique(memberName(member, archive, outer, inner), &names)
        guard member.isRegular || archive.isRaw else {
          notes.add(
            Note(
              path: ([outer] + inner + [name]).joined(separator: "!/"),
              kind: "special",
              message: "a link or device in the container; not followed"
            )
          )
          continue
        }
        if member.isEncrypted && setup.passwords.isEmpty {
          begin(inner: inner + [name], bytes: member.size)
          if isSkipped { continue }
          fail(ReadFailure.needsPassword.gap(path: "", bytes: member.size), inner + [name])
          continue
        }
        leaf(
          archive,
          size: archive.isRaw ? nil : member.size,
          inner: inner + [name],
          outer: outer,
          depth: depth + 1,
          unpackedFrom: archive.isRaw ? inner : nil
        )
        if let warning = archive.warning {
          notes.add(
            Note(
              path: ([outer] + inner + [name]).joined(separator: "!/"),
              kind: "mismatch",
              message: "read whole, but what the container says of it is wrong "
                + "(\(Display.safe(warning)))"
            )
          )
        }
      }
    } catch {
      container.gaps.append(error.gap(path: "", bytes: nil))
    }
    if isOver { return }
    container.notes = notes.notes
    // A container's own report comes as a leaf of its own, so that a crash behind it is told apart.
    begin(inner: inner, bytes: 0)
    if isSkipped { return }
    send(.leafDone(container))
  }

  /// A bare compressed stream's member is called as the file without its last suffix.
  private func memberName(
    _ member: ArchiveMember,
    _ archive: Archive,
    _ outer: String,
    _ inner: [String]
  ) -> String {
    if archive.isRaw {
      let own = (inner.last ?? outer).split(separator: "/").last.map(String.init) ?? "data"
      guard let dot = own.lastIndex(of: "."), dot > own.startIndex else { return own }
      return String(own[..<dot])
    }
    return member.name.isEmpty ? "unnamed" : PathText.text(of: member.name)
  }

  func unique(_ name: String, _ names: inout [String: Int]) -> String {
    let count = (names[name] ?? 0) + 1
    names[name] = count
    return count == 1 ? name : "\(name)#\(count)"
  }

  // MARK: telling the supervisor

  func begin(inner: [String], bytes: Int?) {
    leaves += 1
    if isSkipped { return }
    send(.leafBegun(file: file, path: inner.joined(separator: "!/"), bytes: bytes))
  }

  /// The leaf just begun was done by an earlier attempt, or lies behind the one to be retried.
  var isSkipped: Bool { leaves <= skip || (limit.map { leaves > skip + $0 } ?? false) }

  func report(_ inner: [String]) -> LeafReport {
    var report = LeafReport()
    report.innerPath = inner.joined(separator: "!/")
    return report
  }

  func fail(_ gap: Gap, _ inner: [String], bytes: Int? = nil) {
    if isSkipped { return }
    var report = report(inner)
    report.format = "unread"
    report.bytes = bytes ?? gap.bytes ?? 0
    report.gaps.append(gap)
    send(.leafDone(report))
  }
}

/// Gives no more than a number of bytes, and says when there would have been more.
private final class BudgetSource: ByteSource {
  private let source: any ByteSource
  private var left: Int
  private(set) var isExhausted = false

  init(_ source: any ByteSource, bytes: Int) {
    self.source = source
    left = max(0, bytes)
  }

  var size: Int? { source.size }
  func seek(to offset: Int) -> Bool { false }

  func read(into buffer: inout [UInt8], upTo count: Int) throws(ReadFailure) -> Int {
    if left == 0 {
      var probe: [UInt8] = []
      isExhausted = try source.read(into: &probe, upTo: 1) > 0 || isExhausted
      return 0
    }
    let got = try source.read(into: &buffer, upTo: min(count, left))
    left -= got
    return got
  }
}

extension ArchiveKind {
  /// The id in `by_format`.
  var id: String {
    switch self {
    case .zip: "zip"
    case .tar: "tar"
    case .sevenZip: "7z"
    case .compressed: "compressed"
    }
  }
}
