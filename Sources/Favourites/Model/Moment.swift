/// What `DATE|AGE` names: a day, month or year, or one instant.
///
/// Days, months and years are those of UTC, as all times are kept in UTC.
package struct Moment: Hashable, Sendable {
  /// The first millisecond that belongs to it: the bound of `--since`.
  package let earliest: Timestamp
  /// The last millisecond that belongs to it: the bound of `--until`. For an instant, the same.
  package let latest: Timestamp

  /// All of a day.
  package init(day: CalendarDate) {
    earliest = day.start
    latest = day.end
  }

  /// One instant.
  package init(instant: Timestamp) {
    earliest = instant
    latest = instant
  }

  private init(from first: CalendarDate, to last: CalendarDate) {
    earliest = first.start
    latest = last.end
  }

  /// Reads `2024-01-31`, `2024-01`, `2024`, an RFC 3339 time, `today`, `yesterday`, or an age.
  ///
  /// An age is that long before `now`: `1y`, `6m` (months), `2w`, `30d`, `12h`, `90min`, and
  /// several together, as in `1y6m`. Months and years go by the calendar: a month before
  /// 31 March is the last day of February. A year is four digits; more or fewer need a unit.
  package static func parse(
    _ text: String, now: Timestamp
  ) throws(MomentError) -> Moment {
    switch text {
    case "today": return Moment(day: now.date)
    case "yesterday": return try yesterday(of: now, text)
    default: break
    }
    var scanner = ASCIIScanner(text)
    if let year = scanner.number(digits: 4), scanner.isAtEnd || scanner.next == 0x2D {
      return try date(text, year: year, rest: &scanner)
    }
    return Moment(instant: try age(text, before: now))
  }

  private static func yesterday(
    of now: Timestamp, _ text: String
  ) throws(MomentError) -> Moment {
    guard let day = CalendarDate(daysSince1970: now.date.daysSince1970 - 1) else {
      throw .tooLongAgo(text)
    }
    return Moment(day: day)
  }

  private static func date(
    _ text: String, year: Int, rest: inout ASCIIScanner
  ) throws(MomentError) -> Moment {
    if rest.isAtEnd { return try months(1...12, of: year, text) }
    _ = rest.skip(0x2D)
    guard let month = rest.number(digits: 2) else { throw .notADate(text) }
    if rest.isAtEnd { return try months(month...month, of: year, text) }
    if let day = CalendarDate(text: text) { return Moment(day: day) }
    if let instant = Timestamp(rfc3339: text) { return Moment(instant: instant) }
    throw .notADate(text)
  }

  private static func months(
    _ months: ClosedRange<Int>, of year: Int, _ text: String
  ) throws(MomentError) -> Moment {
    let last = CalendarDate.days(inMonth: months.upperBound, of: year)
    guard let from = CalendarDate(year: year, month: months.lowerBound, day: 1),
      let to = CalendarDate(year: year, month: months.upperBound, day: last)
    else { throw .notADate(text) }
    return Moment(from: from, to: to)
  }

  private static func age(
    _ text: String, before now: Timestamp
  ) throws(MomentError) -> Timestamp {
    var scanner = ASCIIScanner(text)
    guard let first = scanner.next, (0x30...0x39).contains(first) else { throw .notAMoment(text) }
    var months = 0
    var milliseconds: Int64 = 0
    repeat {
      // Ten thousand million of any unit is before the year 0000; the bound keeps every product
      // and sum below within 64 bits.
      let count = scanner.number() ?? .max
      let unit = scanner.letters()
      guard let length = Unit(rawValue: unit) else {
        throw unit.isEmpty ? .notAMoment(text) : .unknownUnit(text, unit: unit)
      }
      guard count <= 10_000_000_000 else { throw .tooLongAgo(text) }
      if let duration = length.milliseconds {
        milliseconds += Int64(count) * duration
      } else {
        months += count * (length == .year ? 12 : 1)
      }
      guard months <= 120_000, milliseconds <= 400_000_000_000_000 else {
        throw .tooLongAgo(text)
      }
      guard scanner.next.map({ (0x30...0x39).contains($0) }) ?? true else {
        throw .notAMoment(text)
      }
    } while !scanner.isAtEnd
    return try step(back: months, milliseconds, from: now, text)
  }

  private static func step(
    back months: Int, _ milliseconds: Int64, from now: Timestamp, _ text: String
  ) throws(MomentError) -> Timestamp {
    let date = now.date
    let monthsSinceZero = date.year * 12 + date.month - 1 - months
    guard monthsSinceZero >= 0 else { throw .tooLongAgo(text) }
    let year = monthsSinceZero / 12
    let month = monthsSinceZero % 12 + 1
    let day = min(date.day, CalendarDate.days(inMonth: month, of: year))
    guard let then = CalendarDate(year: year, month: month, day: day) else {
      throw .tooLongAgo(text)
    }
    let instant = then.start.milliseconds + now.millisecondOfDay - milliseconds
    guard instant >= Timestamp.earliest.milliseconds else { throw .tooLongAgo(text) }
    return Timestamp(milliseconds: instant)
  }

  private enum Unit: String {
    case year = "y"
    case month = "m"
    case week = "w"
    case day = "d"
    case hour = "h"
    case minute = "min"

    /// How long it is; nil for those whose length the calendar decides.
    var milliseconds: Int64? {
      switch self {
      case .year, .month: nil
      case .week: 604_800_000
      case .day: 86_400_000
      case .hour: 3_600_000
      case .minute: 60_000
      }
    }
  }
}
