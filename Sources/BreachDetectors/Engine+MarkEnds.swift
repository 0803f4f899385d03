internal import BreachBytes
internal import BreachModel

/// Where a value behind a mark begins, and where it may end.
extension Engine {
  func valueBelow(
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
  func markedValue(
    _ batch: borrowing RecordBatch,
    _ mark: Int,
    _ label: Int,
    _ end: Int
  ) -> MarkedValue? {
    var at = mark + (batch.text[mark] < 0x80 ? 1 : 3)
    guard at < end else { return nil }
    if isSoft(batch, mark) { return softValue(batch, at, label, end) }
    // `==`, `::` compare and qualify; `:=` and `=>` are marks.
    let second = batch.text[at]
    if second == 0x3A || second == 0x3D && batch.text[mark] == 0x3D { return nil }
    if second == 0x3D || second == 0x3E { at += 1 }
    let origin = at
    at = behindBlanks(batch, at, end)
    guard at < end else { return nil }
    var value = MarkedValue(start: at)
    value.isItem = beginsLine(batch, label)
    if batch.text[at] == 0x0A || batch.text[at] == 0x0D {
      return valueBelow(batch, at, label, end)
    }
    let isKey = batch.text[mark] == 0x3D || !value.isItem
    value.isTight = isKey && at == origin && batch.text[mark] < 0x80 && batch.text[mark - 1] > 0x20
    value.isLine =
      value.isTight && (label == textState.floor || batch.text[label - 1] == 0x0A)
    value.isListed = value.isTight && batch.text[mark] == 0x3D && isInList(batch, label)
    value.isAssigned = batch.text[mark] == 0x3D && batch.text[mark - 1] == 0x20
    if batch.text[at] == 0x5C, at + 1 < end, batch.text[at + 1] == 0x22 { at += 1 }
    if batch.text[at] == 0x22 || batch.text[at] == 0x27 {
      // The quote closes what the label is part of: `print('name:', x)`.
      if at == origin, at + 1 < end, batch.text[at + 1] == 0x2C || batch.text[at + 1] == 0x29 {
        return nil
      }
      value.quote = batch.text[at]
      value.start = at + 1
    }
    return value
  }

  /// A blank, or 】: what stands between a label and its value where no mark does.
  func isSoft(_ batch: borrowing RecordBatch, _ mark: Int) -> Bool {
    batch.text[mark] == 0x20 || batch.text[mark] == 0xE3
  }

  /// The same behind a blank or 】 of a label that begins its line; another mark may follow, as in
  /// `氏名　: …`.
  private func softValue(
    _ batch: borrowing RecordBatch,
    _ from: Int,
    _ label: Int,
    _ end: Int
  ) -> MarkedValue? {
    guard beginsLine(batch, label) else { return nil }
    var at = behindBlanks(batch, from, end)
    guard at < end else { return nil }
    var value = MarkedValue(start: at, isSoft: true, isItem: true)
    switch batch.text[at] {
    case 0x3A, 0x3D: at += 1
    // ： ＝ and the bracket of 氏名 （漢字）
    case 0xEF where at + 2 < end && batch.text[at + 1] == 0xBC:
      if batch.text[at + 2] == 0x88 { return nil }
      if batch.text[at + 2] == 0x9A || batch.text[at + 2] == 0x9D { at += 3 }
    default: break
    }
    if at > value.start {
      value.isSoft = false
      value.start = behindBlanks(batch, at, end)
    }
    // : = | and line ends
    guard value.start < end, batch.text[value.start] > 0x20 else { return nil }
    if [0x3A, 0x3D, 0x7C].contains(batch.text[value.start]) { return nil }
    return value
  }

  func behindBlanks(_ batch: borrowing RecordBatch, _ from: Int, _ end: Int) -> Int {
    var at = from
    while at < end, at - from < 24 {
      if batch.text[at] == 0x20 || batch.text[at] == 0x09 {
        at += 1
      } else if isWideBlank(batch, at, end) {
        at += 3
      } else {
        break
      }
    }
    return at
  }

  private func isWideBlank(_ batch: borrowing RecordBatch, _ at: Int, _ end: Int) -> Bool {
    at + 2 < end && batch.text[at] == 0xE3 && batch.text[at + 1] == 0x80
      && batch.text[at + 2] == 0x80
  }

  /// Where the value may end, the most likely first.
  func findMarkedEnds(
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
    if value.isListed, let stop = listedEnd(batch, start, limit), stop > start {
      valueEnds.append(stop)
    }
    var comma = -1
    var (first, second) = (-1, -1)
    var stop = start
    // In a file of settings blanks and commas are parts of a value, in a log they part the pairs.
    let isLine = value.isLine && !Self.isToken(type)
    scan: while stop < limit {
      let byte = batch.text[stop]
      switch byte {
      case 0x00...0x1F, 0x22, 0x7C, 0x3B, 0x3C: break scan
      // & ) , ] }
      case 0x26 where value.isTight, 0x29 where value.isTight, 0x2C where value.isTight && !isLine,
        0x5D where value.isTight, 0x7D where value.isTight:
        break scan
      case 0x2C where comma < 0: comma = stop
      case 0x2F where comma < 0 && stop > start && batch.text[stop - 1] == 0x20: comma = stop - 1
      case 0x20:
        if value.isTight, !isLine, first < 0, type == .personName || type == .personNameKana,
          let behind = givenNameEnd(batch, stop, limit)
        {
          (first, stop) = (stop, behind)
          break scan
        }
        if value.isTight && !isLine || isNextLabel(batch, stop + 1, limit) { break scan }
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
    while stop > start, isTrailer(batch, stop - 1, start) { stop -= 1 }
    guard stop > start else { return }
    // What stood behind the value was no part of it.
    if first >= stop { first = -1 }
    // Who lists passwords gives each a line; blanks may be part of it.
    let isWhole = type == .password && value.isItem && !value.isBelow
    let isToken = Self.isToken(type) && !isWhole
    if !(isToken && first >= 0), valueEnds.first != stop { valueEnds.append(stop) }
    // `Login: taro / Mail: …`
    if isToken, !value.isItem, comma == first, first > start { valueEnds.append(first) }
    if isWhole || isToken && (!value.isItem || value.isBelow) { return }
    for cut in [comma, second, first] where cut > start && cut < stop { valueEnds.append(cut) }
  }

  /// `name=鴨志田 凛太朗 mail=…`: where the second part of a name in Japanese script ends, behind the
  /// blank at `blank` and before the next key; nil when there is none.
  private func givenNameEnd(_ batch: borrowing RecordBatch, _ blank: Int, _ limit: Int) -> Int? {
    guard batch.text[blank - 1] >= 0x80 else { return nil }
    var at = blank + 1
    while at < limit, at - blank <= 24, batch.text[at] >= 0x80 { at += 1 }
    guard at > blank + 1, at < limit, batch.text[blank + 1] >= 0xE3, batch.text[at] == 0x20,
      isNextLabel(batch, at + 1, limit)
    else { return nil }
    return at
  }

  /// `Authorization: Bearer …`: behind the word that says how a token is used (RFC 9110).
  func behindScheme(_ batch: borrowing RecordBatch, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end, at - start < 12, isLetter(batch.text[at]) { at += 1 }
    guard at > start, at + 8 < end, batch.text[at] == 0x20, batch.text[at + 1] > 0x20 else {
      return start
    }
    return at + 1
  }

  /// A blank, a comma, or a slash with a blank before it.
  private func isTrailer(_ batch: borrowing RecordBatch, _ at: Int, _ start: Int) -> Bool {
    let byte = batch.text[at]
    return byte == 0x20 || byte == 0x2C
      || byte == 0x2F && at > start && batch.text[at - 1] == 0x20
  }

  /// A bracket that opens a list, or a comma and a blank, stand before the label.
  private func isInList(_ batch: borrowing RecordBatch, _ label: Int) -> Bool {
    guard label > 1 else { return false }
    switch batch.text[label - 1] {
    case 0x28, 0x5B, 0x7B: return true
    case 0x20: return batch.text[label - 2] == 0x2C
    default: return false
    }
  }

  /// Where a value in a list of pairs ends: before `, key=`, or at the bracket that closes the list;
  /// nil where neither comes.
  private func listedEnd(_ batch: borrowing RecordBatch, _ start: Int, _ limit: Int) -> Int? {
    var depth = 0
    for at in start..<limit {
      switch batch.text[at] {
      case 0x00...0x1F, 0x22: return nil
      case 0x28, 0x5B, 0x7B: depth += 1
      case 0x29, 0x5D, 0x7D:
        if depth == 0 { return at }
        depth -= 1
      case 0x2C where depth == 0 && at + 2 < limit && batch.text[at + 1] == 0x20:
        if isNextLabel(batch, at + 2, limit) { return at }
      default: break
      }
    }
    return nil
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
}
