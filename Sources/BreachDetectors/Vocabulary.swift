internal import BreachBytes
package import BreachModel
package import BreachPatterns

/// What a header, key or label means.
package struct Meaning: Sendable, Hashable {
  package var type: DataType?
  package var role: ColumnRole
  package var group: FieldGroup
  package var isNegative: Bool
}

/// The words that name columns, keys and labels, from `fields/`.
package struct Vocabulary: Sendable {
  private var meanings: [[UInt8]: Meaning] = [:]
  private var prefixes: [(word: [UInt8], group: FieldGroup)] = []
  private var classes: [(word: [UInt8], name: String)] = []
  /// Labels in Japanese script, by their first character: where free text announces a value.
  private(set) var labels: [[UInt8]] = []

  package init(_ library: PatternLibrary) throws(PatternError) {
    for file in try library.files(under: "fields/") { try read(file) }
    prefixes.sort { $0.word.count > $1.word.count }
  }

  private mutating func read(_ file: PatternFile) throws(PatternError) {
    let root = try PatternValue(file).mapping(keys: [
      "schema", "fields", "neutral", "negative", "groups", "classes",
    ])
    for item in try root.list("fields") {
      let field = try item.mapping(keys: ["id", "type", "role", "group", "headers"])
      let type = try field.required("type").dataType()
      let role = try Self.role(field.optional("role"))
      let group = try Self.group(field.optional("group"))
      for header in try field.strings("headers") {
        add(header, Meaning(type: type, role: role, group: group, isNegative: false))
        let first = Array(header.utf8.prefix(3))
        if first.count == 3, first[0] >= 0xE3, first[0] <= 0xE9 || first[0] == 0xEF,
          header.unicodeScalars.count >= 2 || header == "〒"
        {
          labels.append(Array(header.utf8))
        }
      }
    }
    for header in try root.optional("neutral")?.texts() ?? [] {
      add(header, Meaning(type: nil, role: .whole, group: .main, isNegative: false))
    }
    for header in try root.optional("negative")?.texts() ?? [] {
      add(header, Meaning(type: nil, role: .whole, group: .main, isNegative: true))
    }
    if let groups = try root.optional("groups")?.anyMapping() {
      for entry in groups.entries {
        let place = PatternValue(entry.value, in: file.path)
        guard let group = Self.groupNames[entry.key] else {
          throw place.error("no group is called '\(entry.key)'")
        }
        for word in try place.texts() { prefixes.append((Self.key(word), group)) }
      }
    }
    if let names = try root.optional("classes")?.anyMapping() {
      for entry in names.entries {
        for word in try PatternValue(entry.value, in: file.path).texts() {
          classes.append((Self.key(word), entry.key))
        }
      }
    }
  }

  private mutating func add(_ header: String, _ meaning: Meaning) {
    let key = Self.key(header)
    if meanings[key] == nil { meanings[key] = meaning }
  }

  private static let groupNames: [String: FieldGroup] = [
    "main": .main, "delivery": .delivery, "billing": .billing, "family": .family,
    "emergency": .emergency, "representative": .representative, "employer": .employer,
  ]

  private static func group(_ value: PatternValue?) throws(PatternError) -> FieldGroup {
    guard let value else { return .main }
    return groupNames[try value.choice(groupNames.keys.sorted())] ?? .main
  }

  private static func role(_ value: PatternValue?) throws(PatternError) -> ColumnRole {
    guard let value else { return .whole }
    switch try value.choice(["whole", "family", "given", "addressPart", "year", "month", "day"]) {
    case "family": return .family
    case "given": return .given
    case "addressPart": return .addressPart
    case "year": return .year
    case "month": return .month
    case "day": return .day
    default: return .whole
    }
  }

  // MARK: looking up

  /// What a header says; nil when its words are not known.
  package func meaning(of header: some Sequence<UInt8>) -> Meaning? {
    lookUp(Self.key(Array(header)))
  }

  private func lookUp(_ key: [UInt8]) -> Meaning? {
    guard !key.isEmpty, key.count <= 120 else { return nil }
    if let meaning = meanings[key] { return meaning }
    var stem = key
    while let last = stem.last, isDigit(last) { stem.removeLast() }
    if stem.count < key.count, stem.count >= 2, let meaning = meanings[stem] { return meaning }
    for prefix in prefixes where stem.starts(with: prefix.word) && stem.count > prefix.word.count {
      var rest = Array(stem[prefix.word.count...])
      // の
      if rest.starts(with: [0xE3, 0x81, 0xAE]) { rest.removeFirst(3) }
      guard rest.count >= 3 || rest.contains(where: { $0 >= 0x80 }) else { continue }
      if var meaning = meanings[rest] {
        if prefix.group != .main { meaning.group = prefix.group }
        return meaning
      }
    }
    return nil
  }

  /// What a key path says: its last key, in the light of the keys around it.
  package func meaning(ofPath path: String) -> Meaning? {
    var keys = path.utf8.split(separator: 0x2E).map { Array($0.filter { $0 != 0x5B && $0 != 0x5D }) }
    guard let last = keys.popLast() else { return nil }
    if let around = keys.last, !around.isEmpty, let joined = lookUp(Self.key(around + [0x5F] + last)) {
      return joined
    }
    return meaning(of: last)
  }

  /// customer, employee, … when a header or a table's name tells; else empty.
  package func personClass(of name: some Sequence<UInt8>) -> String {
    let key = Self.key(Array(name))
    for (word, name) in classes where key.count >= word.count {
      for start in 0...(key.count - word.count) where key[start..<start + word.count]
        .elementsEqual(word)
      {
        return name
      }
    }
    return ""
  }

  /// A header brought to the form in which headers are compared: ASCII width and lower case,
  /// full-width kana, no blanks and marks, no 必須 and 任意.
  package static func key(_ header: some Sequence<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    let bytes = Array(header)
    Folding.append(bytes.span, 0..<bytes.count, to: &folded)
    var scalars = Scalars()
    scalars.load(folded)
    var out: [UInt8] = []
    for index in 0..<scalars.count {
      let scalar = scalars.values[index]
      switch scalar {
      case 0x20, 0x5F, 0x2D, 0x2E, 0x3A, 0x2A, 0x28, 0x29, 0x22, 0x27, 0x5B, 0x5D, 0x09, 0x0A,
        0x0D, 0x203B, 0x30FB, 0x3010, 0x3011, 0x25A0, 0x25CF, 0x25CB, 0xFEFF, 0x2F:
        continue
      case 0xFF66...0xFF9F:
        var one = Scalars()
        one.load(Array(folded[scalars.offsets[index]..<scalars.offsets[index + 1]]))
        if !Kana.appendKatakana(one, to: &out) {
          // A voicing mark belongs to the character before it.
          voice(&out, scalar)
        }
      case 0x41...0x5A: out.append(UInt8(scalar) | 0x20)
      default: appendUTF8(scalar, to: &out)
      }
    }
    for mark in ["必須", "任意"] {
      let mark = Array(mark.utf8)
      if out.count > mark.count, out.suffix(mark.count).elementsEqual(mark) {
        out.removeLast(mark.count)
      }
    }
    return out
  }

  package static func key(_ header: String) -> [UInt8] { key(Array(header.utf8)) }

  private static func voice(_ out: inout [UInt8], _ mark: UInt32) {
    guard out.count >= 3 else { return }
    let last = Array(out.suffix(3))
    var pair = Scalars()
    var bytes = last
    appendUTF8(mark, to: &bytes)
    pair.load(bytes)
    out.removeLast(3)
    if !Kana.appendKatakana(pair, to: &out) { out.append(contentsOf: last) }
  }
}
