internal import BreachModel

/// A number with a comma at each thousand, in both languages.
package func group(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var grouped = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position) % 3 == 0 { grouped += "," }
    grouped.append(digit)
  }
  return (number < 0 ? "-" : "") + grouped
}

/// A number with its English noun, which takes an `s` unless another plural is given.
package func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(group(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// An amount of bytes: exact below 10,000, then in the unit that people read.
func byteText(_ bytes: Int) -> LocalizedText {
  let units = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
  guard bytes >= 10_000, let (unit, name) = units.first(where: { bytes >= $0.0 }) else {
    return Messages.byteCount(group(bytes))
  }
  let tenths = bytes / (unit / 10)
  let text = "\(group(tenths / 10)).\(tenths % 10) \(name)"
  return LocalizedText(ja: text, en: text)
}

/// Expected findings by chance, to a tenth.
func chanceText(_ expected: Double) -> String {
  guard expected > 0 else { return "0" }
  guard expected >= 0.1 else { return "<0.1" }
  guard expected < 1e12 else { return ">10^12" }
  let tenths = Int((expected * 10).rounded())
  return "\(group(tenths / 10)).\(tenths % 10)"
}
