internal import BreachDetectors
internal import BreachModel

/// Finds the columns of a dump by which rows of several tables speak of one person.
///
/// By the names alone, as most schemas have them: `id` in a table `users`, `user_id` elsewhere. Only
/// columns that hold ids of persons refer, or of what is one person's: `users.address_id`. A
/// `company_id` joins nobody.
struct TableKeys {
  let words: TableWords

  /// Marks the key of the table's own rows, and references to rows of other tables.
  func mark(_ table: inout TablePlan) {
    let own = stem(table.name)
    for index in table.columns.indices {
      let name = Self.letters(table.columns[index].name)
      if !own.isEmpty, name == "id" || name == own + "id" {
        table.columns[index].keyOf = own
      } else if name.hasSuffix("id"), name.count > 2 {
        let other = stem(String(name.dropLast(2)))
        if table.columns[index].type == .memberID || words.owned.contains(other) {
          table.columns[index].keyOf = other
        }
      }
    }
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
