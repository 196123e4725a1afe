package import Favourites

/// Instants as foreign files write them; nil for what tells none, such as 0, an empty text or a day that does
/// not exist. What is nonsense in a file never keeps the rest of it from being read.
package enum ForeignDate {
  /// Any of the written forms below, or a number of seconds and so on since 1970.
  package static func any(_ text: String) -> Timestamp? {
    let text = text.trimmed
    if let number = number(text) { return epoch(number) }
    return iso8601(text) ?? basic(text) ?? rfc822(text)
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, as one file may
  /// hold several of them. All of them lie between 1970 and 5138.
  package static func epoch(_ number: Int64) -> Timestamp? {
    guard number > 0 else { return nil }
    let milliseconds =
      switch number {
      case ..<100_000_000_000: number * 1_000
      case ..<100_000_000_000_000: number
      case ..<100_000_000_000_000_000: number / 1_000
      default: number / 1_000_000
      }
    return Timestamp(milliseconds: milliseconds)
  }

  /// Microseconds since 1601, as Chromium writes them in decimal; a smaller number is one since 1970.
  ///
  /// Source: Chromium, `base/time/time.h`, `kTimeTToMicrosecondsOffset`.
  package static func webKit(_ text: String) -> Timestamp? {
    guard let number = number(text.trimmed) else { return nil }
    let offset: Int64 = 11_644_473_600_000_000
    guard number >= offset else { return epoch(number) }
    guard number > offset, number < 265_000_000_000_000_000 else { return nil }
    return Timestamp(milliseconds: (number - offset) / 1_000)
  }

  /// ISO 8601 as programs write it: a day alone, a time without seconds, a space for the `T`, an offset
  /// such as `Z`, `+01:00`, `+0100` or `+01`; without one, UTC is meant.
  package static func iso8601(_ text: String) -> Timestamp? {
    var scanner = ASCIIScanner(text.trimmed.lowercased())
    guard let date = CalendarDate(from: &scanner) else { return nil }
    if scanner.isAtEnd { return date.start }
    guard scanner.skip(0x74, 0x20), let time = time(from: &scanner) else { return nil }
    return instant(date, time, &scanner)
  }

  /// ISO 8601's basic form with its time, as in `20240131T120000Z`: Taskwarrior's.
  package static func basic(_ text: String) -> Timestamp? {
    var scanner = ASCIIScanner(text.trimmed.lowercased())
    guard let year = scanner.number(digits: 4), let month = scanner.number(digits: 2),
      let day = scanner.number(digits: 2),
      let date = CalendarDate(year: year, month: month, day: day), scanner.skip(0x74),
      let hour = scanner.number(digits: 2), hour < 24,
      let minute = scanner.number(digits: 2), minute < 60,
      let second = scanner.number(digits: 2), second <= 60
    else { return nil }
    let time = Int64((hour * 60 + minute) * 60 + min(second, 59)) * 1_000
    return instant(date, time, &scanner)
  }

  /// RFC 822 with the years of RFC 5322, as in `Wed, 02 Oct 2002 13:00:00 GMT`; weekday and seconds may be
  /// missing.
  package static func rfc822(_ text: String) -> Timestamp? {
    var scanner = ASCIIScanner(text.trimmed.lowercased())
    if !scanner.letters().isEmpty { guard scanner.skip(0x2C) else { return nil } }
    skipSpace(&scanner)
    guard let day = scanner.number(), skipSpace(&scanner),
      let month = months.firstIndex(of: String(scanner.letters().prefix(3))), skipSpace(&scanner),
      let year = year(from: &scanner),
      let date = CalendarDate(year: year, month: month + 1, day: day), skipSpace(&scanner),
      let time = time(from: &scanner)
    else { return nil }
    return instant(date, time, &scanner)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Hours that a named zone is ahead of UTC (RFC 822, 5.1).
  private static let zones = [
    // In the words of ISO 8601, no zone is the local one; whose, nobody knows.
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
  ]

  /// A whole number, or one with a fraction, which goes.
  private static func number(_ text: String) -> Int64? {
    let whole = text.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard !whole.isEmpty, whole.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8[whole.endIndex...].dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(Substring(whole))
  }

  /// "If a two digit year is encountered whose value is between 00 and 49, the year is interpreted by adding
  /// 2000 […] If a two digit year is encountered with a value between 50 and 99, or any three digit year is
  /// encountered, the year is interpreted by adding 1900." (RFC 5322, 4.3)
  private static func year(from scanner: inout ASCIIScanner) -> Int? {
    guard let year = scanner.number() else { return nil }
    return year < 50 ? year + 2_000 : year < 1_000 ? year + 1_900 : year
  }

  /// Reads `hh:mm`, and seconds and a fraction of them, as milliseconds of the day.
  private static func time(from scanner: inout ASCIIScanner) -> Int64? {
    guard let hour = scanner.number(digits: 2), hour < 24, scanner.skip(0x3A),
      let minute = scanner.number(digits: 2), minute < 60
    else { return nil }
    var milliseconds = (hour * 60 + minute) * 60_000
    guard scanner.skip(0x3A) else { return Int64(milliseconds) }
    // A leap second is taken for the one before it.
    guard let second = scanner.number(digits: 2), second <= 60 else { return nil }
    milliseconds += min(second, 59) * 1_000
    guard scanner.skip(0x2E, 0x2C) else { return Int64(milliseconds) }
    var weight = 100
    while let digit = scanner.number(digits: 1) {
      milliseconds += digit * weight
      weight /= 10
    }
    return Int64(milliseconds)
  }

  /// Reads the offset that ends a time, and reckons.
  private static func instant(
    _ date: CalendarDate, _ time: Int64, _ scanner: inout ASCIIScanner
  ) -> Timestamp? {
    skipSpace(&scanner)
    guard let offset = offset(from: &scanner) else { return nil }
    let milliseconds = date.start.milliseconds + time - offset
    let instant = Timestamp(milliseconds: milliseconds)
    return instant.milliseconds == milliseconds ? instant : nil
  }

  private static func offset(from scanner: inout ASCIIScanner) -> Int64? {
    let sign: Int64 = scanner.next == 0x2D ? -1 : 1
    guard scanner.skip(0x2B, 0x2D) else {
      guard let hours = zones[scanner.letters()], scanner.isAtEnd else { return nil }
      return Int64(hours) * 3_600_000
    }
    guard let hour = scanner.number(digits: 2), hour < 24 else { return nil }
    _ = scanner.skip(0x3A)
    let minute = scanner.isAtEnd ? 0 : scanner.number(digits: 2)
    guard let minute, minute < 60, scanner.isAtEnd else { return nil }
    return sign * Int64(hour * 60 + minute) * 60_000
  }

  @discardableResult
  private static func skipSpace(_ scanner: inout ASCIIScanner) -> Bool {
    while scanner.skip(0x20, 0x09) {}
    return true
  }
}
