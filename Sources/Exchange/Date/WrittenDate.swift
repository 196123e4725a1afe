internal import Favourites

/// A date as written in a text, with or without a time, not yet converted to a point in time.
///
/// Accepts the year first, with `-`, `/`, `.` or East Asian characters between the numbers; eight
/// digits; names of months, in full or abbreviated, before or after the day, with or without a
/// weekday; and two numbers before a year, which may be ambiguous. A time may follow, with AM or
/// PM, and a zone.
struct WrittenDate: Equatable, Sendable {
  /// Which of two numbers before a year is the day.
  enum Order: Sendable {
    case dayFirst, monthFirst
  }

  /// The two numbers before the year, if their order is unknown.
  struct Pair: Equatable, Sendable {
    let first: Int
    let second: Int
    /// Whether they are separated by full stops, which implies that the day comes first.
    let hasPoints: Bool
  }

  private var year = 0
  private var month = 1
  private var day = 1
  /// The day and the month, if it is not known which is which.
  private(set) var pair: Pair?
  /// The time of day in milliseconds; nil for a date only.
  private(set) var time: Int64?
  /// The offset of its zone from UTC in milliseconds; nil if there is no zone.
  private(set) var offset: Int64?

  /// The longest text to parse, in bytes: JavaScript's format has 70 bytes.
  private static let longest = 100

  /// Parses a text that consists of a date and nothing else; otherwise nil.
  init?(_ text: String) {
    guard text.utf8.count <= Self.longest, var scanner = DateScanner(text) else { return nil }
    scanner.skipSpace()
    if scanner.skipWeekday() { scanner.skipSpace(andCommas: true) }
    guard readDay(&scanner) else { return nil }
    guard scanner.isAtEnd || readRest(&scanner) else { return nil }
  }

  /// The order of its two numbers, if one of them cannot be a month.
  var order: Order? {
    guard let pair else { return nil }
    if pair.first > 12, pair.second <= 12 { return .dayFirst }
    if pair.second > 12, pair.first <= 12 { return .monthFirst }
    return nil
  }

  /// The day; nil if it does not exist, or if its order is unknown.
  func date(_ known: Order?) -> CalendarDate? {
    guard let pair else { return CalendarDate(year: year, month: month, day: day) }
    switch known ?? order ?? (pair.hasPoints ? .dayFirst : nil) {
    case .dayFirst: return CalendarDate(year: year, month: pair.second, day: pair.first)
    case .monthFirst: return CalendarDate(year: year, month: pair.first, day: pair.second)
    case nil: return nil
    }
  }

  // MARK: - The day

  private mutating func readDay(_ scanner: inout DateScanner) -> Bool {
    if let month = scanner.month() {
      self.month = month
      return readBehindMonth(&scanner)
    }
    guard let number = scanner.number() else { return false }
    switch number.digits {
    case 4: return readBehindYear(number.value, &scanner)
    case 8: return readRow(number.value)
    case 14:
      // A full date and time in digits, as in the addresses of web archives.
      let rest = number.value
      time = Self.milliseconds(rest / 10_000 % 100, rest / 100 % 100, rest % 100)
      return time != nil && readRow(number.value / 1_000_000)
    case 1, 2: return readBehindDay(number.value, &scanner)
    default: return false
    }
  }

