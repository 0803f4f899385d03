internal import BreachModel

/// Notes up to a number per kind, and how many more there were: a hostile tree cannot fill memory.
struct NoteList {
  /// Listed one by one; beyond, they are only counted.
  static let mostPerKind = 1_000

  private var kept: [Note] = []
  private var counts: [String: Int] = [:]

  mutating func add(_ note: Note) {
    let count = counts[note.kind, default: 0] + 1
    counts[note.kind] = count
    if count <= Self.mostPerKind { kept.append(note) }
  }

  /// The notes, then one line per kind that had too many.
  var notes: [Note] {
    let more = counts.filter { $0.value > Self.mostPerKind }.sorted { $0.key < $1.key }
    return kept
      + more.map { kind, count in
        Note(
          path: "",
          kind: kind + ".more",
          message: "\(count - Self.mostPerKind) more of the kind '\(kind)'"
        )
      }
  }
}
