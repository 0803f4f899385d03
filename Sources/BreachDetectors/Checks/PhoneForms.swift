internal import BreachBytes
internal import BreachModel

/// How the phone numbers of other countries are grouped when written without the country's code.
struct PhoneForms: Sendable {
  /// Digits of each group, four bits a group, the first in the lowest; their digits, 0x64 for any and
  /// 0x4E for 2 to 9.
  private var forms: [(groups: UInt64, digits: [UInt8])] = []

  /// Reads forms as `07ddd dddddd`: a digit, `d` for any, `N` for 2 to 9, a blank between groups.
  init(_ items: [PatternValue]) throws(PatternError) {
    for item in items {
      let text = Array(try item.text().utf8)
      var (groups, group, digits) = (UInt64(0), 0, [UInt8]())
      for byte in text {
        if byte == 0x20 {
          group += 1
        } else {
          groups += 1 << UInt64(4 * group)
          digits.append(byte)
        }
      }
      guard digits.count >= 8, digits.count <= 15, group > 0, group < 8,
        digits.allSatisfy({ isDigit($0) || $0 == 0x64 || $0 == 0x4E })
      else { throw item.error("groups of digits, d for any and N for 2 to 9, as in 07ddd dddddd") }
      forms.append((groups, digits))
    }
  }

  /// True when the digits up to an extension stand in the groups of a form, whatever mark is between.
  func fits(_ text: Span<UInt8>) -> Bool {
    var digits = [16 of UInt8](repeating: 0)
    var (count, groups, group, isOpen) = (0, UInt64(0), 0, false)
    for index in text.indices {
      let byte = text[index]
      if isDigit(byte) {
        guard count < 15 else { return false }
        if !isOpen, count > 0 { group += 1 }
        guard group < 8 else { return false }
        isOpen = true
        digits[count] = byte
        count += 1
        groups += 1 << UInt64(4 * group)
      } else if byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x2F || byte == 0x28
        || byte == 0x29
      {
        isOpen = false
      } else {
        break
      }
    }
    for form in forms where form.groups == groups && form.digits.count == count {
      var isRight = true
      for index in 0..<count {
        switch form.digits[index] {
        case 0x64: continue
        case 0x4E: if digits[index] < 0x32 { isRight = false }
        case let digit: if digits[index] != digit { isRight = false }
        }
      }
      if isRight { return true }
    }
    return false
  }
}
