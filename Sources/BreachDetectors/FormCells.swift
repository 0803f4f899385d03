internal import BreachBytes
internal import BreachModel

/// The cells of a record of labels and values: 氏名 | 山田 | 電話 | 090-….
struct FormCells: ~Copyable {
  /// A cell that is no label.
  struct Cell {
    var field: Int
    /// The cell of the label before it, and what that says; nil for a cell that has none.
    var label: (field: Int, meaning: Meaning)?
  }

  private(set) var cells: [Cell] = []
  /// The fields of the labels; of a record in which no cell is a known one, the first of several.
  private(set) var labels: [Int] = []
  /// Cells with letters or digits.
  private(set) var filled = 0
  private var key = VocabularyKey()

  /// Bytes of the longest cell that is taken for a label.
  private static let longestLabel = 60

  /// Reads a record; what stands behind a label is its value unless it is a label itself.
  mutating func read(
    _ text: Span<UInt8>,
    _ fields: Span<Field>,
    _ range: Range<Int>,
    _ vocabulary: borrowing Vocabulary
  ) {
    cells.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    filled = 0
    var before: (field: Int, meaning: Meaning)?
    for number in range where Self.holdsText(text, fields[number].range) {
      filled += 1
      let meaning = meaning(text, fields[number].range, vocabulary)
      if let meaning, isLabel(meaning, behind: before?.meaning) {
        before = (number, meaning)
        labels.append(number)
        continue
      }
      cells.append(Cell(field: number, label: before))
      before = nil
    }
    if labels.isEmpty, filled > 1, let first = cells.first { labels.append(first.field) }
  }

  /// Two of one type may be a label and its value where values are words: Treatment | physiotherapy.
  private func isLabel(_ meaning: Meaning, behind before: Meaning?) -> Bool {
    guard let before else { return true }
    guard let type = meaning.type else { return false }
    return !(type == before.type && type.isSensitive)
  }

  /// Each cell that is no label stands behind one.
  var isOfPairs: Bool { !cells.isEmpty && cells.allSatisfy { $0.label != nil } }

  private mutating func meaning(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ vocabulary: borrowing Vocabulary
  ) -> Meaning? {
    guard range.count <= Self.longestLabel else { return nil }
    key.load(text, range)
    return vocabulary.meaning(of: key)
  }

  /// False for what is empty, or a ruler.
  private static func holdsText(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for at in range where isAlphanumeric(text[at]) || text[at] >= 0x80 { return true }
    return false
  }
}
