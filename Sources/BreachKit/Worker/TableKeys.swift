internal import BreachModel

/// Finds the columns of a dump by which rows of several tables speak of one person.
///
/// By the names alone, as most schemas have them: `id` in a table `users`, `user_id` elsewhere. Only
/// columns that hold ids of persons refer, or of what is one person's: `users.address_id`. A
/// `company_id` joins nobody.
enum TableKeys {
  /// Marks the key of the table's own rows, and references to rows of other tables.
  static func mark(_ table: inout TablePlan) {
    let own = stem(table.name)
    for index in table.columns.indices {
      let name = letters(table.columns[index].name)
      if !own.isEmpty, name == "id" || name == own + "id" {
        table.columns[index].keyOf = own
      } else if name.hasSuffix("id"), name.count > 2 {
        let other = stem(String(name.dropLast(2)))
        if table.columns[index].type == .memberID || owned.contains(other) {
          table.columns[index].keyOf = other
        }
      }
    }
  }

  /// What tables are called that hold more of one person.
  private static let owned: Set<String> = ["address", "profile", "contact", "person", "userdetail"]

  /// `app.Users` → `user`, `companies` → `company`.
  static func stem(_ name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let word = letters(last)
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
