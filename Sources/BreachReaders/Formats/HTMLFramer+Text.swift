internal import BreachBytes
internal import BreachModel

extension HTMLFramer {
  // MARK: attributes

  /// The values of a tag's attributes are texts; that of an input has a name.
  mutating func giveAttributes(
    _ text: Span<UInt8>,
    _ tag: Markup.Tag,
    _ kind: HTMLNames.Kind,
    _ records: inout [Record]
  ) {
    if tag.attributes.isEmpty { return }
    var name: Range<Int>?
    var value: MarkupAttribute?
    var at = tag.attributes.lowerBound
    while let attribute = MarkupAttribute.next(text, &at, tag.attributes.upperBound) {
      if kind == .input && Markup.equals(text, attribute.name, "name") {
        name = attribute.value
      } else if kind == .input && Markup.equals(text, attribute.name, "value") {
        value = attribute
      } else if !attribute.isWord(text),
        attribute.isRepeated(text, from: tag.end, atEnd: true) != true
      {
        plain(text, attribute.value, &records)
      }
    }
    guard let value else { return }
    let range = Markup.trim(text, value.value)
    guard let name, !name.isEmpty, !range.isEmpty else {
      plain(text, range, &records)
      return
    }
    let node = paths.child(of: paths.root, after: -1, key: text, name)
    pending.inputs.append((node, range, value.hasEscape))
  }

  // MARK: text

  /// Line ends between where the pending stretch began and `at`; mostly asked for in order.
  mutating func lines(before at: Int, _ text: Span<UInt8>) -> Int {
    if pending.counted < pending.start || at < pending.counted {
      (pending.counted, pending.lines) = (pending.start, 0)
    }
    guard at > pending.counted else { return 0 }
    pending.lines += count(0x0A, in: text, pending.counted..<at)
    pending.counted = at
    return pending.lines
  }

  /// Gives a stretch as free text, without tags when it has any.
  mutating func plain(
    _ text: Span<UInt8>,
    _ whole: Range<Int>,
    _ records: inout [Record]
  ) {
    var range = Markup.trim(text, whole)
    guard range.count > 5 else { return }
    let above = lines(before: range.lowerBound, text)
    if hasMarkup(text, range) {
      let start = open.behind.count
      MarkupText.append(text, range, isHTML: true, to: &open.behind, marks: &marks)
      range = text.count + start..<text.count + open.behind.count
      if range.isEmpty { return }
    }
    raw(range, line + above, &records)
  }

  /// Gives a stretch as it is, unless it is too short to hold anything.
  func raw(_ range: Range<Int>, _ line: Int, _ records: inout [Record]) {
    guard range.count > 5 else { return }
    records.append(
      Record(
        firstField: 0,
        fieldCount: 0,
        start: range.lowerBound,
        end: range.upperBound,
        table: 0,
        line: line
      )
    )
  }

  /// A line of a comment or declaration, or a piece of a long one.
  mutating func asideText(
    _ text: Span<UInt8>,
    _ at: Int,
    _ records: inout [Record]
  ) -> Int? {
    var next = aside
    let limit = min(text.count, at + ReaderLimits.linePiece)
    let stop = next.take(text, at, limit)
    if !next.isOver && text[stop - 1] != 0x0A && stop == text.count && !atEnd
      && stop < at + ReaderLimits.linePiece
    {
      return nil
    }
    aside = next
    if aside.isOver { mode = .content }
    giveLine(text, at, stop, &records)
    return stop
  }

  /// A line of a script or style.
  mutating func scriptText(
    _ text: Span<UInt8>,
    _ at: Int,
    _ closing: StaticString,
    _ records: inout [Record]
  ) -> Int? {
    let limit = min(text.count, at + ReaderLimits.linePiece)
    var stop = at
    let length = closing.utf8CodeUnitCount
    while stop < limit, text[stop] != 0x0A {
      if text[stop] == 0x3C, stop + length <= text.count,
        Markup.equals(text, stop..<stop + length, closing)
      {
        mode = .content
        giveLine(text, at, stop, &records)
        return stop
      }
      stop += 1
    }
    if stop < limit {
      stop += 1
    } else if limit < at + ReaderLimits.linePiece && !atEnd {
      return nil
    }
    giveLine(text, at, stop, &records)
    return stop
  }

  private mutating func giveLine(
    _ text: Span<UInt8>,
    _ at: Int,
    _ stop: Int,
    _ records: inout [Record]
  ) {
    let range = Markup.trim(text, at..<stop)
    raw(range, line, &records)
    line += count(0x0A, in: text, at..<stop)
    begin(stop, records)
  }
}
