/// The meaning of `DATE|AGE`: a day, week, month or year, a minute, or one instant.
///
/// Days, weeks, months and years are in the user's time zone: see `Zone`.
package struct Moment: Hashable, Sendable {
  /// Its first millisecond: the bound of `--since`.
  package let earliest: Timestamp
  /// Its last millisecond: the bound of `--until`. Equal to `earliest` for an instant.
  package let latest: Timestamp
  /// Whether it was given as an age.
  package let isAge: Bool

  private init(_ earliest: Timestamp, _ latest: Timestamp, isAge: Bool = false) {
    self.earliest = earliest
    self.latest = latest
    self.isAge = isAge
  }

  /// Parses `2024-01-31`, `2024-01`, `2024`, `2024-W13`, a day with a time, `today`, `yesterday`,
  /// the name of a weekday, or an age.
  ///
  /// A weekday is the most recent one, including today. A time without `Z` or an offset is in the
  /// user's time zone, and one to the minute is that whole minute. An age is the time that long
  /// before `now`: `1y`, `6m` (months), `2w`, `30d`, `12h`, `90min`, several together, as in
  /// `1y6m`, or in words, as in `2 weeks ago`. Months and years follow the calendar: a month before
  /// 31 March is the last day of February. A year has four digits; more or fewer need a unit.
  package static func parse(
    _ text: String, now: Timestamp, in zone: Zone = .utc
  ) throws(MomentError) -> Moment {
    if let days = try namedDay(text, now, zone) { return .days(from: days, to: days, in: zone) }
    var scanner = ASCIIScanner(text)
    if let year = scanner.number(digits: 4), scanner.isAtEnd || scanner.next == 0x2D {
      return try date(text, year: year, rest: &scanner, zone)
    }
    let instant = try age(text, before: now, zone)
    return Moment(instant, instant, isAge: true)
  }

  private static func days(
    from first: CalendarDate, to last: CalendarDate, in zone: Zone
  ) -> Moment {
    Moment(zone.start(of: first), zone.end(of: last))
  }

  /// The day that `today`, `yesterday` or a weekday names; nil for any other text.
  package static func namedDay(
    _ text: String, _ now: Timestamp, _ zone: Zone
  ) throws(MomentError) -> CalendarDate? {
    let name = text.lowercased()
    let back: Int
    switch name {
    case "today": back = 0
    case "yesterday": back = 1
    default:
      let names = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
      ]
      guard let weekday = names.firstIndex(of: name) else { return nil }
      back = (zone.date(at: now).weekday - weekday + 7) % 7
    }
    let today = zone.date(at: now)
    guard let day = CalendarDate(daysSince1970: today.daysSince1970 - back) else {
      throw .tooLongAgo(text)
    }
    return day
  }

  private static func date(
    _ text: String, year: Int, rest: inout ASCIIScanner, _ zone: Zone
  ) throws(MomentError) -> Moment {
    if rest.isAtEnd { return try months(1...12, of: year, text, zone) }
    _ = rest.skip(0x2D)
    if rest.skip(0x57, 0x77) { return try week(text, of: year, rest: &rest, zone) }
    guard let month = rest.number(digits: 2) else { throw .notADate(text) }
    if rest.isAtEnd { return try months(month...month, of: year, text, zone) }
    if let day = CalendarDate(text: text) { return .days(from: day, to: day, in: zone) }
    if let instant = Timestamp(rfc3339: text) { return Moment(instant, instant) }
    guard let time = DayTime(text) else { throw .notADate(text) }
    let instant = time.instant(in: zone)
    return Moment(
      instant, Timestamp(milliseconds: instant.milliseconds + time.length - 1))
  }

  private static func months(
    _ months: ClosedRange<Int>, of year: Int, _ text: String, _ zone: Zone
  ) throws(MomentError) -> Moment {
    let last = CalendarDate.days(inMonth: months.upperBound, of: year)
    guard let from = CalendarDate(year: year, month: months.lowerBound, day: 1),
      let to = CalendarDate(year: year, month: months.upperBound, day: last)
    else { throw .notADate(text) }
    return .days(from: from, to: to, in: zone)
  }

  /// ISO 8601: weeks begin on Monday, and the first is the one with 4 January; `W13-4` is its
  /// Thursday.
  private static func week(
    _ text: String, of year: Int, rest: inout ASCIIScanner, _ zone: Zone
  ) throws(MomentError) -> Moment {
    guard let number = rest.number(digits: 2), number > 0,
      let fourth = CalendarDate(year: year, month: 1, day: 4)
    else { throw .notADate(text) }
    let monday = fourth.daysSince1970 - fourth.weekday + (number - 1) * 7
    guard let thursday = CalendarDate(daysSince1970: monday + 3), thursday.year == year else {
      throw .notADate(text)
    }
    var (first, last) = (monday, monday + 6)
    if rest.skip(0x2D) {
      guard let day = rest.number(digits: 1), (1...7).contains(day) else { throw .notADate(text) }
      first = monday + day - 1
      last = first
    }
    guard rest.isAtEnd, let from = CalendarDate(daysSince1970: first),
      let to = CalendarDate(daysSince1970: last)
    else { throw .notADate(text) }
    return .days(from: from, to: to, in: zone)
  }
}
