internal import BreachBytes
internal import BreachModel

/// `住所：〒150-0001 渋谷区神宮前1-2-3`: a postal code and an address behind one label.
extension Engine {
  /// 〒 and a digit.
  func isPostalMark(_ batch: borrowing RecordBatch, _ at: Int) -> Bool {
    guard at + 4 < batch.text.count, batch.text[at] == 0xE3, batch.text[at + 1] == 0x80,
      batch.text[at + 2] == 0x92
    else { return false }
    let digit = batch.text[at + 3] == 0x20 ? batch.text[at + 4] : batch.text[at + 3]
    // A full-width digit begins with EF.
    return isDigit(digit) || digit == 0xEF
  }

  /// Proposes the address behind a postal code that ends at `start`, where the label before 〒 at
  /// `mark` is an address's.
  func addressBehind(
    _ batch: borrowing RecordBatch,
    _ mark: Int,
    _ start: Int,
    _ context: TextContext
  ) {
    let label = labelBefore(batch, mark, context)
    guard let meaning = label.meaning, meaning.type == .address, label.range != nil else { return }
    let end = context.bounds.upperBound
    var value = MarkedValue(start: behindBlanks(batch, start, end))
    guard value.start < end, batch.text[value.start] > 0x20 else { return }
    value.isItem = true
    findMarkedEnds(batch, value, .address, end)
    proposeMarked(batch, value, label, meaning, .address)
  }
}
