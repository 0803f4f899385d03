internal import BreachBytes
internal import BreachModel

/// A hit of free text that waits for the end of its line or form.
struct HeldHit {
  var detector: Int
  var type: DataType
  var role: ColumnRole
  var confidence: Confidence
  var verdict: Verdict
  /// By the raw value of `FieldGroup`.
  var group: Int
  /// A hash of the label before it; 0 without one.
  var label: UInt64
  var isWeak: Bool
  /// As in `TextHit`.
  var alone: Confidence
  var digest: UInt64
  /// Digests of the parts of a name that has both.
  var names: (family: UInt64, given: UInt64)?
  /// The same value, or the same label, came before in the group.
  var isDoubled = false
  /// It is a finding.
  var isCounted = false
}

/// The hits of one line, or of a form: lines with a label each that belong together.
struct HitGroup {
  /// At most this much confidence has a weak value with nothing beside it that tells whose it is.
  static let unlinked = Confidence(rawValue: 45)
  /// A login with its password, or the machine that it came from, and nobody's name.
  static let credentials = Confidence(rawValue: 75)
  /// Two things that are kept of persons, and nothing that tells whose they are.
  static let kindred = Confidence(rawValue: 70)
  /// What forms ask of persons.
  static let asked = TypeSet([
    .personName, .birthDate, .gender, .address, .postalCode, .phoneNumber, .emailAddress,
    .nationalID,
  ])
  /// What is sent along with a login, or known of whom it belongs to.
  static let besideLogin = TypeSet([
    .password, .passwordHash, .ipAddress, .macAddress, .deviceID, .birthDate, .cardSecurityCode,
    .cardExpiry,
  ])
  /// What is kept of persons, and of hardly anything else under words that mean just that.
  static let kept = TypeSet([
    .personName, .personNameKana, .birthDate, .gender, .age, .address, .postalCode, .phoneNumber,
    .nationalID, .iban, .memberID, .loginID, .password, .passwordHash, .cardSecurityCode,
    .cardExpiry, .secretAnswer, .apiToken, .deviceID, .macAddress,
  ])
  /// What is kept from others, and sent all the same.
  static let secrets = TypeSet([
    .password, .cardSecurityCode, .cardExpiry, .secretAnswer,
  ])
  /// Lines of a form at most.
  static let longest = 64

  var hits: [HeldHit] = []
  /// Of each hit, when findings are wanted.
  var findings: [Finding] = []
  /// Digests of the hits.
  var seen: Set<UInt64> = []
  /// Hashes of the labels of a form in cells, with or without a hit.
  var labels: Set<UInt64> = []
  var row: UInt64 = 0
  /// In a table of keys and values, a hash of whose they are, and the key of that row elsewhere.
  var owner: UInt64 = 0
  var rowKey: (digest: UInt64, space: UInt64)?
  /// Lines with hits.
  var lines = 0
  /// Each line so far begins with a label.
  var isForm = false
  /// What came since the last hit; the text behind it lies in the same batch from here on.
  var restStart = 0
  var restLines = 0
  var restBytes = 0
  /// Those of them that are empty.
  var blankLines = 0
  /// The last hit's label has the line above to itself: such forms have empty lines inside.
  var isBelow = false
  /// The line that the text since the last hit ends in has something in it.
  var hasText = true
  /// An empty line, or too much, came since the last hit.
  var isBroken = false

  mutating func removeAll() {
    hits.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
    seen.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    (row, lines, isForm) = (0, 0, false)
    (owner, rowKey) = (0, nil)
  }

  /// Another line with hits belongs to the group.
  mutating func add(row hash: UInt64) {
    lines += 1
    row = row &* 0x9E37_79B9_7F4A_7C15 ^ hash
  }

  /// Looks over text behind the last hit.
  mutating func pass(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard !isBroken, !range.isEmpty else { return }
    restBytes += range.count
    if restBytes > 2_048 {
      isBroken = true
      return
    }
    for at in range {
      let byte = text[at]
      if byte == 0x0A {
        restLines += 1
        blankLines += hasText ? 0 : 1
        if blankLines > (isBelow ? 1 : 0) || restLines > 6 {
          isBroken = true
          return
        }
        hasText = false
      } else if isAlphanumeric(byte) || byte >= 0x80 {
        hasText = true
      }
    }
  }
}

