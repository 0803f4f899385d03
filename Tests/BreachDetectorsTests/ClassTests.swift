@testable import BreachDetectors
import BreachModel
import Testing

/// Who the persons of a table are, by its name, its file and its headers.
@Suite struct ClassTests {
  private func personClass(
    table: String = "",
    file: String = "",
    _ columns: (String, DataType?)...
  ) throws -> String {
    let typer = ColumnTyper(try Support.required())
    let columns = columns.map { name, type in
      var column = ColumnPlan(name: name)
      column.type = type
      return column
    }
    var plan = TablePlan(name: table, columns: columns, firstData: 0, personClass: "")
    typer.classify(&plan, path: file)
    return plan.personClass
  }

  /// Whole words tell: an order is in no border, and a member in no membrane.
  @Test(arguments: [
    ("orders", "customer"), ("border", ""), ("borders", ""), ("reorder", ""), ("orderly", ""),
    ("customerOrders", "customer"), ("dtb_order_2024", "customer"),
    ("purchase_orders", "partner"), ("public.Customers", "customer"), ("CUSTOMER", "customer"),
    ("ＣＵＳＴＯＭＥＲＳ", "customer"), ("customerlist", "customer"), ("customize", ""),
    ("membrane", ""), ("membership", "customer"), ("tblClient2", "customer"),
    ("clients", "customer"), ("clientele", ""), ("staff_members", "employee"), ("staffing", ""),
    ("HRStaff", "employee"), ("payroll", "employee"), ("m_kanja", "patient"),
    ("student-roster", "student"), ("studio", ""), ("family_members", "customer"),
    ("会員", "customer"), ("全社員名簿", "employee"), ("会社員", ""),
    ("お客様一覧", "customer"), ("スタッフ一覧", "employee"), ("スタッフィング", ""),
    ("注文明細", "customer"), ("発注", "partner"), ("受注", "customer"),
    ("給与明細", "employee"), ("users", ""), ("addresses", ""), ("", ""),
  ])
  func namesOfTablesTell(_ name: String, _ meant: String) throws {
    #expect(try personClass(table: name) == meant)
    if !name.contains(".") {
      #expect(try personClass(file: name.isEmpty ? "" : name + ".csv") == meant)
    }
  }

  /// The name goes before headers, and words of persons before those of what is listed.
  @Test func theNameGoesBeforeHeaders() throws {
    let own = ("顧客名", DataType?.some(.personName))
    let number = ("社員番号", DataType?.some(.memberID))
    #expect(try personClass(own, number) == "customer")
    #expect(try personClass(number, own) == "customer")
    #expect(try personClass(number, ("氏名", .personName)) == "employee")
    #expect(try personClass(file: "社員台帳.csv", number, own) == "employee")
    #expect(try personClass(table: "customers", file: "staff.csv", number) == "customer")
    #expect(try personClass(file: "orders.csv", number) == "employee")
    #expect(try personClass(file: "orders.csv", ("name", .personName)) == "customer")
    #expect(try personClass(file: "export.csv", ("name", .personName)) == "")
  }

  /// A number of a partner says that its persons are partners, but not in a list of things.
  @Test func numbersTell() throws {
    let contact = ("担当者名", DataType?.some(.personName))
    let company = ("会社名", DataType?.some(.companyName))
    #expect(try personClass(("取引先コード", nil), company, contact) == "partner")
    #expect(try personClass(("vendor_code", nil), company, contact) == "partner")
    #expect(try personClass(("取引先コード", nil), ("商品名", nil), contact) == "")
    #expect(try personClass(("取引先", nil), contact) == "")
    #expect(try personClass(("order_no", nil), ("billing_name", .personName)) == "customer")
    #expect(try personClass(("border_no", nil), ("billing_name", .personName)) == "")
    #expect(try personClass(("orders[].name", .personName)) == "customer")
    #expect(try personClass(("orders[].total", nil)) == "")
  }

  @Test(arguments: [
    ("hr/employees.csv", true), ("staff_list_2024.csv", true), ("患者一覧.csv", true),
    ("Students.CSV", true), ("employee_benefits.csv", false), ("customers.csv", false),
    ("vendors.csv", false), ("employees/items.csv", false), ("", false),
  ])
  func filesOfPersonsAreNamedAfterThem(_ path: String, _ isOfPersons: Bool) throws {
    #expect(ColumnTyper(try Support.required()).holdsPersons(path: path) == isOfPersons)
  }

  /// Makers of things stay what they are, whatever their file is called.
  @Test func makersAreOfNoClass() throws {
    var plan = TablePlan(
      name: "customers",
      columns: [],
      firstData: 0,
      personClass: TablePlan.makers
    )
    ColumnTyper(try Support.required()).classify(&plan, path: "exports/orders.csv")
    #expect(plan.personClass == TablePlan.makers)
  }
}