  private mutating func readRow(_ number: Int) -> Bool {
    (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    return (1_000...2_999).contains(year)
  }

  /// `2019-7-8`, `2019/07`, `2019 July 8`.
  private mutating func readBehindYear(_ year: Int, _ scanner: inout DateScanner) -> Bool {
    self.year = year
    let separator = scanner.separator()
    scanner.skipSpace(andCommas: true)
    if let month = scanner.month() {
      self.month = month
      guard !scanner.isAtEnd else { return true }
      if let separator { return scanner.skip(separator) && readLastDay(&scanner) }
      scanner.skipSpace(andCommas: true)
      return readLastDay(&scanner)
    }
    guard let separator, let month = scanner.number(), month.digits <= 2 else { return false }
    self.month = month.value
    guard !scanner.isAtEnd else { return (1...12).contains(month.value) }
    guard scanner.skip(separator) else { return false }
    scanner.skipSpace()
    guard readLastDay(&scanner) else { return false }
    // `2019. 7. 8.`, as in Korea and Hungary.
    if separator == UInt8(ascii: ".") { _ = scanner.skip(separator) }
    return true
  }

  private mutating func readLastDay(_ scanner: inout DateScanner) -> Bool {
    guard let day = scanner.number(), day.digits <= 2 else { return false }
    self.day = day.value
    scanner.skipOrdinal()
    return true
  }

  /// `8 July 2019`, `08-Jul-2019`, `8th of July, 2019`, `8/7/2019`.
  private mutating func readBehindDay(_ day: Int, _ scanner: inout DateScanner) -> Bool {
    self.day = day
    if let separator = scanner.separator() {
      scanner.skipSpace()
      if let number = scanner.number() {
        guard number.digits <= 2, scanner.skip(separator) else { return false }
        scanner.skipSpace()
        guard let year = scanner.number(), year.digits == 4 else { return false }
        self.year = year.value
        pair = Pair(
          first: day, second: number.value, hasPoints: separator == UInt8(ascii: "."))
        return true
      }
    }
    scanner.skipOrdinal()
    scanner.skipSpace(andCommas: true)
    scanner.skipOf()
    guard let month = scanner.month() else { return false }
    self.month = month
    _ = scanner.separator()
    scanner.skipSpace(andCommas: true)
    scanner.skipOf()
    return readYear(&scanner, allowsShort: true)
  }

  /// `July 8, 2019`, `Jul 8 10:11:12 2019`, `July 2019`.
  private mutating func readBehindMonth(_ scanner: inout DateScanner) -> Bool {
    _ = scanner.separator()
    scanner.skipSpace(andCommas: true)
    guard let number = scanner.number() else { return false }
    if number.digits == 4 {
      year = number.value
      return scanner.isAtEnd
    }
    guard number.digits <= 2 else { return false }
    day = number.value
    scanner.skipOrdinal()
    _ = scanner.separator()
    scanner.skipSpace(andCommas: true)
    if scanner.beginsTime {
      // The format of C, and of Twitter: the year comes last.
      guard readTime(&scanner) else { return false }
      scanner.skipSpace()
      if scanner.beginsOffset { guard readZone(&scanner) else { return false } }
      scanner.skipSpace()
    }
    return readYear(&scanner, allowsShort: false)
  }

  /// "If a two digit year is encountered whose value is between 00 and 49, the year is interpreted
  /// by adding 2000 […] If a two digit year is encountered with a value between 50 and 99, or any
  /// three digit year is encountered, the year is interpreted by adding 1900." (RFC 5322, 4.3)
  private mutating func readYear(_ scanner: inout DateScanner, allowsShort: Bool) -> Bool {
    guard let number = scanner.number() else { return false }
    switch number.digits {
    case 4: year = number.value
    case 2 where allowsShort: year = number.value + (number.value < 50 ? 2_000 : 1_900)
    case 3 where allowsShort: year = number.value + 1_900
    default: return false
    }
    return true
  }

  // MARK: - The time

  /// Reads what may follow a day: a time and a zone.
  private mutating func readRest(_ scanner: inout DateScanner) -> Bool {
    if time != nil {
      scanner.skipSpace()
      return readZone(&scanner) && scanner.isAtEnd
    }
    let isMarked = scanner.skip(UInt8(ascii: "t")) || scanner.skipSpace(andCommas: true)
    // A date without a time may be followed by `Z`, as XML Schema allows.
    if !isMarked { return readZone(&scanner) && offset != nil && scanner.isAtEnd }
    if scanner.skipAt() { scanner.skipSpace() }
    guard !scanner.isAtEnd, readTime(&scanner) else { return false }
    scanner.skipSpace()
    return readZone(&scanner) && scanner.isAtEnd
  }

  /// Reads `10:11`, `10:11:12.5`, `9 AM`, `18h30`, `101112`.
  private mutating func readTime(_ scanner: inout DateScanner) -> Bool {
    guard let hour = scanner.number() else { return false }
    if hour.digits == 6 || hour.digits == 4 {
      let number = hour.digits == 6 ? hour.value : hour.value * 100
      time = Self.milliseconds(number / 10_000, number / 100 % 100, number % 100)
      return time != nil
    }
    guard hour.digits <= 2 else { return false }
    var (minute, second, fraction) = (0, 0, 0)
    let hasLetter = scanner.skip(UInt8(ascii: "h"))
    let hasMinutes = hasLetter || scanner.skip(UInt8(ascii: ":"))
    if hasMinutes, !hasLetter || !scanner.isAtEnd {
      guard let number = scanner.number(), number.digits == 2 else { return false }
      minute = number.value
      if scanner.skip(UInt8(ascii: ":")) {
        guard let number = scanner.number(), number.digits == 2 else { return false }
        second = number.value
        fraction = scanner.fraction()
      }
    }
    scanner.skipSpace()
    var hours = hour.value
    if let isAfternoon = scanner.half() {
      guard (1...12).contains(hours) else { return false }
      hours = hours % 12 + (isAfternoon ? 12 : 0)
    } else {
      guard hasMinutes else { return false }
    }
    guard let whole = Self.milliseconds(hours, minute, second) else { return false }
    time = whole + Int64(fraction)
    return true
  }

  /// A leap second counts as the second before it.
  private static func milliseconds(_ hour: Int, _ minute: Int, _ second: Int) -> Int64? {
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    return Int64((hour * 60 + minute) * 60 + min(second, 59)) * 1_000
  }

  /// Reads the zone, if there is one: `Z`, `GMT`, `+02:00`, `UTC+2`, and a name in parentheses
  /// after that.
  private mutating func readZone(_ scanner: inout DateScanner) -> Bool {
    if scanner.isAtEnd { return true }
    let zone = scanner.zone()
    offset = zone.map { Int64($0) * 3_600_000 }
    if scanner.beginsOffset {
      guard let found = scanner.offset(allowsDigit: zone != nil) else { return false }
      offset = found
    }
    guard offset != nil else { return false }
    scanner.skipBrackets()
    return true
  }
}
