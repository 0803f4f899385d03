internal import BreachBytes
internal import BreachModel

/// Candidates that are marks behind a label: what follows is taken for a cell, the label for its
/// header.
extension Engine {
  /// How a value behind a mark is written.
  struct MarkedValue {
    var start: Int
    /// `key=value` without blanks: the value has none either.
    var isTight = false
    /// The quote that ends it; 0 for none.
    var quote: UInt8 = 0
    /// It stands on the line below its label.
    var isBelow = false
    /// Its label begins a line.
    var isItem = false
  }

  func marked(_ batch: borrowing RecordBatch, _ mark: Int, _ context: TextContext) {
    let end = context.bounds.upperBound
    let isLineEnd = batch.text[mark] < 0x20
    let label =
      isLineEnd
      ? labelOfLine(batch, mark, context) : labelBefore(batch, markEnd(batch, mark), context)
    guard let range = label.range, let meaning = label.meaning, let type = meaning.type,
      let value = isLineEnd
        ? valueBelow(batch, mark, range.lowerBound, end)
        : markedValue(batch, mark, range.lowerBound, end)
    else { return }
    if type == .personName, meaning.isAmbiguous, takesLogin(batch, label, value, end) { return }
    findMarkedEnds(batch, value, type, end)
    proposeMarked(batch, value, label, meaning, type)
  }

  /// Proposes the first end of `valueEnds` under which what begins at `value` is one of the type.
  func proposeMarked(
    _ batch: borrowing RecordBatch,
    _ value: MarkedValue,
    _ label: LabelReading,
    _ meaning: Meaning,
    _ type: DataType
  ) {
    for number in set.detectors(of: type)
    where meaning.detector.map({ Int($0) == number }) ?? true {
      guard let rule = set.cellRules[number] else { continue }
      for index in valueEnds.indices {
        let range = value.start..<valueEnds[index]
        let isCoded = value.isTight && isQuery(batch, label.range, range)
        guard let hit = judge(batch, rule, range, label, role: meaning.role, isCoded: isCoded)
        else { continue }
        if hit.isWeak,
          cells.value.saysNothing(set.words) || isPlaceholder(batch, range, value, type)
        {
          continue
        }
        // A mailbox is a mailbox, whatever it serves as.
        if type == .loginID || type == .memberID, holdsAt(batch, range) { return }
        propose(hit)
        break
      }
    }
  }

  /// `user=taro01`: where a word may mean a name or a login, one word with a digit or a mark in it is
  /// a login.
  func takesLogin(
    _ batch: borrowing RecordBatch,
    _ label: LabelReading,
    _ value: MarkedValue,
    _ end: Int
  ) -> Bool {
    findMarkedEnds(batch, value, .loginID, end)
    guard let stop = valueEnds.first, let number = set.detector(of: .loginID),
      let rule = set.cellRules[number]
    else { return false }
    var isPlain = true
    for at in value.start..<stop {
      let byte = batch.text[at]
      if byte >= 0x80 || byte == 0x20 || byte == 0x40 { return false }
      isPlain = isPlain && isLetter(byte)
    }
    guard !isPlain || lowercased(batch.text[value.start]) == batch.text[value.start],
      !isPlaceholder(batch, value.start..<stop, value, .loginID)
    else { return false }
    var login = label
    login.meaning?.type = .loginID
    guard let hit = judge(batch, rule, value.start..<stop, login) else { return false }
    propose(hit)
    return true
  }

  /// `?a=b&`: the value is one of a query's, and coded like them.
  private func isQuery(
    _ batch: borrowing RecordBatch,
    _ label: Range<Int>?,
    _ value: Range<Int>
  ) -> Bool {
    guard let label else { return false }
    let before = label.lowerBound > 0 ? batch.text[label.lowerBound - 1] : 0x0A
    let behind = value.upperBound < batch.text.count ? batch.text[value.upperBound] : 0x0A
    guard before == 0x3F || before == 0x26 || behind == 0x26 else { return false }
    for at in value where batch.text[at] == 0x25 || batch.text[at] == 0x2B { return true }
    return false
  }

