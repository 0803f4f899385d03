internal import BreachBytes
internal import BreachModel

/// Addresses spread over columns that no header names: joined, the cells of a row are one.
extension ColumnTyper {
  /// Columns side by side that an address may be spread over, at most.
  private static let mostParts = 5
  /// Rows that are looked at.
  private static let rowsJoined = 60

  /// Types the columns that hold parts of one address, and the postal code among them.
  mutating func addressColumns(
    _ plans: inout [ColumnPlan],
    _ open: [Int],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    if let whole = plans.firstIndex(where: { $0.type == .address }) {
      if plans[whole].evidence == .values {
        takeRegions(&plans, before: whole, open, columns, batches)
      }
      return
    }
    // A postal code that its own values told may stand among them.
    var parts: [Int] = []
    for number in plans.indices {
      let isCode = plans[number].type == .postalCode && plans[number].evidence == .values
      let column = columns[number]
      if isCode
        || open.contains(number) && !isGender(column, batches) && !isOfDates(column, batches)
          && !isOfCompanies(column, batches)
      {
        parts.append(number)
      }
    }
    let texts = cells(of: parts, columns, batches)
    guard let run = run(parts, texts) else { return }
    // One that its own values told is the address's, wherever it stands.
    let hasCode = plans.contains { $0.type == .postalCode }
    for number in run where plans[number].type == nil {
      if isCode(texts[number] ?? [:]) {
        if hasCode { continue }
        type(&plans[number], .postalCode, 92, [.values, .neighbour])
      } else {
        type(&plans[number], .address, 90, [.values, .neighbour], role: .addressPart)
      }
    }
    if let first = run.first { takeRegions(&plans, before: first, open, columns, batches) }
  }

  /// Prefectures and municipalities in columns of their own before what goes on with numbers.
  private mutating func takeRegions(
    _ plans: inout [ColumnPlan],
    before whole: Int,
    _ open: [Int],
    _ columns: [Column],
    _ batches: [RecordBatch]
  ) {
    var first = whole
    while first > 0, whole - first < 2, open.contains(first - 1),
      isRegion(columns[first - 1], batches)
    {
      first -= 1
    }
    guard first < whole else { return }
    for number in first...whole {
      type(
        &plans[number],
        .address,
        plans[whole].confidence,
        [.values, .neighbour],
        role: .addressPart
      )
    }
  }

  /// Nearly all cells are a prefecture, a municipality or both, and nothing else.
  private mutating func isRegion(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    var (seen, regions) = (0, 0)
    for cell in column.cells.prefix(200) {
      let batch = batches[cell.batch]
      scratch.value.load(batch.text, batch.fields[cell.field].range)
      if scratch.value.saysNothing(set.words) { continue }
      seen += 1
      let text = scratch.value.folded.array
      let end = scratch.checks.address.prefecture(text.span)?.length ?? 0
      let rest = Municipalities.longest(text.span.extracting(end...))?.length ?? 0
      if end + rest == text.count { regions += 1 }
    }
    return seen >= 3 && regions * 10 >= seen * 9
  }

  private func isOfDates(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    let cells = column.cells.prefix(40)
    var dates = 0
    for cell in cells {
      var folded = ByteBuffer()
      let batch = batches[cell.batch]
      Folding.append(batch.text.span, batch.fields[cell.field].range, to: &folded)
      if let date = DateCheck.parse(folded.span), DateCheck.plausible(date) { dates += 1 }
    }
    return dates * 2 > cells.count
  }

  /// The fewest columns side by side that make an address together; nil for none.
  private mutating func run(_ parts: [Int], _ texts: [Int: [Int: [UInt8]]]) -> ArraySlice<Int>? {
    // What is an address by itself is no part of one.
    var isWhole: Set<Int> = []
    for number in parts where passes([number], texts, share: 3) { isWhole.insert(number) }
    for width in 2...Self.mostParts where width <= parts.count {
      for place in 0...parts.count - width
      where parts[place + width - 1] == parts[place] + width - 1 {
        let run = parts[place..<place + width]
        guard isWhole.isDisjoint(with: run), passes(Array(run), texts), holdsStreet(run, texts)
        else { continue }
        return parts[place..<place + width + further(behind: place + width, parts, texts)]
      }
    }
    return nil
  }

