internal import BreachModel

/// The duties of a result as iCalendar (RFC 5545): days, windows and instants as events with a
/// reminder, duties without a day as tasks.
package enum CalendarReport: Report {
  package static let fileExtensions = ["ics"]
  package static let isSpoken = true

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let result = content.result
    var writer = CalendarWriter(language: options.language, stamp: stamp(result.run.started))
    for pack in result.assessment?.packs ?? [] {
      for duty in pack.duties { writer.append(duty, of: pack) }
    }
    try sink.append(writer.finished())
  }

  /// `2026-11-23T00:00:00Z` without its punctuation.
  private static func stamp(_ moment: String) -> String {
    String(moment.filter { $0 != "-" && $0 != ":" })
  }
}

private struct CalendarWriter {
  private let language: ReportLanguage
  private let stamp: String
  private var bytes: [UInt8] = []

  init(language: ReportLanguage, stamp: String) {
    self.language = language
    self.stamp = stamp
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//breachscope//criteria//EN"] {
      append(line)
    }
  }

  private func say(_ text: LocalizedText) -> String { language == .ja ? text.ja : text.en }

  mutating func append(_ duty: Duty, of pack: PackAssessment) {
    let kind = duty.due == nil ? "VTODO" : "VEVENT"
    append("BEGIN:\(kind)")
    append("UID:\(escaped("\(pack.id).\(duty.id)"))@breachscope")
    append("DTSTAMP:\(stamp)")
    if let due = duty.due { appendTimes(from: duty.from ?? due, to: due) }
    append("SUMMARY:\(escaped("\(say(duty.title)) (\(say(duty.authority)))"))")
    let details = [
      say(duty.dueText), "\(say(pack.title)) (\(pack.id) \(pack.version))",
      say(Messages.firedBy) + duty.firedBy.joined(separator: ", "),
      say(Messages.cite) + duty.cite.joined(separator: "; "), say(Messages.notLegalAdvice),
    ]
    append("DESCRIPTION:\(escaped(details.joined(separator: "\n")))")
    if duty.due != nil {
      append("TRANSP:TRANSPARENT")
      for line in [
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D",
        "DESCRIPTION:\(escaped(say(duty.title)))", "END:VALARM",
      ] { append(line) }
    }
    append("END:\(kind)")
  }

  /// Days have an end that is not included; an instant is given in UTC.
  private mutating func appendTimes(from: String, to: String) {
    if let first = CivilDate(from), let last = CivilDate(to) {
      append("DTSTART;VALUE=DATE:\(basic(first))")
      append("DTEND;VALUE=DATE:\(basic(last + 1))")
    } else if let moment = Moment(to) {
      let text = Moment.text(secondsSince1970: moment.secondsSince1970)
      append("DTSTART:\(String(text.filter { $0 != "-" && $0 != ":" }))")
    }
  }

  private func basic(_ date: CivilDate) -> String { String(date.description.filter { $0 != "-" }) }

  private func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": out += "\\\(scalar)"
      case "\n": out += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// One content line, folded so that no line has more than 75 bytes and no character is cut.
  private mutating func append(_ line: String) {
    var length = 0
    for scalar in line.unicodeScalars {
      let encoded = Array(String(scalar).utf8)
      if length + encoded.count > 75 {
        bytes += Array("\r\n ".utf8)
        length = 1
      }
      bytes += encoded
      length += encoded.count
    }
    bytes += Array("\r\n".utf8)
  }

  mutating func finished() -> [UInt8] {
    append("END:VCALENDAR")
    return bytes
  }
}
