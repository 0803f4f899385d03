internal import BreachDetectors
internal import BreachModel
internal import BreachReaders

/// Finds the columns of a dump by which rows of several tables speak of one person.
///
/// First by what the schema says: a column that refers to the key of a table of persons. Then by names, as
/// most schemas have them: `id` in a table `users`, `user_id` elsewhere. Only columns that hold ids of
/// persons refer, or of what is one person's: `users.address_id`. A `company_id` joins nobody, whatever
/// the schema says of it.
struct TableKeys {
  let words: TableWords

  /// Marks the key of the table's own rows, and references to rows of other tables.
  ///
  /// - Parameters:
  ///   - table: whose columns are marked.
  ///   - keys: what the statements before the table's rows said.
  ///   - isOfPersons: whether columns of these names hold persons.
  func mark(
    _ table: inout TablePlan,
    _ keys: SQLKeys,
    isOfPersons: ([String]) -> Bool
  ) {
    let own = stem(table.name)
    let name = Self.last(table.name)
    let references = persons(keys.references.filter { $0.table == name }, keys, isOfPersons)
    for index in table.columns.indices {
      let column = table.columns[index].name
      let word = Self.letters(column)
      if !own.isEmpty, word == "id" || word == own + "id" || keys.keys[name] == column {
        table.columns[index].keyOf = own
      } else if let target = references[column] {
        table.columns[index].keyOf = stem(target)
      } else if word.hasSuffix("id"), word.count > 2 {
        let other = stem(String(word.dropLast(2)))
        if table.columns[index].type == .memberID || words.owned.contains(other) {
          table.columns[index].keyOf = other
        }
      }
    }
  }

  /// The schema says that rows of the table are some person's.
  func refers(_ table: String, _ keys: SQLKeys, isOfPersons: ([String]) -> Bool) -> Bool {
    let name = Self.last(table)
    let own = keys.references.filter { $0.table == name }
    return !own.isEmpty && !persons(own, keys, isOfPersons).isEmpty
  }

  /// By column: the table of persons whose rows it names.
  ///
  /// Where two columns of a table refer to one other (a sender and a receiver), the row is of neither,
  /// but of whom the column is named after: `user_id`.
  private func persons(
    _ references: [SQLKeys.Reference],
    _ keys: SQLKeys,
    _ isOfPersons: ([String]) -> Bool
  ) -> [String: String] {
    var found: [String: String] = [:]
    for reference in references where reference.target != reference.table {
      let target = stem(reference.target)
      let key = keys.keys[reference.target]
      // Nothing said of its columns, no table of persons; another column than the key, no row.
      guard let columns = keys.columns[reference.target], isOfPersons(columns),
        reference.targetColumn == nil || reference.targetColumn == key
          || reference.targetColumn.map(Self.letters) == "id"
          || reference.targetColumn.map(Self.letters) == target + "id"
      else { continue }
      let rivals = references.filter {
        $0.target == reference.target && $0.column != reference.column
      }
      let isNamed = Self.letters(reference.column) == target + "id"
      if rivals.isEmpty || isNamed { found[reference.column] = reference.target }
    }
    return found
  }

  private static func last(_ name: String) -> String {
    name.split(separator: ".").last.map(String.init) ?? name
  }

  /// `app.Users` → `user`, `companies` → `company`, `wp_users` → `user`.
  func stem(_ name: String) -> String {
    var last = name.split(separator: ".").last.map { $0.lowercased() } ?? name
    if let prefix = words.prefixes.first(where: { last.hasPrefix($0) && last.count > $0.count }) {
      last.removeFirst(prefix.count)
    }
    let word = Self.letters(last)
    if word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
    if word.hasSuffix("sses") { return String(word.dropLast(2)) }
    if word.hasSuffix("s") && !word.hasSuffix("ss") && word.count > 2 {
      return String(word.dropLast())
    }
    return word
  }

  private static func letters(_ name: String) -> String {
    String(name.lowercased().filter { !"_- .#".contains($0) })
  }
}

// Files of one table each, which no schema describes.
extension TableKeys {
  /// Marks the key of the rows of a table of persons, `id` in users.csv, and keys of what is one person's:
  /// `address_id` there, `id` in addresses.csv.
  ///
  /// Its other columns of keys are ids of members already.
  func mark(_ table: inout TablePlan, path: String) {
    let owned = owned(ofTable: table.name, path)
    for index in table.columns.indices where table.columns[index].type == nil {
      let name = Self.letters(table.columns[index].name)
      if let owned, words.numbers.contains(name) || self.owned(ofKey: name) == owned {
        table.columns[index].keyOf = owned
        break
      }
      if isOfPersons(table), let other = self.owned(ofKey: name) {
        table.columns[index].keyOf = other
      }
    }
    guard owned == nil, isOfPersons(table), subject(ofTable: table.name, path) != nil,
      !table.columns.contains(where: { subject(of: $0) != nil })
    else { return }
    let own = table.columns.indices.first { index in
      let column = table.columns[index]
      return column.type == nil && words.numbers.contains(Self.letters(column.name))
    }
    if let own { table.columns[own].keyOf = "\(table.name): \(table.columns[own].name)" }
  }