  /// Behind the mark, which is the last that stands between label and value.
  private func markEnd(_ batch: borrowing RecordBatch, _ mark: Int) -> Int {
    min(batch.text.count, mark + (batch.text[mark] < 0x80 ? 1 : 3))
  }

  /// What the line that ends at `end` announces when a label is all there is in it.
  private func labelOfLine(_ batch: borrowing RecordBatch, _ end: Int, _ context: TextContext)
    -> LabelReading
  {
    let floor = max(context.bounds.lowerBound, end - 80)
    guard let range = Self.labelLine(batch.text.span, floor, end) else { return LabelReading() }
    vocabularyKey.load(batch.text.span, range)
    return LabelReading(meaning: set.vocabulary.meaning(of: vocabularyKey), range: range)
  }

  private func valueBelow(
    _ batch: borrowing RecordBatch,
    _ lineEnd: Int,
    _ label: Int,
    _ end: Int
  ) -> MarkedValue? {
    lineBelow(batch, label, lineEnd, end).map {
      MarkedValue(start: $0, isBelow: true, isItem: true)
    }
  }

  /// Where the value begins and how it is written; nil where the mark is none of a label's.
  private func markedValue(
    _ batch: borrowing RecordBatch,
    _ mark: Int,
    _ label: Int,
    _ end: Int
  ) -> MarkedValue? {
    var at = mark + (batch.text[mark] < 0x80 ? 1 : 3)
    guard at < end else { return nil }
    // `==`, `::` compare and qualify; `:=` and `=>` are marks.
    let second = batch.text[at]
    if second == 0x3A || second == 0x3D && batch.text[mark] == 0x3D { return nil }
    if second == 0x3D || second == 0x3E { at += 1 }
    let origin = at
    while at < end, at - origin < 24 {
      if batch.text[at] == 0x20 || batch.text[at] == 0x09 {
        at += 1
      } else if isWideBlank(batch, at, end) {
        at += 3
      } else {
        break
      }
    }
    guard at < end else { return nil }
    var value = MarkedValue(start: at)
    value.isItem = beginsLine(batch, label)
    if batch.text[at] == 0x0A || batch.text[at] == 0x0D {
      return valueBelow(batch, at, label, end)
    }
    let isKey = batch.text[mark] == 0x3D || !value.isItem
    value.isTight = isKey && at == origin && batch.text[mark] < 0x80 && batch.text[mark - 1] > 0x20
    if batch.text[at] == 0x5C, at + 1 < end, batch.text[at + 1] == 0x22 { at += 1 }
    if batch.text[at] == 0x22 || batch.text[at] == 0x27 {
      value.quote = batch.text[at]
      value.start = at + 1
    }
    return value
  }

