import TestKit

/// Random JSON together with the records that it holds.
struct JSONSample {
  struct Record {
    var columns: [String] = []
    var values: [[UInt8]] = []
    var depth = 0
  }

  private(set) var text = ""
  /// In the order in which readers give them: inner before outer.
  private(set) var records: [Record] = []
  private var open: [Record] = []
  private var random: SeededGenerator
  private let isPretty: Bool

  init(seed: UInt64, documents: Int, isPretty: Bool) {
    random = SeededGenerator(seed: seed)
    self.isPretty = isPretty
    for _ in 0..<documents {
      object(path: "", isRecord: true, level: 0)
      text += "\n"
    }
  }

  private static let keys = ["name", "mail", "card", "ln", "名前", "tags", "a b"]

  private mutating func blank() {
    guard isPretty else { return }
    text += random.pick([" ", "\n", "\n  ", "\t", "\r\n"])
  }

  private mutating func object(path: String, isRecord: Bool, level: Int) {
    if isRecord { open.append(Record(depth: open.count)) }
    text += "{"
    for (number, key) in Self.keys.shuffled(using: &random).prefix(random.below(5)).enumerated() {
      if number > 0 { text += "," }
      blank()
      text += "\"\(key)\":"
      blank()
      value(path: path.isEmpty ? key : path + "." + key, level: level + 1)
    }
    blank()
    text += "}"
    if isRecord, let record = open.popLast(), !record.columns.isEmpty { records.append(record) }
  }

  private mutating func value(path: String, level: Int) {
    switch random.below(level > 3 ? 5 : 8) {
    case 0:
      let number = random.pick(["0", "-1.5e3", "4111111111111111"])
      text += number
      add(path, number)
    case 1: text += random.pick(["true", "false", "null"])
    case 2, 3, 4: string(path: path)
    case 5: object(path: path, isRecord: false, level: level)
    default:
      text += "["
      for number in 0..<random.below(4) {
        if number > 0 { text += "," }
        blank()
        if random.once(in: 2) {
          object(path: path + "[]", isRecord: true, level: level)
        } else {
          string(path: path + "[]")
        }
      }
      text += "]"
    }
  }

  private mutating func string(path: String) {
    var plain = ""
    var written = ""
    for _ in 0..<random.below(8) {
      let (value, form) = random.pick([
        ("a", "a"), ("山田", "山田"), ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("/", "\\/"),
        ("山", "\\u5c71"), ("𠮷", "\\uD842\\uDFB7"), ("@", "@"), ("{", "{"), ("]", "]"),
        ("\u{FFFD}", "\\ud800"), ("\t", "\\t"), (",", ","), (":", ":"),
      ])
      plain += value
      written += form
    }
    text += "\"\(written)\""
    add(path, plain)
  }

  private mutating func add(_ path: String, _ value: String) {
    let last = open.count - 1
    open[last].columns.append(path)
    open[last].values.append(Array(value.utf8))
  }
}
