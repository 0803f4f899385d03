package import BreachModel

// Who the persons of a table are to the organisation.
extension ColumnTyper {
  /// Says of which class the persons of a table are: customer, employee, …; of none where nothing tells.
  ///
  /// What its name says, or that of its file, goes before the headers of its persons; then come columns of
  /// numbers, 取引先コード, and last what the table or the file lists: orders, payslips.
  ///
  /// `path` is that of the table's file, of which the folder tells nothing; empty where a file has many tables.
  package func classify(_ plan: inout TablePlan, path: String = "") {
    if plan.personClass == TablePlan.makers { return }
    let vocabulary = set.vocabulary
    let listsThings = plan.columns.contains { vocabulary.namesThing($0.name.utf8) }
    let table = plan.name.split(separator: ".").last.map(String.init) ?? ""
    let stem = Self.stem(ofFile: path)
    let told =
      [
        vocabulary.personClass(of: table), vocabulary.personClass(of: stem),
        headerClass(plan.columns, listsThings: listsThings),
      ] + plan.columns.map(numberClass) + plan.columns.map(keyClass) + [
        vocabulary.listedClass(of: table), vocabulary.listedClass(of: stem),
      ]
    // Of things, the vendor or the supplier is nobody's partner.
    plan.personClass = told.first { !$0.isEmpty && !(listsThings && $0 == "partner") } ?? ""
  }

  /// The name of a table's file says that its rows are persons: employees.csv, 患者一覧.csv; not
  /// employee_benefits.csv, nor customers.csv, which may list companies.
  func holdsPersons(path: String) -> Bool {
    let vocabulary = set.vocabulary
    guard let word = vocabulary.tableWords.lastWord(of: Self.stem(ofFile: path)) else {
      return false
    }
    return !["", "partner", "customer"].contains(vocabulary.personClass(of: word))
  }

  private static func stem(ofFile path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return file.split(separator: ".").first.map(String.init) ?? ""
  }

  /// What the headers of columns say that are persons', or companies' where the table lists no things.
  func headerClass(_ plans: [ColumnPlan], listsThings: Bool) -> String {
    for plan in plans {
      guard let type = plan.type, type != .memberID, type != .companyName || !listsThings else {
        continue
      }
      let name = set.vocabulary.personClass(of: plan.name)
      if !name.isEmpty { return name }
    }
    return ""
  }

  /// Some header of a column of values names persons.
  func namesPersons(_ plans: [ColumnPlan]) -> Bool {
    plans.contains { plan in
      guard plan.type != nil else { return false }
      return !set.vocabulary.personClass(of: plan.name).isEmpty
    }
  }

  /// What the header of a column of numbers says: 会員番号, order_no; empty for all other columns.
  private func numberClass(_ plan: ColumnPlan) -> String {
    let vocabulary = set.vocabulary
    guard plan.type == nil || plan.type == .memberID, vocabulary.endsInNumber(plan.name) else {
      return ""
    }
    let name = vocabulary.personClass(of: plan.name)
    return name.isEmpty ? vocabulary.listedClass(of: plan.name) : name
  }

  /// What the keys around that of a person's column list: `orders[].name`.
  private func keyClass(_ plan: ColumnPlan) -> String {
    guard plan.type?.isPersonal ?? false, let dot = plan.name.lastIndex(of: ".") else { return "" }
    return set.vocabulary.listedClass(of: String(plan.name[..<dot]))
  }
}
