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
    String(name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
  }
}