  /// Among columns in Latin letters one is of names with numbers, or two are of numbers, of houses and
  /// of codes: one of numbers alone may be of telephones, between words of any kind.
  private func holdsStreet(_ run: ArraySlice<Int>, _ texts: [Int: [Int: [UInt8]]]) -> Bool {
    var numbers = 0
    for number in run {
      guard let cells = texts[number]?.values, !cells.isEmpty else { continue }
      if cells.contains(where: { $0.contains { $0 >= 0xE3 } }) { return true }
      let digits = cells.filter { $0.contains(where: isDigit) }
      let mixed = digits.count { cell in
        cell.count { isLetter($0) || $0 >= 0x80 } >= 3
      }
      if mixed * 2 >= cells.count { return true }
      if digits.count * 10 >= cells.count * 8 { numbers += 1 }
    }
    return numbers >= 2
  }

  /// Names of companies are no part of an address.
  private mutating func isOfCompanies(_ column: Column, _ batches: [RecordBatch]) -> Bool {
    guard let companies = detector(of: .companyName) else { return false }
    let share = self.share(companies.check, column, batches)
    return share.seen > 0 && share.passed * 2 >= share.seen
  }

  /// 1 where the column behind an address is of buildings and rooms, else 0.
  private func further(behind place: Int, _ parts: [Int], _ texts: [Int: [Int: [UInt8]]]) -> Int {
    guard place < parts.count, parts[place] == parts[place - 1] + 1,
      let cells = texts[parts[place]], cells.count >= 3
    else { return 0 }
    let rooms = cells.values.count { cell in
      cell.contains(where: isDigit) && cell.contains { $0 >= 0xE3 } && !cell.contains(0x40)
    }
    return rooms * 10 >= cells.count * 8 ? 1 : 0
  }

  /// The cells by column and row, folded; those that say nothing left out.
  private func cells(of parts: [Int], _ columns: [Column], _ batches: [RecordBatch])
    -> [Int: [Int: [UInt8]]]
  {
    var texts: [Int: [Int: [UInt8]]] = [:]
    for number in parts {
      var rows: [Int: [UInt8]] = [:]
      for cell in columns[number].cells.prefix(Self.rowsJoined) {
        let batch = batches[cell.batch]
        var folded = ByteBuffer()
        Folding.append(batch.text.span, batch.fields[cell.field].range, to: &folded)
        if set.words.isEmptyWord(folded.span) || folded.count > 120 { continue }
        rows[cell.row] = folded.array
      }
      texts[number] = rows
    }
    return texts
  }

  /// In nearly all rows, or in so many of ten, the cells are an address together.
  private mutating func passes(
    _ run: [Int],
    _ texts: [Int: [Int: [UInt8]]],
    share: Int = 7
  ) -> Bool {
    guard let first = run.first, let rows = texts[first], rows.count >= 3 else { return false }
    let codes = Set(run.filter { isCode(texts[$0] ?? [:]) })
    var passed = 0
    for row in rows.keys {
      var joined: [UInt8] = []
      var isBehindCode = false
      for number in run {
        guard let cell = texts[number]?[row], let first = cell.first else { continue }
        let isCode = codes.contains(number)
        if let last = joined.last, last < 0xE3, first < 0xE3 {
          // A code stands beside its place, all else behind a comma.
          let isBeside = isBehindCode || isCode && !isDigit(last)
          joined += isBeside ? [0x20] : [0x2C, 0x20]
        }
        joined += cell
        isBehindCode = isCode
      }
      if isAddress(joined) { passed += 1 }
    }
    return passed * 10 >= rows.count * share
  }

  private mutating func isAddress(_ text: [UInt8]) -> Bool {
    guard text.contains(where: { $0 >= 0xE3 }) else {
      return ForeignAddress.passes(text.span, set.words.streets, needsCode: true)
    }
    scratch.value.load(text, 0..<text.count)
    return scratch.checks.run(.address, &scratch.value).result == .pass
  }

  /// Codes of one length: four to six digits, a hyphen or letters among them.
  private func isCode(_ cells: [Int: [UInt8]]) -> Bool {
    guard let length = cells.values.first?.count, (4...10).contains(length) else { return false }
    let codes = cells.values.count { cell in
      let digits = cell.count(where: isDigit)
      return cell.count == length && digits >= 3 && digits * 2 >= length
        && cell.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x20 }
    }
    return codes * 10 >= cells.count * 8
  }
}
