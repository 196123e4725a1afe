/// An instant in UTC, to the millisecond, from 0000-01-01 to the end of 9999.
package struct Timestamp: Hashable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
  package let milliseconds: Int64

  /// The first valid instant: the beginning of the year 0000.
  package static let earliest = Timestamp(milliseconds: -62_167_219_200_000)
  /// The last valid instant: the end of the year 9999.
  package static let latest = Timestamp(milliseconds: 253_402_300_799_999)
  /// The number of milliseconds in a day.
  package static let millisecondsPerDay: Int64 = 86_400_000

  /// The instant a number of milliseconds after 1970, clamped to the years 0000 to 9999.
  package init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
  }

  /// Parses RFC 3339: any offset, any fraction (truncated to milliseconds), `t` and `z` in either
  /// case, a space for the `T`.
  ///
  /// Nil for a day or time that does not exist, including leap seconds: the count from 1970 leaves
  /// them out. Nil also if the offset leads outside the years 0000 to 9999.
  package init?(rfc3339 text: String) {
    var scanner = ASCIIScanner(text)
    guard let date = CalendarDate(from: &scanner), scanner.skip(0x54, 0x74, 0x20),
      let hour = scanner.number(digits: 2), hour < 24, scanner.skip(0x3A),
      let minute = scanner.number(digits: 2), minute < 60, scanner.skip(0x3A),
      let second = scanner.number(digits: 2), second < 60,
      let fraction = Self.fraction(from: &scanner),
      let offset = Self.offset(from: &scanner), scanner.isAtEnd
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + (hour * 60 + minute - offset) * 60 + second
    let milliseconds = Int64(seconds) * 1_000 + Int64(fraction)
    self.init(milliseconds: milliseconds)
    guard self.milliseconds == milliseconds else { return nil }
  }

  /// Its day in UTC.
  package var date: CalendarDate {
    let day = (milliseconds - millisecondOfDay) / Self.millisecondsPerDay
    guard let date = CalendarDate(daysSince1970: Int(day)) else {
      preconditionFailure("a timestamp is within the years of the calendar")
    }
    return date
  }

  /// RFC 3339 in UTC, always with milliseconds: `2026-11-23T09:14:07.120Z`.
  package var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the 24 bytes of `text`.
  package func append(to bytes: inout [UInt8]) {
    let time = Int(millisecondOfDay)
    date.append(to: &bytes)
    bytes.append(0x54)
    bytes.append(decimal: time / 3_600_000, width: 2)
    bytes.append(0x3A)
    bytes.append(decimal: time / 60_000 % 60, width: 2)
    bytes.append(0x3A)
    bytes.append(decimal: time / 1_000 % 60, width: 2)
    bytes.append(0x2E)
    bytes.append(decimal: time % 1_000, width: 3)
    bytes.append(0x5A)
  }

  /// Milliseconds since the beginning of the day in UTC.
  var millisecondOfDay: Int64 {
    let rest = milliseconds % Self.millisecondsPerDay
    return rest < 0 ? rest + Self.millisecondsPerDay : rest
  }

  /// Parses `.` and digits, if any, as milliseconds.
  private static func fraction(from scanner: inout ASCIIScanner) -> Int? {
    guard scanner.skip(0x2E) else { return 0 }
    var milliseconds = 0
    var weight = 100
    guard let first = scanner.number(digits: 1) else { return nil }
    milliseconds = first * weight
    while let digit = scanner.number(digits: 1) {
      weight /= 10
      milliseconds += digit * weight
    }
    return milliseconds
  }

  /// Parses `Z` or `+hh:mm`, as minutes ahead of UTC.
  static func offset(from scanner: inout ASCIIScanner) -> Int? {
    if scanner.skip(0x5A, 0x7A) { return 0 }
    let isBehind = scanner.next == 0x2D
    guard scanner.skip(0x2B, 0x2D),
      let hour = scanner.number(digits: 2), hour < 24, scanner.skip(0x3A),
      let minute = scanner.number(digits: 2), minute < 60
    else { return nil }
    return isBehind ? -(hour * 60 + minute) : hour * 60 + minute
  }
}

extension Timestamp: Comparable {
  /// Whether the first is earlier.
  package static func < (first: Timestamp, second: Timestamp) -> Bool {
    first.milliseconds < second.milliseconds
  }
}

extension Timestamp: CustomStringConvertible {
  /// The same as `text`.
  package var description: String { text }
}
