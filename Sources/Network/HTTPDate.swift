internal import Favourites

/// Parses dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: RFC 9110, 5.6.7; the two obsolete forms are not supported.
enum HTTPDate {
  /// Parses a date; nil if the text is not one.
  static func read(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 6, let day = number(parts[1]), let year = number(parts[3]),
      let month = CalendarDate.monthNames.firstIndex(of: parts[2])
    else { return nil }
    let date = "\(padded(year, 4))-\(padded(month + 1, 2))-\(padded(day, 2))"
    return Timestamp(rfc3339: "\(date)T\(parts[4])Z")
  }

  private static func number(_ text: String) -> Int? {
    text.utf8.count <= 4 && text.utf8.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
