internal import BreachBytes
internal import BreachModel

// Values as people read them.

extension NameParts {
  /// The value that the parts make, which came as they are written; nil when there are none.
  ///
  /// Of Latin names the given name comes first.
  func spelled(_ type: DataType) -> String? {
    let parts: [String]
    switch type {
    case .personName:
      let isLatin = !family.isEmpty && !given.isEmpty && family[0] < 0x80 && given[0] < 0x80
      parts = isLatin ? [text(given), text(family)] : [text(family), text(given)]
    case .personNameKana: parts = [text(familyKana), text(givenKana)]
    case .address: parts = [text(address)]
    default: return nil
    }
    let some = parts.filter { !$0.isEmpty }
    return some.isEmpty ? nil : some.joined(separator: " ")
  }

  private func text(_ part: borrowing ByteBuffer) -> String { Cells.text(part.span) }
}

extension Cells {
  /// The value at `place` in the wanted form.
  func text(of place: Place, _ batch: borrowing RecordBatch) -> String {
    if let spelled { return spelled }
    let range =
      options.values == .plain
      ? Value.bare(batch.text.span, place.plain).0 : place.start..<place.start + place.length
    return String(decoding: batch.text[range], as: UTF8.self)
  }

  static func text(_ bytes: Span<UInt8>) -> String {
    var out: [UInt8] = []
    for index in bytes.indices { out.append(bytes[index]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// What the parts of a value in a record's columns make together.
  func spelledParts(
    _ type: DataType,
    _ group: Int,
    _ batch: borrowing RecordBatch,
    _ record: Record
  ) -> String? {
    var parts = NameParts()
    for index in Int(record.firstField)..<Int(record.firstField + record.fieldCount) {
      let field = batch.fields[index]
      let column = Int(field.column)
      guard field.length > 0, column < columns.count else { continue }
      let own = columns[column]
      guard own.isTyped, own.isPart, own.type == type, own.group == group else { continue }
      let (bare, _) = Value.bare(batch.text.span, field.range)
      let text = batch.text.span.extracting(bare)
      if checks.words.isEmptyWord(text) { continue }
      parts.add(text, type, own.role)
    }
    return parts.spelled(type)
  }
}

extension Engine {
  /// A value that stands in a query's code.
  func spelled(coded range: Range<Int>, _ batch: borrowing RecordBatch) -> String {
    var plain = ByteBuffer()
    decode(range, batch, into: &plain)
    return Cells.text(plain.span)
  }

  /// What the parts of a value under labels make together, of which `part` is one.
  func spelledParts(like part: HeldHit) -> Sensitive? {
    var parts = NameParts()
    for (index, held) in textState.group.hits.enumerated()
    where held.role != .whole && held.type == part.type && held.group == part.group {
      let text = Array(textState.group.findings[index].value.revealed.utf8)
      parts.add(text.span, part.type, held.role)
    }
    return parts.spelled(part.type).map { Sensitive($0) }
  }
}
