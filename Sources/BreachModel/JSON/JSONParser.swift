/// Why a text is no JSON document that we accept, and where.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong; the raw value is the sentence for people.
  package enum Code: String, Sendable, Hashable {
    case unexpectedEnd = "the document ends too early"
    case unexpectedByte = "unexpected byte"
    case badLiteral = "expected true, false or null"
    case badNumber = "not a JSON number"
    case numberOutOfRange = "number out of range"
    case badEscape = "unknown escape in a string"
    case loneSurrogate = "half a surrogate pair"
    case controlInString = "control character in a string"
    case badUTF8 = "not UTF-8"
    case duplicateKey = "this key stands twice in one object"
    case tooDeep = "nested too deeply"
    case tooLong = "document too long"
    case trailingBytes = "something follows the document"
  }

  package var code: Code
  /// 0-based byte offset in the document.
  package var offset: Int

  package var description: String { "byte \(offset): \(code.rawValue)" }
}

/// How large a document may be.
package struct JSONLimits: Sendable {
  /// Open arrays and objects at once.
  package var depth = 64
  /// Bytes of the whole document.
  package var bytes = 1 << 30

  /// 64 levels, 1 GiB.
  package init() {}
}

/// A strict reader of RFC 8259 documents in UTF-8.
///
/// No comments, no trailing commas, no byte-order mark; a key twice in one object (also when only
/// canonically the same) is refused, and so is half a surrogate pair. The stack is our own, so a
/// hostile document meets the limit, never the end of the thread's stack.
package struct JSONParser {
  private let bytes: [UInt8]
  private let limits: JSONLimits
  private var position = 0
  private var open: [Container] = []

  /// An array or object whose end has not come yet.
  private struct Container {
    var isObject: Bool
    var elements: [JSONValue] = []
    var members: [JSONObject.Member] = []
    var keys: Set<String> = []
    var pendingKey: String?

    var value: JSONValue { isObject ? .object(JSONObject(members)) : .array(elements) }
  }

  private init(_ bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// The whole document, or the first thing wrong with it.
  package static func parse(
    _ bytes: [UInt8],
    limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw JSONError(code: .tooLong, offset: limits.bytes)
    }
    var parser = JSONParser(bytes, limits: limits)
    return try parser.document()
  }

  /// One value after the other, each handed to the innermost open container.
  private mutating func document() throws(JSONError) -> JSONValue {
    while true {
      skipSpace()
      // A value is complete here, or a container was opened and its first element follows.
      guard var value = try begin() else { continue }
      while true {
        guard var container = open.popLast() else {
          skipSpace()
          guard position == bytes.count else { throw error(.trailingBytes) }
          return value
        }
        if container.isObject {
          container.members.append(.init(key: container.pendingKey ?? "", value: value))
        } else {
          container.elements.append(value)
        }
        skipSpace()
        let byte = try current()
        position += 1
        if byte == UInt8(ascii: ",") {
          skipSpace()
          if container.isObject { try readKey(into: &container) }
          open.append(container)
          break
        }
        guard byte == UInt8(ascii: container.isObject ? "}" : "]") else {
          position -= 1
          throw error(.unexpectedByte)
        }
        value = container.value
      }
    }
  }

  /// A scalar or empty container; nil after opening a container that holds something.
  private mutating func begin() throws(JSONError) -> JSONValue? {
    switch try current() {
    case UInt8(ascii: "{"): return try openContainer(isObject: true)
    case UInt8(ascii: "["): return try openContainer(isObject: false)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error(.unexpectedByte)
    }
  }

  /// An empty container, or nil after opening one that holds something.
  private mutating func openContainer(isObject: Bool) throws(JSONError) -> JSONValue? {
    guard open.count < limits.depth else { throw error(.tooDeep) }
    position += 1
    var container = Container(isObject: isObject)
    skipSpace()
    if try current() == UInt8(ascii: isObject ? "}" : "]") {
      position += 1
      return container.value
    }
    if isObject { try readKey(into: &container) }
    open.append(container)
    return nil
  }

  /// Reads a key and its colon.
  private mutating func readKey(into container: inout Container) throws(JSONError) {
    let start = position
    guard try current() == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
    let key = try string()
    guard container.keys.insert(key).inserted else {
      throw JSONError(code: .duplicateKey, offset: start)
    }
    container.pendingKey = key
    skipSpace()
    guard try current() == UInt8(ascii: ":") else { throw error(.unexpectedByte) }
    position += 1
  }

  private mutating func literal(
    _ word: StaticString,
    _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for byte in word.description.utf8 {
      guard position < bytes.count, bytes[position] == byte else { throw error(.badLiteral) }
      position += 1
    }
    return value
  }

  private mutating func skipSpace() {
    while position < bytes.count,
      bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x0D
        || bytes[position] == 0x09
    {
      position += 1
    }
  }

  private func current() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[position]
  }

  private func error(_ code: JSONError.Code) -> JSONError {
    JSONError(code: code, offset: position)
  }
}

// MARK: - Numbers and strings

extension JSONParser {
  /// Reads by the grammar of the standard, which is narrower than what `Double` takes.
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    // No digits, or a zero in front of more: `-`, `012`.
    guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
      throw JSONError(code: .badNumber, offset: start)
    }
    var isInteger = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard digits() > 0 else { throw JSONError(code: .badNumber, offset: start) }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard digits() > 0 else { throw JSONError(code: .badNumber, offset: start) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger {
      guard let value = Int(text) else {
        throw JSONError(code: .numberOutOfRange, offset: start)
      }
      return .integer(value)
    }
    guard let value = Double(text), value.isFinite else {
      throw JSONError(code: .numberOutOfRange, offset: start)
    }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, bytes[position] >= UInt8(ascii: "0"),
      bytes[position] <= UInt8(ascii: "9")
    {
      position += 1
    }
    return position - start
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while true {
      let byte = try current()
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw JSONError(code: .badUTF8, offset: start)
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20:
        position -= 1
        throw error(.controlInString)
      default: content.append(byte)
      }
    }
  }

  /// Reads what follows a backslash.
  private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
    let start = position - 1
    let byte = try current()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hexadecimal()
      if value >> 10 == 0xD800 >> 10 {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONError(code: .loneSurrogate, offset: start) }
        position += 2
        let low = try hexadecimal()
        guard low >> 10 == 0xDC00 >> 10 else {
          throw JSONError(code: .loneSurrogate, offset: start)
        }
        value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
      }
      // The only values that are no scalar here are low halves without a high one.
      guard let scalar = Unicode.Scalar(value) else {
        throw JSONError(code: .loneSurrogate, offset: start)
      }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw JSONError(code: .badEscape, offset: start)
    }
  }

  /// Reads the four digits of an escape.
  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try current()
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error(.badEscape)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
