extension Moment {
  /// The instant an age ago: `30d`, `1y6m`, `2 weeks ago`.
  static func age(
    _ text: String, before now: Timestamp, _ zone: Zone
  ) throws(MomentError) -> Timestamp {
    var scanner = ASCIIScanner(text)
    guard let first = scanner.next, isDigit(first) else { throw .notAMoment(text) }
    var months = 0
    var milliseconds: Int64 = 0
    repeat {
      // Ten thousand million of any unit goes back before the year 0000; the bound keeps every
      // product and sum below within 64 bits.
      let count = scanner.number() ?? .max
      _ = scanner.skip(0x20)
      let unit = scanner.letters()
      guard let length = Unit(unit) else {
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
      if scanner.skip(0x20), scanner.next.map(isDigit) != true {
        guard scanner.letters() == "ago", scanner.isAtEnd else { throw .notAMoment(text) }
      }
      guard scanner.next.map(isDigit) ?? true else { throw .notAMoment(text) }
    } while !scanner.isAtEnd
    return try step(back: months, milliseconds, from: now, text, zone)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func step(
    back months: Int, _ milliseconds: Int64, from now: Timestamp, _ text: String, _ zone: Zone
  ) throws(MomentError) -> Timestamp {
    let date = zone.date(at: now)
    let monthsSinceZero = date.year * 12 + date.month - 1 - months
    guard monthsSinceZero >= 0 else { throw .tooLongAgo(text) }
    let year = monthsSinceZero / 12
    let month = monthsSinceZero % 12 + 1
    let day = min(date.day, CalendarDate.days(inMonth: month, of: year))
    guard let then = CalendarDate(year: year, month: month, day: day) else {
      throw .tooLongAgo(text)
    }
    // Without months it is counted in hours, ignoring changes of the clock in between.
    let start =
      months == 0 ? now : zone.instant(then, millisecond: zone.millisecondOfDay(at: now))
    let instant = start.milliseconds - milliseconds
    guard instant >= Timestamp.earliest.milliseconds else { throw .tooLongAgo(text) }
    return Timestamp(milliseconds: instant)
  }

  private enum Unit {
    case year, month, week, day, hour, minute

    /// Parses `d` or `days`.
    init?(_ name: String) {
      switch name {
      case "y", "year", "years": self = .year
      case "m", "month", "months": self = .month
      case "w", "week", "weeks": self = .week
      case "d", "day", "days": self = .day
      case "h", "hour", "hours": self = .hour
      case "min", "minute", "minutes": self = .minute
      default: return nil
      }
    }

    /// Its length; nil for units whose length depends on the calendar.
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
