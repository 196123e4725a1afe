/// A day of the Gregorian calendar, years 0000 to 9999, without a time zone.
package struct CalendarDate: Hashable, Sendable {
  /// The year, 0...9999.
  package let year: Int
  /// The month, 1...12.
  package let month: Int
  /// The day of the month, 1...31.
  package let day: Int

  /// The English abbreviations of the months, also used in mails and on the web (RFC 5322, 3.3; RFC
  /// 9110, 5.6.7).
  package static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Makes a date; nil if the calendar has none such.
  package init?(year: Int, month: Int, day: Int) {
    guard (0...9_999).contains(year), (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Parses exactly `YYYY-MM-DD`; nil if the calendar has no such day.
  package init?(text: String) {
    var scanner = ASCIIScanner(text)
    self.init(from: &scanner)
    guard scanner.isAtEnd else { return nil }
  }

  /// Parses `YYYY-MM-DD` at the beginning of the remaining text.
  package init?(from scanner: inout ASCIIScanner) {
    guard let year = scanner.number(digits: 4), scanner.skip(0x2D),
      let month = scanner.number(digits: 2), scanner.skip(0x2D),
      let day = scanner.number(digits: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day a number of days after 1970-01-01; nil outside the years 0000 to 9999.
  ///
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`: eras of
  /// 400 years, years that begin in March.
  package init?(daysSince1970 days: Int) {
    guard days >= -719_528, days <= 2_932_896 else { return nil }
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days from 1970-01-01 to this one, negative before it (Hinnant, `days_from_civil`).
  package var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week, 0 for Monday: 1970 began on a Thursday.
  package var weekday: Int { ((daysSince1970 + 3) % 7 + 7) % 7 }

  /// The first millisecond of the day in UTC.
  package var start: Timestamp {
    Timestamp(milliseconds: Int64(daysSince1970) * Timestamp.millisecondsPerDay)
  }

  /// The last millisecond of the day in UTC.
  package var end: Timestamp {
    Timestamp(milliseconds: start.milliseconds + Timestamp.millisecondsPerDay - 1)
  }

  /// `YYYY-MM-DD`.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `YYYY-MM-DD`.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(decimal: year, width: 4)
    bytes.append(0x2D)
    bytes.append(decimal: month, width: 2)
    bytes.append(0x2D)
    bytes.append(decimal: day, width: 2)
  }

  /// The number of days in a month, 28...31.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: Comparable {
  /// Whether the first is the earlier day.
  package static func < (first: CalendarDate, second: CalendarDate) -> Bool {
    (first.year, first.month, first.day) < (second.year, second.month, second.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