  private func isWideBlank(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> Bool {
    at + 2 < end && batch.text[at] == 0xE3 && batch.text[at + 1] == 0x80
      && batch.text[at + 2] == 0x80
  }

  /// Where the value may end, the most likely first.
  private func findMarkedEnds(
    _ batch: borrowing RecordBatch,
    _ value: MarkedValue,
    _ type: DataType,
    _ end: Int
  ) {
    valueEnds.removeAll(keepingCapacity: true)
    let start = value.start
    let limit = min(end, start + Self.longestMarked)
    if value.quote != 0 {
      var stop = start
      while stop < limit, batch.text[stop] != value.quote, batch.text[stop] >= 0x20 { stop += 1 }
      if stop < limit, stop > start, batch.text[stop - 1] == 0x5C { stop -= 1 }
      if stop > start, stop < limit || limit == end { valueEnds.append(stop) }
      return
    }
    var comma = -1
    var (first, second) = (-1, -1)
    var stop = start
    scan: while stop < limit {
      let byte = batch.text[stop]
      switch byte {
      case 0x00...0x1F, 0x22, 0x7C, 0x3B, 0x3C: break scan
      // & ) , ] }
      case 0x26 where value.isTight, 0x29 where value.isTight, 0x2C where value.isTight,
        0x5D where value.isTight, 0x7D where value.isTight:
        break scan
      case 0x2C where comma < 0: comma = stop
      case 0x2F where comma < 0 && stop > start && batch.text[stop - 1] == 0x20: comma = stop - 1
      case 0x20:
        if value.isTight || isNextLabel(batch, stop + 1, limit) { break scan }
        if stop + 1 < limit, batch.text[stop + 1] == 0x20 { break scan }
        if first < 0 { first = stop } else if second < 0 { second = stop }
      case 0xE3 where stop + 2 < limit && batch.text[stop + 1] == 0x80:
        switch batch.text[stop + 2] {
        case 0x80:
          if isNextLabel(batch, stop + 3, limit) { break scan }
          if first < 0 { first = stop } else if second < 0 { second = stop }
        // 、
        case 0x81 where comma < 0: comma = stop
        // 。 「 【
        case 0x82, 0x8C, 0x90: break scan
        default: break
        }
      // ， ／
      case 0xEF where comma < 0 && stop + 2 < limit && batch.text[stop + 1] == 0xBC:
        if batch.text[stop + 2] == 0x8C || batch.text[stop + 2] == 0x8F { comma = stop }
      default: break
      }
      stop += 1
    }
    if stop == limit && limit < end { return }
    while stop > start, batch.text[stop - 1] == 0x20 { stop -= 1 }
    guard stop > start else { return }
    // Who lists passwords gives each a line; blanks may be part of it.
    let isWhole = type == .password && value.isItem && !value.isBelow
    let isToken = Self.isToken(type) && !isWhole
    if !(isToken && first >= 0) { valueEnds.append(stop) }
    if isWhole || isToken && (!value.isItem || value.isBelow) { return }
    for cut in [comma, second, first] where cut > start && cut < stop { valueEnds.append(cut) }
  }

  /// The longest value that is looked for behind a mark, in bytes.
  private static let longestMarked = 240

  /// Types whose values have no blanks inside.
  private static func isToken(_ type: DataType) -> Bool {
    switch type {
    case .loginID, .password, .passwordHash, .apiToken, .memberID, .cardSecurityCode, .gender, .age,
      .ipAddress, .macAddress, .deviceID, .emailAddress:
      true
    default: false
    }
  }

  /// `word=`, `word:`, `単語：` begins at `at`.
  private func isNextLabel(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> Bool {
    var stop = at
    while stop < end, stop - at < 36 {
      let byte = batch.text[stop]
      if byte == 0x3A || byte == 0x3D { return stop > at }
      if byte == 0xEF, stop + 2 < end, batch.text[stop + 1] == 0xBC,
        batch.text[stop + 2] == 0x9A || batch.text[stop + 2] == 0x9D
      {
        return stop > at
      }
      guard isAlphanumeric(byte) || byte == 0x5F || byte == 0x2D || byte >= 0x80 else {
        return false
      }
      if isWideBlank(batch, stop, end) { return false }
      stop += 1
    }
    return false
  }

  private func holdsAt(_ batch: borrowing RecordBatch, _ range: Range<Int>) -> Bool {
    for at in range where batch.text[at] == 0x40 { return true }
    return false
  }

  /// What stands where a value would: a variable, a call, a mask.
  private func isPlaceholder(
    _ batch: borrowing RecordBatch,
    _ range: Range<Int>,
    _ value: MarkedValue,
    _ type: DataType
  ) -> Bool {
    switch batch.text[range.lowerBound] {
    // $ % & ( * < [ {
    case 0x25 where value.isTight: break
    case 0x24, 0x25, 0x26, 0x28, 0x2A, 0x3C, 0x5B, 0x7B: return true
    default: break
    }
    guard value.quote == 0 else { return false }
    for at in range {
      switch batch.text[at] {
      // A call, a subscript, a member.
      case 0x28, 0x29, 0x5B, 0x7B: return true
      case 0x2E
      where type == .password && value.isTight && at > range.lowerBound
        && isLetter(batch.text[at - 1]):
        return true
      default: break
      }
    }
    return false
  }
}