  /// The columns of keys of a table, as the engine tells their keys apart.
  func columns(
    of table: TablePlan,
    _ format: LeafFormat,
    path: String,
    _ engine: Engine
  ) -> [KeyColumn] {
    if case .sql = format { return columns(of: table, engine.keySpace(of:)) }
    return columns(of: table, path: path, engine.keySpace(of:)) {
      engine.idSpace(of: table, column: $0)
    }
  }

  /// Those of a table that a schema describes.
  private func columns(of table: TablePlan, _ space: (String) -> UInt64) -> [KeyColumn] {
    let own = stem(table.name)
    return table.columns.compactMap(\.keyOf).map { stem in
      KeyColumn(
        space: space(stem),
        stem: stem,
        subject: words.subjects[stem] ?? stem,
        isOwn: stem == own,
        isGuess: false
      )
    }
  }

  /// Those of a file of one table, or of a sheet: its own key, and ids of persons.
  private func columns(
    of table: TablePlan,
    path: String,
    _ space: (String) -> UInt64,
    idSpace: (Int) -> UInt64
  ) -> [KeyColumn] {
    let owned = owned(ofTable: table.name, path)
    return table.columns.enumerated().compactMap { index, column in
      if let key = column.keyOf, words.owned.contains(key) {
        return KeyColumn(
          space: space(key),
          stem: key,
          subject: key,
          isOwn: key == owned,
          isGuess: true,
          leadsToOwned: key != owned
        )
      }
      if let key = column.keyOf, let own = subject(ofTable: table.name, path) {
        return KeyColumn(
          space: space(key),
          stem: own.stem,
          subject: own.subject,
          isOwn: true,
          isGuess: true
        )
      }
      guard let named = subject(of: column) else { return nil }
      return KeyColumn(
        space: idSpace(index),
        stem: named.stem,
        subject: named.subject,
        isOwn: isOfPersons(table),
        isGuess: true
      )
    }
  }

  /// Some column holds what persons are known by.
  private func isOfPersons(_ table: TablePlan) -> Bool {
    table.columns.contains { column in
      column.group == .main && column.type.map(Self.personal.contains) ?? false
    }
  }

  private static let personal: Set<DataType> = [.personName, .emailAddress, .birthDate]

  /// Whose ids a column holds: `user_id`, 会員番号.
  private func subject(of column: ColumnPlan) -> (stem: String, subject: String)? {
    guard column.type == .memberID, column.group == .main else { return nil }
    let name = Self.letters(column.name)
    guard let number = words.numbers.first(where: { name.hasSuffix($0) && name != $0 }) else {
      return nil
    }
    return subject(ofWord: String(name.dropLast(number.count)))
  }

  /// What of one person the rows of a table are, by its name or that of its file: `addresses.csv`, 住所一覧.csv.
  private func owned(ofTable name: String, _ path: String) -> String? {
    word(ofTable: name, path) { word in
      Self.first(word, without: words.general) { words.owned.contains(stem($0)) ? stem($0) : nil }
    }
  }

  /// What of one person a key leads to: `addressid`, 住所コード.
  private func owned(ofKey name: String) -> String? {
    guard let number = words.numbers.first(where: { name.hasSuffix($0) && name != $0 }) else {
      return nil
    }
    let stem = stem(String(name.dropLast(number.count)))
    return words.owned.contains(stem) ? stem : nil
  }

  /// Whose rows a table holds, by its name, else by that of its file: `users_2024.csv`, 会員一覧.xlsx.
  private func subject(ofTable name: String, _ path: String) -> (stem: String, subject: String)? {
    word(ofTable: name, path) { subject(ofWord: $0) }
  }

  /// What the last word tells that is not general in the name of a table, else in that of its file.
  private func word<Told>(
    ofTable name: String,
    _ path: String,
    _ tell: (String) -> Told?
  ) -> Told? {
    let file = (path.split(separator: "/").last ?? "").split(separator: ".")
    for candidate in [name[...], file.dropLast(file.count > 1 ? 1 : 0).last ?? ""] {
      let last = candidate.split(separator: ".").last ?? ""
      if let word = words.lastWord(of: last), let found = tell(word) { return found }
    }
    return nil
  }

  private func subject(ofWord word: String) -> (stem: String, subject: String)? {
    Self.first(word, without: words.general) { word in
      let stem = stem(word)
      return words.subjects[stem].map { (stem, $0) }
    }
  }

  /// What is told of a word, else of it without what is general at its end: 会員一覧表, 会員.
  private static func first<Told>(
    _ word: String,
    without general: [String],
    _ tell: (String) -> Told?
  ) -> Told? {
    var word = word
    while true {
      if let found = tell(word) { return found }
      guard let end = general.first(where: { word.hasSuffix($0) && word.count > $0.count }) else {
        return nil
      }
      word.removeLast(end.count)
    }
  }
}
