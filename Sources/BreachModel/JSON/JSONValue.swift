/// A JSON document in memory: objects keep their order, integers stay integers.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number written with a fraction or an exponent; not finite is written as `null`.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// An object with these members in this order.
  package static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { JSONObject.Member(key: $0.0, value: $0.1) }))
  }

  /// A string, or `null` for nil.
  package static func string(orNull text: String?) -> JSONValue {
    text.map(JSONValue.string) ?? .null
  }

  /// An integer, or `null` for nil.
  package static func integer(orNull number: Int?) -> JSONValue {
    number.map(JSONValue.integer) ?? .null
  }

  /// An array of strings.
  package static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map(JSONValue.string))
  }

  /// What kind of value this is, in the words of an error message.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// Members in document order; keys are unique when they come from the parser.
package struct JSONObject: Sendable, Hashable {
  /// One key with its value.
  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: JSONValue

    /// A member of an object.
    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// In document order.
  package var members: [Member]

  /// An object of these members, which the caller keeps unique.
  package init(_ members: [Member] = []) { self.members = members }

  /// The value of the first member with this key; a linear search, for objects of a few members.
  package subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }
}
