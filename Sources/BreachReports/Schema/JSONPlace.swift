internal import BreachModel

/// A value with its path from the top, so that every complaint says where.
struct JSONPlace {
  let value: JSONValue
  let path: String

  /// The value at this path; the top has an empty one.
  init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  /// The member with this key; it has to be there.
  func member(_ key: String) throws(ResultReadError) -> JSONPlace {
    let below = path.isEmpty ? key : "\(path).\(key)"
    guard case .object(let object) = value else { throw mismatch("an object") }
    guard let value = object[key] else { throw .missing(below) }
    return JSONPlace(value, path: below)
  }

  /// A member that older results of the schema lack.
  func later(_ key: String) throws(ResultReadError) -> JSONPlace? {
    guard case .object(let object) = value, object[key] == nil else { return try member(key) }
    return nil
  }

  /// A text.
  func string() throws(ResultReadError) -> String {
    guard case .string(let text) = value else { throw mismatch("a string") }
    return text
  }

  /// A day, `YYYY-MM-DD`.
  func day() throws(ResultReadError) -> CivilDate {
    guard let day = CivilDate(try string()) else { throw mismatch("a day, YYYY-MM-DD") }
    return day
  }

  /// A whole number of things: never negative.
  func integer() throws(ResultReadError) -> Int {
    guard case .integer(let number) = value, number >= 0 else {
      throw mismatch("an integer of at least 0")
    }
    return number
  }

  /// A number with or without fraction.
  func double() throws(ResultReadError) -> Double {
    switch value {
    case .number(let number): return number
    case .integer(let number): return Double(number)
    default: throw mismatch("a number")
    }
  }

  /// True or false.
  func bool() throws(ResultReadError) -> Bool {
    guard case .bool(let flag) = value else { throw mismatch("a boolean") }
    return flag
  }

  /// What `read` makes of the value, nil for `null`.
  func orNull<Value>(
    _ read: (JSONPlace) throws(ResultReadError) -> Value
  ) throws(ResultReadError) -> Value? {
    if case .null = value { return nil }
    return try read(self)
  }

  /// What `read` makes of each element.
  func array<Value>(
    _ read: (JSONPlace) throws(ResultReadError) -> Value
  ) throws(ResultReadError) -> [Value] {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for (position, element) in elements.enumerated() {
      values.append(try read(JSONPlace(element, path: "\(path)[\(position)]")))
    }
    return values
  }

  /// An array of texts.
  func strings() throws(ResultReadError) -> [String] {
    try array { (text) throws(ResultReadError) in try text.string() }
  }

  /// A data type by its id.
  func type() throws(ResultReadError) -> DataType {
    let id = try string()
    guard let type = DataType(id: id) else { throw .unknown(at: path, id) }
    return type
  }

  /// A set of data types.
  func types() throws(ResultReadError) -> TypeSet {
    TypeSet(try array { (id) throws(ResultReadError) in try id.type() })
  }

  /// A map by any key.
  func byKey<Value>(
    _ read: (JSONPlace) throws(ResultReadError) -> Value
  ) throws(ResultReadError) -> [String: Value] {
    guard case .object(let object) = value else { throw mismatch("an object") }
    var map: [String: Value] = [:]
    for member in object.members {
      map[member.key] = try read(JSONPlace(member.value, path: "\(path).\(member.key)"))
    }
    return map
  }

  /// A map by data type ids.
  func byType<Value>(
    _ read: (JSONPlace) throws(ResultReadError) -> Value
  ) throws(ResultReadError) -> [DataType: Value] {
    var map: [DataType: Value] = [:]
    for (id, value) in try byKey(read) {
      guard let type = DataType(id: id) else { throw .unknown(at: path, id) }
      map[type] = value
    }
    return map
  }

  private func mismatch(_ expected: String) -> ResultReadError {
    .wrongKind(at: path.isEmpty ? "the document" : path, expected: expected, found: value.kind)
  }
}
