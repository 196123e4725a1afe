internal import Host

/// Which day and hour it is for a person at an instant.
package struct Zone: Sendable {
  /// How many seconds it is ahead of UTC, by seconds since 1970.
  private let secondsAhead: @Sendable (Int64) -> Int

  /// A zone that is ahead of UTC by so much at each instant.
  package init(secondsAhead: @escaping @Sendable (Int64) -> Int) {
    self.secondsAhead = secondsAhead
  }

  /// Where all times are as they are kept.
  package static let utc = Zone { _ in 0 }
  /// The person's: that of `TZ`, else the system's.
  package static let system = Zone { LocalTime.secondsAhead(at: $0) }

  /// The day that it is at an instant; held within the years 0000 to 9999.
  package func date(at instant: Timestamp) -> CalendarDate {
    wall(instant).date
  }

  /// The milliseconds since the day began by the clock.
  func millisecondOfDay(at instant: Timestamp) -> Int64 { wall(instant).millisecondOfDay }

  /// The first instant of a day.
  package func start(of day: CalendarDate) -> Timestamp { instant(day, millisecond: 0) }

  /// The last instant of a day.
  package func end(of day: CalendarDate) -> Timestamp {
    guard let next = CalendarDate(daysSince1970: day.daysSince1970 + 1) else { return .latest }
    return Timestamp(milliseconds: start(of: next).milliseconds - 1)
  }

  /// The first instant at which the clock shows a time of a day. Where it leaves that out, the instant at which it goes
  /// on behind that.
  package func instant(_ day: CalendarDate, millisecond: Int64) -> Timestamp {
    let wall = Int64(day.daysSince1970) * Timestamp.millisecondsPerDay + millisecond
    // A clock is set at most once within two days.
    let before = ahead(at: wall - Timestamp.millisecondsPerDay)
    let after = ahead(at: wall + Timestamp.millisecondsPerDay)
    for offset in [max(before, after), min(before, after)] where ahead(at: wall - offset) == offset
    {
      return Timestamp(milliseconds: wall - offset)
    }
    return Timestamp(milliseconds: change(from: wall - after, to: wall - before, becoming: after))
  }

  /// RFC 3339 to the second, with the offset: `2024-03-31T01:00:00+13:00`.
  package func text(of instant: Timestamp) -> String {
    let minutes = Int(ahead(at: instant.milliseconds) / 60_000)
    let shown = Timestamp(milliseconds: instant.milliseconds + Int64(minutes) * 60_000)
    var bytes = Array(shown.text.utf8.prefix(19))
    if minutes == 0 {
      bytes.append(0x5A)
    } else {
      bytes.append(minutes < 0 ? 0x2D : 0x2B)
      bytes.append(decimal: abs(minutes) / 60, width: 2)
      bytes.append(0x3A)
      bytes.append(decimal: abs(minutes) % 60, width: 2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Milliseconds ahead of UTC.
  private func ahead(at milliseconds: Int64) -> Int64 {
    let seconds = milliseconds / 1_000 - (milliseconds % 1_000 < 0 ? 1 : 0)
    return Int64(secondsAhead(seconds)) * 1_000
  }

  /// What the clock shows, as if it were UTC.
  private func wall(_ instant: Timestamp) -> Timestamp {
    Timestamp(milliseconds: instant.milliseconds + ahead(at: instant.milliseconds))
  }

  /// The instant between two at which the clock is set.
  private func change(from first: Int64, to last: Int64, becoming after: Int64) -> Int64 {
    var (low, high) = (min(first, last) / 1_000 - 1, max(first, last) / 1_000 + 1)
    while low < high {
      let middle = low + (high - low) / 2
      if ahead(at: middle * 1_000) == after { high = middle } else { low = middle + 1 }
    }
    return low * 1_000
  }
}
