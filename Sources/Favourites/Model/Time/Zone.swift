internal import Host

/// The user's day and hour at an instant.
package struct Zone: Sendable {
  /// Its offset from UTC in seconds, by seconds since 1970.
  private let secondsAhead: @Sendable (Int64) -> Int

  /// Makes a zone with the given offset from UTC at each instant.
  package init(secondsAhead: @escaping @Sendable (Int64) -> Int) {
    self.secondsAhead = secondsAhead
  }

  /// UTC, in which all times are stored.
  package static let utc = Zone { _ in 0 }
  /// The user's time zone: that of `TZ`, otherwise the system's.
  package static let system = Zone { LocalTime.secondsAhead(at: $0) }

  /// The day at an instant; clamped to the years 0000 to 9999.
  package func date(at instant: Timestamp) -> CalendarDate {
    wall(instant).date
  }

  /// Milliseconds since the beginning of the day by the clock.
  func millisecondOfDay(at instant: Timestamp) -> Int64 { wall(instant).millisecondOfDay }

  /// The first instant of a day.
  package func start(of day: CalendarDate) -> Timestamp { instant(day, millisecond: 0) }

  /// The last instant of a day.
  package func end(of day: CalendarDate) -> Timestamp {
    guard let next = CalendarDate(daysSince1970: day.daysSince1970 + 1) else { return .latest }
    return Timestamp(milliseconds: start(of: next).milliseconds - 1)
  }

  /// The first instant at which the clock shows a time of a day. If the clock skips that time, the
  /// instant at which it continues after the gap.
  package func instant(_ day: CalendarDate, millisecond: Int64) -> Timestamp {
    let wall = Int64(day.daysSince1970) * Timestamp.millisecondsPerDay + millisecond
    // A clock is changed at most once within two days.
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

  /// The time that the clock shows, as if it were UTC.
  private func wall(_ instant: Timestamp) -> Timestamp {
    Timestamp(milliseconds: instant.milliseconds + ahead(at: instant.milliseconds))
  }

  /// The instant between two at which the clock is changed.
  private func change(from first: Int64, to last: Int64, becoming after: Int64) -> Int64 {
    var (low, high) = (min(first, last) / 1_000 - 1, max(first, last) / 1_000 + 1)
    while low < high {
      let middle = low + (high - low) / 2
      if ahead(at: middle * 1_000) == after { high = middle } else { low = middle + 1 }
    }
    return low * 1_000
  }
}