extension Engine {
  func take(_ hit: TextHit, inLine batch: borrowing RecordBatch, origin: Int? = nil) {
    let start = hit.range.lowerBound
    let piece = origin ?? pieceStart(of: start, batch)
    let label = hit.label.map { labelHash(batch, $0) } ?? 0
    if piece != textState.piece {
      enterLine(batch, piece, hit, label, isLoose: origin != nil)
      textState.piece = piece
      // The end of the group before may have left another value's.
      restoreNormalForm(of: hit, batch)
    }
    if options.wantsFindings {
      let from = min(textState.lineCursor, start)
      textState.line += BreachBytes.count(0x0A, in: batch.text.span, from..<start)
      textState.lineCursor = start
    }
    textState.group.restStart = hit.range.upperBound
    (textState.group.restLines, textState.group.restBytes) = (0, 0)
    (textState.group.hasText, textState.group.isBroken) = (true, false)
    textState.group.blankLines = 0
    textState.group.isBelow = hit.label.map { isAbove($0, start, batch) } ?? false
    let place = Place(
      start: start,
      length: hit.range.count,
      record: nil,
      line: textState.line,
      column: nil,
      plain: hit.range
    )
    hold(hit, batch, label, place)
  }

  /// A line with a hit begins: it goes on with the form so far, or begins a group of its own.
  @inline(__always)
  private func enterLine(
    _ batch: borrowing RecordBatch,
    _ line: Int,
    _ hit: TextHit,
    _ label: UInt64,
    isLoose: Bool
  ) {
    let isItem = batch.lineOffset == 0 && hit.label.map { isAtLine($0, batch) } == true
    var goesOn =
      textState.group.isForm && textState.group.lines < HitGroup.longest
      && (isItem || isBareMailbox(hit, line, batch))
    if goesOn {
      // What lies between stretches is no text.
      let rest = isLoose ? line : textState.group.restStart
      textState.group.pass(batch.text.span, rest..<max(rest, line))
      goesOn = !textState.group.isBroken && !textState.group.hits.contains { $0.label == label }
      if goesOn, textState.group.blankLines > 0 { goesOn = !isNextPerson(hit) }
    }
    if !goesOn {
      flushGroup()
      textState.group.isForm = isItem
    }
    let end = lineEnd(line, batch)
    textState.group.add(row: rowHash(batch.text.span.extracting(line..<end), key: rowKey))
  }

  /// Behind an empty line another name, under whatever label, is the next person's.
  private func isNextPerson(_ hit: TextHit) -> Bool {
    guard hit.type == .personName, hit.role == .whole else { return false }
    for held in textState.group.hits
    where held.type == .personName && held.role == .whole
      && held.group == Int(hit.group.rawValue)
    {
      return true
    }
    return false
  }

  /// A mailbox that has its line to itself, but for one word at most: in forms and signatures it
  /// needs no label.
  private func isBareMailbox(_ hit: TextHit, _ line: Int, _ batch: borrowing RecordBatch) -> Bool {
    guard hit.type == .emailAddress, hit.label == nil, hit.range.lowerBound - line <= 12 else {
      return false
    }
    for at in line..<hit.range.lowerBound {
      switch batch.text[at] {
      case 0x20, 0x3A, 0x3C, 0x09: continue
      case let byte: if !isLetter(byte) { return false }
      }
    }
    var at = hit.range.upperBound
    while at < batch.text.count, batch.text[at] == 0x20 || batch.text[at] == 0x3E { at += 1 }
    return at == batch.text.count || batch.text[at] == 0x0A || batch.text[at] == 0x0D
  }

  /// The label begins its line, or has the line above the value to itself; behind a brace the line is
  /// a record of its own.
  private func isAtLine(_ label: Range<Int>, _ batch: borrowing RecordBatch) -> Bool {
    var at = label.lowerBound
    while at > 0, batch.text[at - 1] == 0x22 || batch.text[at - 1] == 0x27 { at -= 1 }
    if at > 0, batch.text[at - 1] == 0x7B { return false }
    return beginsLine(batch, label.lowerBound)
  }

  /// A line ends between the label and the value.
  private func isAbove(_ label: Range<Int>, _ value: Int, _ batch: borrowing RecordBatch) -> Bool {
    for at in label.upperBound..<max(label.upperBound, value) where batch.text[at] == 0x0A {
      return true
    }
    return false
  }

  func labelHash(_ batch: borrowing RecordBatch, _ label: Range<Int>) -> UInt64 {
    vocabularyKey.load(batch.text.span, label)
    let bytes = vocabularyKey.bytes
    return rowHash(bytes.span, key: 0) | 1
  }

