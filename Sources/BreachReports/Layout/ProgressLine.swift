internal import BreachModel

/// How far a scan is, as one line of a terminal.
package struct ProgressLine: Sendable {
  package var bytes: Int
  package var totalBytes: Int
  /// Records that identify a person, before they are linked.
  package var persons: Int
  package var seconds: Double

  /// A line of what was read until now.
  package init(bytes: Int, totalBytes: Int, persons: Int, seconds: Double) {
    self.bytes = bytes
    self.totalBytes = totalBytes
    self.persons = persons
    self.seconds = seconds
  }

  /// Seconds left at the speed until now; nil while that says nothing.
  ///
  /// What unfolds from archives can be more than was announced: then nobody knows.
  package var secondsLeft: Int? {
    guard seconds >= 1, bytes > 0, bytes < totalBytes else { return nil }
    let left = Double(totalBytes - bytes) * seconds / Double(bytes)
    return left < 1e7 ? Int(left.rounded(.up)) : nil
  }

  /// The line, no wider than `width` columns: what stands last goes first.
  package func text(_ language: ReportLanguage, width: Int) -> String {
    func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }
    let rate = seconds > 0 ? Int(min(Double(bytes) / seconds, 1e15)) : 0
    // Archives unfold to more than was announced, and a stream announces nothing.
    let done =
      bytes < totalBytes
      ? Messages.progressBytes(byteText(bytes), of: byteText(totalBytes)) : byteText(bytes)
    var parts = [
      say(done), say(Messages.progressRate(byteText(rate))),
      say(Messages.progressPersons(persons)),
    ]
    if let secondsLeft { parts.insert(say(Messages.progressLeft(secondsLeft)), at: 1) }
    var line = parts[0]
    for part in parts.dropFirst() {
      let longer = line + say(Messages.comma) + part
      if DisplayWidth.of(longer) > width { break }
      line = longer
    }
    return DisplayWidth.of(line) > width ? "" : line
  }
}

extension Messages {
  static func progressBytes(_ bytes: LocalizedText, of total: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "\(bytes.ja) / \(total.ja)", en: "\(bytes.en) of \(total.en)")
  }

  static func progressRate(_ bytes: LocalizedText) -> LocalizedText {
    LocalizedText(ja: "毎秒\(bytes.ja)", en: "\(bytes.en)/s")
  }

  static func progressPersons(_ number: Int) -> LocalizedText {
    LocalizedText(ja: "本人の記録 \(group(number))件", en: count(number, "record") + " of persons")
  }

  static func progressLeft(_ seconds: Int) -> LocalizedText {
    if seconds < 60 { return LocalizedText(ja: "あと\(seconds)秒", en: "\(seconds) s left") }
    let minutes = (seconds + 59) / 60
    if minutes < 60 { return LocalizedText(ja: "あと\(minutes)分", en: "\(minutes) min left") }
    let (hours, rest) = (minutes / 60, minutes % 60)
    return LocalizedText(ja: "あと\(hours)時間\(rest)分", en: "\(hours) h \(rest) min left")
  }
}
