package import Favourites

/// Instants as foreign files write them; nil for what tells none, such as 0, an empty text or a day that does
/// not exist. What is nonsense in a file never keeps the rest of it from being read.
package enum ForeignDate {
  /// The first number that is taken for seconds since 1970: smaller ones are years, counts, or days in a row.
  static let firstSecond: Int64 = 100_000_000

  /// A written date, or a number of seconds and so on since 1970.
  package static func any(_ text: String) -> Timestamp? { any(text, order: nil) }

  /// The same, where two numbers before a year may stand in an order that other dates tell.
  ///
  /// - Parameter isOfMaking: whether it is sure that a date is meant, so that small numbers are read as spreadsheets
  ///   mean them: a year, or a day counted from 1900.
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

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, as one file may
  /// hold several of them. All of them lie between 1973 and 5138.
  package static func epoch(_ number: Int64) -> Timestamp? {
    guard number >= firstSecond else { return nil }
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
    guard let number = Decimal(text.trimmed)?.whole else { return nil }
    let offset: Int64 = 11_644_473_600_000_000
    guard number >= offset else { return epoch(number) }
    guard number > offset, number < 265_000_000_000_000_000 else { return nil }
    return Timestamp(milliseconds: (number - offset) / 1_000)
  }

  /// ISO 8601's basic form with its time, as in `20240131T120000Z`: Taskwarrior's.
  package static func basic(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count > 8, bytes[8] | 0x20 == UInt8(ascii: "t") else { return nil }
    return any(text)
  }

  /// The instant of a written date: without a time the beginning of its day, without a zone that of the person.
  private static func instant(_ written: WrittenDate, _ order: WrittenDate.Order?) -> Timestamp? {
    guard let date = written.date(order) else { return nil }
    guard let offset = written.offset else {
      return Zone.system.instant(date, millisecond: written.time ?? 0)
    }
    let milliseconds = date.start.milliseconds + (written.time ?? 0) - offset
    let instant = Timestamp(milliseconds: milliseconds)
    return instant.milliseconds == milliseconds ? instant : nil
  }

  /// Seconds with their fraction; of smaller units, whole ones.
  private static func epoch(_ number: Decimal) -> Timestamp? {
    // Year to second in a row: as milliseconds, it would lie between 2572 and 2635.
    if (19_000_101_000_000...21_001_231_235_959).contains(number.whole) { return nil }
    guard let instant = epoch(number.whole), number.whole < 100_000_000_000 else {
      return epoch(number.whole)
    }
    return Timestamp(milliseconds: instant.milliseconds + Int64(number.thousandths))
  }

  /// A year, or a day as spreadsheets count them, from the 30th of December 1899.
  private static func small(_ number: Decimal) -> Timestamp? {
    switch number.whole {
    case 1_900...2_100 where number.isWhole:
      return CalendarDate(year: Int(number.whole), month: 1, day: 1).map(Zone.system.start)
    case 20_000...80_000:
      let time = Double(number.millionths) * Double(Timestamp.millisecondsPerDay) / 1_000_000
      // To the second: what is told of a day's fraction is no more exact than that.
      return CalendarDate(daysSince1970: Int(number.whole) - 25_569).map {
        Zone.system.instant($0, millisecond: Int64((time / 1_000).rounded()) * 1_000)
      }
    default: return nil
    }
  }

  /// Digits, and others behind a point.
  private struct Decimal {
    let whole: Int64
    /// The first six digits behind the point.
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
