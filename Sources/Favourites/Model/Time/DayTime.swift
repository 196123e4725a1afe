/// A time of day to the minute or the second: `2024-03-31T22:00`, `2024-03-31 22:00:05`, with `Z`
/// or an offset if it is not in the user's time zone.
struct DayTime {
  private let day: CalendarDate
  private let millisecond: Int64
  /// Milliseconds ahead of UTC; nil for the user's time zone.
  private let offset: Int64?
  /// Its length in milliseconds.
  let length: Int64

  /// Parses a text; nil for any other text, and for a time that no clock shows.
  init?(_ text: String) {
    var scanner = ASCIIScanner(text)
    guard let day = CalendarDate(from: &scanner), scanner.skip(0x54, 0x74, 0x20),
      let hour = scanner.number(digits: 2), hour < 24, scanner.skip(0x3A),
      let minute = scanner.number(digits: 2), minute < 60
    else { return nil }
    var (second, length) = (0, 60_000)
    if scanner.skip(0x3A) {
      guard let number = scanner.number(digits: 2), number < 60 else { return nil }
      (second, length) = (number, 1_000)
    }
    self.day = day
    self.length = Int64(length)
    millisecond = Int64((hour * 60 + minute) * 60 + second) * 1_000
    guard !scanner.isAtEnd else {
      offset = nil
      return
    }
    guard let minutes = Timestamp.offset(from: &scanner), scanner.isAtEnd else { return nil }
    offset = Int64(minutes) * 60_000
  }

  /// When it begins.
  func instant(in zone: Zone) -> Timestamp {
    guard let offset else { return zone.instant(day, millisecond: millisecond) }
    return Timestamp(milliseconds: day.start.milliseconds + millisecond - offset)
  }
}
