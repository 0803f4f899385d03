/// A day of the Gregorian calendar, reckoned without a time zone or a system library.
package struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before.
  package var dayNumber: Int

  package init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// Nil for a day that does not exist, or a year outside 1…9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    // Years are counted from March, so that the leap day is the last of its year; eras are the
    // 400-year periods of 146 097 days after which the calendar repeats.
    let marchYear = month > 2 ? year : year - 1
    let era = marchYear / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = era * 146_097 + dayOfEra - 719_468
  }

  /// Exactly `YYYY-MM-DD` with a day that exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

  package static func + (date: Self, days: Int) -> Self {
    CivilDate(dayNumber: date.dayNumber + days)
  }

  /// 0 = Monday … 6 = Sunday.
  package var weekday: Int {
    // 1970-01-01 was a Thursday.
    let shifted = (dayNumber + 3) % 7
    return shifted < 0 ? shifted + 7 : shifted
  }

  package var components: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = components
    return "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(day, to: 2))"
  }

  /// The number of days of a month.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2:
      year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    default: 31
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// A day, or an instant with its offset from UTC, as a person wrote it into an incident file.
package struct Moment: Sendable, Hashable, CustomStringConvertible {
  /// The day as written, at the place whose offset was written.
  package var day: CivilDate
  /// Seconds after local midnight; nil when only a day was written.
  package var secondOfDay: Int?
  /// Minutes east of UTC; nil when only a day was written.
  package var offset: Int?

  package init(day: CivilDate, secondOfDay: Int? = nil, offset: Int? = nil) {
    self.day = day
    self.secondOfDay = secondOfDay
    self.offset = offset
  }

  /// `YYYY-MM-DD`, or RFC 3339 with an offset: `2026-11-20T18:00:00+09:00`, seconds optional.
  package init?(_ text: String) {
    if let day = CivilDate(text) {
      self.init(day: day)
      return
    }
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      let dayText = String(validating: bytes[0..<10], as: UTF8.self), let day = CivilDate(dayText)
    else { return nil }
    var rest = bytes[11...]
    guard let hour = Self.take(2, from: &rest), hour < 24, Self.take(":", from: &rest),
      let minute = Self.take(2, from: &rest), minute < 60
    else { return nil }
    var second = 0
    if Self.take(":", from: &rest) {
      guard let taken = Self.take(2, from: &rest), taken < 60 else { return nil }
      second = taken
    }
    guard let offset = Self.offset(rest) else { return nil }
    self.init(day: day, secondOfDay: (hour * 60 + minute) * 60 + second, offset: offset)
  }

  /// The day at a place `minutes` east of UTC; a day without a time is taken as written.
  package func day(atOffset minutes: Int) -> CivilDate {
    guard let secondOfDay, let offset else { return day }
    let shifted = secondOfDay + (minutes - offset) * 60
    let days = shifted >= 0 ? shifted / 86_400 : (shifted - 86_399) / 86_400
    return day + days
  }

  /// As it may be written into an incident file.
  package var description: String {
    guard let secondOfDay, let offset else { return day.description }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let time =
      "\(two(secondOfDay / 3600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))"
    let east = abs(offset)
    return "\(day)T\(time)\(offset < 0 ? "-" : "+")\(two(east / 60)):\(two(east % 60))"
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    if take("Z", from: &rest) { return rest.isEmpty ? 0 : nil }
    let sign: Int
    if take("+", from: &rest) {
      sign = 1
    } else if take("-", from: &rest) {
      sign = -1
    } else {
      return nil
    }
    guard let hours = take(2, from: &rest), hours <= 14, take(":", from: &rest),
      let minutes = take(2, from: &rest), minutes < 60, rest.isEmpty
    else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= count else { return nil }
    var value = 0
    for digit in rest.prefix(count) {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    rest = rest.dropFirst(count)
    return value
  }

  private static func take(_ character: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool
  {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}

extension Moment {
  /// The instant some hours later, at the same offset; nil when only a day was written.
  package func adding(hours: Int) -> Moment? {
    guard let secondOfDay, let offset else { return nil }
    let seconds = secondOfDay + hours * 3_600
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return Moment(day: day + days, secondOfDay: seconds - days * 86_400, offset: offset)
  }

  /// Seconds since 1970-01-01T00:00:00Z; a day without a time stands for its first second in UTC.
  package var secondsSince1970: Int {
    day.dayNumber * 86_400 + (secondOfDay ?? 0) - (offset ?? 0) * 60
  }

  /// RFC 3339 in UTC, of seconds since 1970-01-01T00:00:00Z.
  package static func text(secondsSince1970 seconds: Int) -> String {
    let day = CivilDate(dayNumber: seconds / 86_400)
    let rest = seconds % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
