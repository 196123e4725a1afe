internal import Favourites

/// Scans a text that may be a date: with words in lower case, and any white space as a space.
struct DateScanner: Sendable {
  private let bytes: [UInt8]
  private var position = 0

  /// Starts at the beginning of a text; nil if it contains characters that no date has.
  init?(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var isBehindSign = false
    for scalar in text.unicodeScalars {
      let wasBehindSign = isBehindSign
      isBehindSign = false
      switch scalar {
      case "A"..."Z": bytes.append(UInt8(scalar.value | 0x20))
      case "\u{9}", "\u{20}", "\u{A0}", "\u{2009}", "\u{202F}":
        isBehindSign = wasBehindSign
        if !wasBehindSign { bytes.append(0x20) }
      case "\u{21}"..."\u{7E}": bytes.append(UInt8(scalar.value))
      // `2019年7月8日`, `2019년 7월 8일`: year, month and day.
      case "年", "월", "月", "년":
        isBehindSign = true
        bytes.append(UInt8(ascii: "-"))
      case "日", "일": bytes.append(0x20)
      case "º": continue
      case _ where scalar.properties.isAlphabetic:
        bytes += scalar.properties.lowercaseMapping.utf8
      default: return nil
      }
    }
    while bytes.last == 0x20 || isBehindSign && bytes.last == UInt8(ascii: "-") {
      bytes.removeLast()
    }
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Whether a number and a colon follow.
  var beginsTime: Bool {
    let digits = bytes[position...].prefix(while: \.isASCIIDigit)
    return !digits.isEmpty && digits.endIndex < bytes.count && bytes[digits.endIndex] == 0x3A
  }

  /// Whether a sign follows.
  var beginsOffset: Bool { next == 0x2B || next == 0x2D }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Skips a whole word.
  mutating func skip(word: StaticString) -> Bool {
    guard word.description.utf8.elementsEqual(letters) else { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  /// Skips spaces; false if there are none.
  @discardableResult
  mutating func skipSpace(andCommas: Bool = false) -> Bool {
    let start = position
    while let next, next == 0x20 || andCommas && next == 0x2C { position += 1 }
    return position > start
  }

  /// A number of any length that fits into 64 bits.
  mutating func number() -> (value: Int, digits: Int)? {
    let digits = bytes[position...].prefix(while: \.isASCIIDigit)
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    position += digits.count
    return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
  }

  /// The separator in a numeric date.
  mutating func separator() -> UInt8? {
    guard let byte = next, byte == 0x2D || byte == 0x2F || byte == 0x2E else { return nil }
    position += 1
    return byte
  }

  /// Skips the ending of an ordinal number such as `8th`.
  mutating func skipOrdinal() {
    if ["st", "nd", "rd", "th", "er"].contains(String(decoding: letters, as: UTF8.self)) {
      position += 2
    }
  }

  /// Skips `of` between a day, its month and its year, in any language that has it.
  mutating func skipOf() {
    if skip(word: "of") || skip(word: "de") || skip(word: "del") { skipSpace() }
  }

  /// Skips `at` between a day and its time, in any language that has it.
  mutating func skipAt() -> Bool {
    skip(word: "at") || skip(0x40) || skip(word: "um") || skip(word: "à") || skip(word: "às")
      || skip(word: "om") || skip(word: "kl") || skip(word: "alle") || skip(word: "в")
  }

  /// A month from 1 to 12, by its name, in full or abbreviated, with or without a full stop.
  mutating func month() -> Int? {
    let word = letters
    let english = Self.months.firstIndex { Self.names($0, word) }.map { $0 + 1 }
    guard let month = english ?? DateWords.months[String(decoding: word, as: UTF8.self)]
    else { return nil }
    position += word.count
    _ = skip(0x2E)
    return month
  }

  mutating func skipWeekday() -> Bool {
    let word = letters
    guard
      Self.weekdays.contains(where: { Self.names($0, word) })
        || DateWords.weekdays.contains(String(decoding: word, as: UTF8.self))
    else { return false }
    position += word.count
    _ = skip(0x2E)
    return true
  }

  /// The milliseconds after a decimal point or comma; 0 if there are none.
  mutating func fraction() -> Int {
    guard next == 0x2E || next == 0x2C, position + 1 < bytes.count,
      (0x30...0x39).contains(bytes[position + 1])
    else { return 0 }
    position += 1
    var (milliseconds, weight) = (0, 100)
    while let digit = next, (0x30...0x39).contains(digit) {
      milliseconds += Int(digit - 0x30) * weight
      weight /= 10
      position += 1
    }
    return milliseconds
  }

  /// Whether AM (false) or PM (true) follows; nil if neither does.
  mutating func half() -> Bool? {
    let rest = bytes[position...]
    for (text, isAfternoon) in [("a.m.", false), ("p.m.", true)]
    where rest.starts(with: text.utf8) {
      position += 4
      return isAfternoon
    }
    switch String(decoding: letters, as: UTF8.self) {
    case "am": position += 2
    case "pm":
      position += 2
      return true
    default: return nil
    }
    return false
  }

  /// The offset of a named zone from UTC, in hours (RFC 822, 5.1).
  mutating func zone() -> Int? {
    let word = letters
    guard let hours = Self.zones[String(decoding: word, as: UTF8.self)] else { return nil }
    position += word.count
    return hours
  }

  /// The offset from UTC in milliseconds, as in `+02:00` or `-0530`; `+2` is allowed only after the
  /// name of a zone.
  mutating func offset(allowsDigit: Bool) -> Int64? {
    let sign: Int64 = next == 0x2D ? -1 : 1
    position += 1
    guard let first = number() else { return nil }
    var (hour, minute) = (first.value, 0)
    switch first.digits {
    case 4: (hour, minute) = (first.value / 100, first.value % 100)
    case 1 where !allowsDigit: return nil
    case 1, 2:
      if skip(0x3A) {
        guard let second = number(), second.digits == 2 else { return nil }
        minute = second.value
      }
    default: return nil
    }
    guard hour < 24, minute < 60 else { return nil }
    return sign * Int64(hour * 60 + minute) * 60_000
  }

  /// Skips a comment in parentheses at the end.
  mutating func skipBrackets() {
    skipSpace()
    if next == 0x28, bytes.last == 0x29 { position = bytes.count }
    if next == 0x5B, bytes.last == 0x5D { position = bytes.count }
  }

  private var letters: ArraySlice<UInt8> {
    bytes[position...].prefix { (0x61...0x7A).contains($0) || $0 >= 0x80 }
  }

  /// Whether a word is a name or its first three letters.
  private static func names(_ name: String, _ word: ArraySlice<UInt8>) -> Bool {
    word.count == 3 ? name.utf8.starts(with: word) : name.utf8.elementsEqual(word)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static let zones = [
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
  ]
}
