package import Favourites

/// Dates as other programs write them.
package enum ForeignDate {
  /// A date in seconds, milliseconds, microseconds or nanoseconds since 1970, or like ISO 8601.
  package static func any(_ text: String) -> Timestamp? {
    let text = text.trimmed
    return epoch(text) ?? lenient(text)
  }

  /// Since 1970, by size: seconds below 1e11, milliseconds below 1e14, microseconds below 1e17. Zero and
  /// what is before 1970 says nothing.
  package static func epoch(_ text: String) -> Timestamp? {
    guard let number = Double(text),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      number > 0, number < 1e21
    else { return nil }
    switch number {
    case ..<1e11: return Timestamp(milliseconds: Int64(number * 1_000))
    case ..<1e14: return Timestamp(milliseconds: Int64(number))
    case ..<1e17: return Timestamp(milliseconds: Int64(number / 1_000))
    default: return Timestamp(milliseconds: Int64(number / 1_000_000))
    }
  }

  /// ISO 8601 with less than it asks for: a day alone, no seconds, `+0100`, `UTC`; UTC where no zone is told.
  package static func lenient(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes.count <= 64 else { return nil }
    var scanner = Scanner(bytes)
    guard let year = scanner.number(4, 4), scanner.skip("-/"), let month = scanner.number(1, 2),
      scanner.skip("-/"), let day = scanner.number(1, 2),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    if scanner.isAtEnd { return date.start }
    guard scanner.skip("Tt ") else { return nil }
    guard let hour = scanner.number(1, 2), hour < 24, scanner.skip(":"),
      let minute = scanner.number(2, 2), minute < 60
    else { return nil }
    var milliseconds = hour * 3_600_000 + minute * 60_000
    if scanner.skip(":") {
      guard let second = scanner.number(2, 2), second < 61 else { return nil }
      milliseconds += min(second, 59) * 1_000
      if scanner.skip(".,") { milliseconds += scanner.milliseconds() }
    }
    guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    return Timestamp(
      milliseconds: date.start.milliseconds + Int64(milliseconds - offset * 60_000))
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ accepted: String) -> Bool {
      guard position < bytes.count, accepted.utf8.contains(bytes[position]) else { return false }
      position += 1
      return true
    }

    mutating func number(_ least: Int, _ most: Int) -> Int? {
      var value = 0
      var count = 0
      while count < most, position < bytes.count, (0x30...0x39).contains(bytes[position]) {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
        count += 1
      }
      return count >= least ? value : nil
    }

    mutating func milliseconds() -> Int {
      var value = 0
      var weight = 100
      while let digit = number(1, 1) {
        value += digit * weight
        weight /= 10
      }
      return value
    }

    /// Minutes ahead of UTC.
    mutating func offset() -> Int? {
      while skip(" ") {}
      if isAtEnd || skip("Zz") { return 0 }
      if bytes[position...].elementsEqual("UTC".utf8)
        || bytes[position...].elementsEqual("GMT".utf8)
      {
        position = bytes.count
        return 0
      }
      guard position < bytes.count else { return nil }
      let isBehind = bytes[position] == UInt8(ascii: "-")
      guard skip("+-"), let hour = number(2, 2) else { return nil }
      _ = skip(":")
      let minute = number(2, 2) ?? 0
      guard hour < 24, minute < 60 else { return nil }
      return isBehind ? -(hour * 60 + minute) : hour * 60 + minute
    }
  }
}