  /// A batch of text is over: a form may go on in the next, lines do not.
  func leaveBatch(_ batch: borrowing RecordBatch) {
    guard textState.group.isForm else {
      flushGroup()
      return
    }
    let end = batch.body.upperBound
    textState.group.pass(batch.text.span, min(end, textState.group.restStart)..<end)
    textState.group.restStart = 0
    if textState.group.isBroken { flushGroup() }
  }

  /// Keeps a hit, with the digests of its normal form, until its group is over.
  func hold(_ hit: TextHit, _ batch: borrowing RecordBatch, _ label: UInt64, _ place: Place) {
    let type = hit.type
    guard options.types.contains(type) else { return }
    let group = Int(hit.group.rawValue)
    let isPart = Self.isPart(hit)
    var held = HeldHit(
      detector: hit.detector,
      type: type,
      role: isPart ? hit.role : .whole,
      confidence: hit.confidence,
      verdict: hit.verdict,
      group: group,
      label: label,
      isWeak: hit.isWeak,
      alone: hit.alone,
      digest: cells.digester.digest(type.rawValue, cells.value.normal.span)
    )
    if isPart {
      if let kind = AttributeKind(part: hit.role, of: type) {
        held.digest = cells.digest(ofNormal: 0..<cells.value.normal.count, kind)
      }
      cells.keepPart(type, hit.role, group)
    } else if type == .personName, let split = cells.checks.name.split,
      split <= cells.value.normal.count
    {
      let end = cells.value.normal.count
      held.names = (
        cells.digest(ofNormal: 0..<split, .familyName),
        cells.digest(ofNormal: split..<end, .givenName)
      )
    }
    markDoubled(&held)
    textState.group.hits.append(held)
    guard options.wantsFindings else { return }
    if options.values == .plain, hit.isCoded { cells.spelled = spelled(coded: hit.range, batch) }
    defer { cells.spelled = nil }
    textState.group.findings.append(
      cells.finding(
        type,
        hit.detector,
        hit.confidence,
        hit.evidence,
        hit.verdict.isSample,
        cells.fullDigest(type, cells.value.normal.span),
        batch,
        place
      )
    )
  }

  /// Of one kind a person has one in a line, or one under each label.
  private func markDoubled(_ held: inout HeldHit) {
    // Two addresses of machines in a line are no sign of two persons.
    guard held.role == .whole, held.type != .ipAddress else { return }
    for other in textState.group.hits
    where other.role == .whole && other.type == held.type && other.group == held.group {
      if other.label == held.label || other.label == 0 || held.label == 0 {
        held.isDoubled = true
        return
      }
    }
  }

  /// A value of which the other parts stand under labels of their own.
  private static func isPart(_ hit: TextHit) -> Bool {
    switch hit.role {
    case .whole, .middle, .numberPart: false
    default: hit.label != nil
    }
  }

  // MARK: the end of a group

  /// One line, or one form, is one person when nothing in it comes twice, else each value of what
  /// does stands for itself.
  func flushGroup() {
    guard !textState.group.hits.isEmpty else {
      textState.group.removeAll()
      return
    }
    joinHeldParts()
    let limit = limitOfWeak()
    for index in textState.group.hits.indices { count(index, limit) }
    if options.wantsPersons { identify() }
    textState.group.removeAll()
  }

  /// How far a weak value of the group is believed: all the way beside one that tells who it is, or
  /// where a name and two other things that forms ask of persons stand together; as likely where two
  /// things do that are kept of persons.
  private func limitOfWeak() -> Confidence {
    var types = TypeSet(rawValue: 0)
    for held in textState.group.hits {
      if !held.isWeak, held.confidence.level >= .likely, IdentityPacker.identifies(held.type) {
        return Confidence(rawValue: 100)
      }
      types.insert(held.type)
    }
    let asked = types.rawValue & HitGroup.asked.rawValue
    if types.contains(.personName), asked.nonzeroBitCount >= 3 {
      return Confidence(rawValue: 100)
    }
    let isLogin = types.contains(.loginID) && types.shares(HitGroup.besideLogin)
    // Sent from somewhere.
    let isSent = types.contains(.ipAddress) && types.shares(HitGroup.secrets)
    if isLogin || isSent { return HitGroup.credentials }
    return holdsTwoKept ? HitGroup.kindred : HitGroup.unlinked
  }

