package import Favourites

/// Parses dates in foreign files. Returns nil if a value is not a date, such as 0, an empty text or
/// a day that does not exist: invalid values must never keep the rest of a file from being read.
package enum ForeignDate {
  /// The smallest number taken for seconds since 1970: smaller ones are years, counts, or serial
  /// days.
  static let firstSecond: Int64 = 100_000_000

  /// A written date, or a number of seconds or smaller units since 1970.
  package static func any(_ text: String) -> Timestamp? { any(text, order: nil) }

  /// Parses a date, with a known order of day and month if that is ambiguous.
  ///
  /// - Parameter isOfMaking: whether the text is known to be a date, so that small numbers are read
  ///   as in spreadsheets: a year, or a day counted from 1900.
  static func any(
    _ text: String, order: WrittenDate.Order?, isOfMaking: Bool = false
  ) -> Timestamp? {
    let text = text.trimmed
    if let number = Decimal(text) {
      if let instant = epoch(number) { return instant }
      if isOfMaking, let instant = small(number) { return instant }
    }
    guard let written = WrittenDate(text) else { return nil }
    return instant(written, order)
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, distinguished by size, since
  /// one file may contain several of them. The result is always between 1973 and 5138.
  ///
  /// Smaller units since 1601 and since the year 1, for 1970 to 2286, are numbers that would be far
  /// from today if they counted from 1970: microseconds after 2338, others in 1973 to 1976, and in
  /// 1989 to 1992.
  ///
  /// Source: Chromium, `base/time/time.h`; Microsoft, `FILETIME` and `DateTime.Ticks`.
  package static func epoch(_ number: Int64) -> Timestamp? {
    guard number >= firstSecond else { return nil }
    for (offset, perMillisecond) in otherEpochs {
      let milliseconds = (number - offset) / perMillisecond
      if number >= offset, milliseconds < 10_000_000_000_000 {
        return Timestamp(milliseconds: milliseconds)
      }
    }
    let milliseconds =
      switch number {
      case ..<100_000_000_000: number * 1_000
      case ..<100_000_000_000_000: number
      case ..<100_000_000_000_000_000: number / 1_000
      default: number / 1_000_000
      }
    return Timestamp(milliseconds: milliseconds)
  }

  /// The number that 1970 has in other counts, and how many of their units a millisecond has:
  /// microseconds and tenths of them since 1601, and tenths of microseconds since the year 1.
  private static let otherEpochs: [(offset: Int64, perMillisecond: Int64)] = [
    (11_644_473_600_000_000, 1_000), (116_444_736_000_000_000, 10_000),
    (621_355_968_000_000_000, 10_000),
  ]

  /// Microseconds since 1601, as Chromium writes them in decimal; a smaller number counts from
  /// 1970.
  ///
  /// Source: Chromium, `base/time/time.h`, `kTimeTToMicrosecondsOffset`.
  package static func webKit(_ text: String) -> Timestamp? {
    guard let number = Decimal(text.trimmed)?.whole else { return nil }
    let offset: Int64 = 11_644_473_600_000_000
    guard number >= offset else { return epoch(number) }
    guard number > offset, number < 265_000_000_000_000_000 else { return nil }
    return Timestamp(milliseconds: (number - offset) / 1_000)
  }

  /// The basic format of ISO 8601 with a time, as in `20240131T120000Z`, which Taskwarrior uses.
  package static func basic(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count > 8, bytes[8] | 0x20 == UInt8(ascii: "t") else { return nil }
    return any(text)
  }

  /// The time of a written date: by default, the beginning of the day in the local time zone.
  private static func instant(_ written: WrittenDate, _ order: WrittenDate.Order?) -> Timestamp? {
    guard let date = written.date(order) else { return nil }
    guard let offset = written.offset else {
      return Zone.system.instant(date, millisecond: written.time ?? 0)
    }
    let milliseconds = date.start.milliseconds + (written.time ?? 0) - offset
    let instant = Timestamp(milliseconds: milliseconds)
    return instant.milliseconds == milliseconds ? instant : nil
  }

  /// Seconds with a fraction, or whole numbers of smaller units.
  private static func epoch(_ number: Decimal) -> Timestamp? {
    // A full date and time in digits: as milliseconds, it would be between 2572 and 2635.
    if (19_000_101_000_000...21_001_231_235_959).contains(number.whole) { return nil }
    guard let instant = epoch(number.whole), number.whole < 100_000_000_000 else {
      return epoch(number.whole)
    }
    return Timestamp(milliseconds: instant.milliseconds + Int64(number.thousandths))
  }

  /// A year, or a serial day as in spreadsheets, counted from 30 December 1899.
  private static func small(_ number: Decimal) -> Timestamp? {
    switch number.whole {
    case 1_900...2_100 where number.isWhole:
      return CalendarDate(year: Int(number.whole), month: 1, day: 1).map(Zone.system.start)
    case 20_000...80_000:
      let time = Double(number.millionths) * Double(Timestamp.millisecondsPerDay) / 1_000_000
      // Rounded to seconds: the fraction of a day is not more precise than that.
      return CalendarDate(daysSince1970: Int(number.whole) - 25_569).map {
        Zone.system.instant($0, millisecond: Int64((time / 1_000).rounded()) * 1_000)
      }
    default: return nil
    }
  }

  /// A number with decimal places.
  private struct Decimal {
    let whole: Int64
    /// The first six decimal places.
    let millionths: Int
    let isWhole: Bool

    var thousandths: Int { millionths / 1_000 }

    init?(_ text: String) {
      let digits = text.utf8.prefix(while: \.isASCIIDigit)
      guard !digits.isEmpty, let whole = Int64(Substring(digits)) else { return nil }
      let rest = text.utf8[digits.endIndex...]
      guard rest.isEmpty || rest.first == UInt8(ascii: "."),
        rest.dropFirst().allSatisfy(\.isASCIIDigit)
      else { return nil }
      self.whole = whole
      isWhole = rest.isEmpty
      var (millionths, weight) = (0, 100_000)
      for digit in rest.dropFirst().prefix(6) {
        millionths += Int(digit - 0x30) * weight
        weight /= 10
      }
      self.millionths = millionths
    }
  }
}