  /// Two things that are kept of persons, each certain or under a word that means just that.
  private var holdsTwoKept: Bool {
    var types = TypeSet(rawValue: 0)
    for held in textState.group.hits
    where !held.isWeak && held.confidence.level >= .likely || held.alone >= HitGroup.unlinked {
      types.insert(held.type)
    }
    return (types.rawValue & HitGroup.kept.rawValue).nonzeroBitCount >= 2
  }

  /// A login, or what identifies by more than its shape, is in the group.
  private var hasOwner: Bool {
    textState.group.hits.contains {
      $0.type == .loginID && ($0.alone >= HitGroup.unlinked || textState.group.lines > 1)
        || !$0.isWeak && IdentityPacker.identifies($0.type)
          && ($0.type != .personName || $0.verdict.result == .pass)
    }
  }

  /// Counts a held hit as a finding, when it is one and not part of one.
  private func count(_ index: Int, _ limit: Confidence) {
    var held = textState.group.hits[index]
    // Of an illness it has to be known whose it is.
    let limit = held.type.isSensitive && limit == HitGroup.kindred ? HitGroup.unlinked : limit
    if held.isWeak, held.confidence > limit {
      held.confidence = limit == HitGroup.unlinked ? held.alone : limit
    }
    // PASS: is what tests print, too; more than what has the shape of a name has to stand beside it.
    if held.type == .password, held.alone < HitGroup.unlinked, !hasOwner, !holdsTwoKept {
      held.confidence = held.alone
    }
    textState.group.hits[index].confidence = held.confidence
    guard held.role == .whole, cells.isWanted(held.type, held.confidence) else { return }
    textState.group.hits[index].isCounted = true
    cells.tallies[Int(held.type.rawValue)].add(
      held.confidence.level,
      isSample: held.verdict.isSample
    )
    if held.type == .nationalID {
      cells.nationalIDs[held.detector].add(held.confidence.level, isSample: held.verdict.isSample)
    }
    if options.wantsFindings {
      var finding = textState.group.findings[index]
      finding.confidence = held.confidence
      cells.findings.append(finding)
    }
  }

  /// Packs the identities of a group.
  private func identify() {
    let hits = textState.group.hits
    let row = textState.group.row
    cells.beginRecord()
    if let key = textState.group.rowKey {
      cells.touched |= 1
      cells.drafts[0].add(key: key.digest, in: key.space)
    }
    let isApart = textState.group.lines == 1 && hits.contains { $0.isDoubled }
    for held in hits {
      if held.role != .whole {
        if let kind = AttributeKind(part: held.role, of: held.type) {
          cells.touched |= 1 << held.group
          cells.drafts[held.group].add(kind, held.digest)
        }
        continue
      }
      guard held.isCounted, isNew(held) else { continue }
      if isApart || held.isDoubled {
        cells.addAlone(held, row: row)
      } else {
        cells.addToDraft(held)
      }
    }
    cells.closeText(row: row)
  }

  /// The same value again says nothing new of anybody.
  private func isNew(_ held: HeldHit) -> Bool {
    textState.group.seen.insert(held.digest &+ UInt64(held.type.rawValue)).inserted
  }

  /// 姓：… 名：… make one name, counted at the first of its parts.
  private func joinHeldParts() {
    guard cells.hasParts else { return }
    var done: Set<Int> = []
    for index in textState.group.hits.indices where textState.group.hits[index].role != .whole {
      let part = textState.group.hits[index]
      guard done.insert(Int(part.type.rawValue) << 8 | part.group).inserted,
        let verdict = cells.joined(part.type, part.group)
      else { continue }
      let spelled = options.values == .plain ? spelledParts(like: part) : nil
      // The whole stands where its first part stood, and the part behind all others.
      textState.group.hits.append(part)
      var whole = part
      whole.role = .whole
      whole.verdict = verdict
      whole.digest = cells.digester.digest(part.type.rawValue, cells.value.normal.span)
      if verdict.result == .fail {
        whole.confidence = Confidence(hundredths: Int(part.confidence.rawValue) - 40)
      }
      textState.group.hits[index] = whole
      guard options.wantsFindings else { continue }
      textState.group.findings.append(textState.group.findings[index])
      textState.group.findings[index].digest = cells.fullDigest(
        part.type,
        cells.value.normal.span
      )
      if let spelled { textState.group.findings[index].value = spelled }
    }
    cells.forgetParts()
    judged = (0..<0, .filled, .whole)
  }
}
