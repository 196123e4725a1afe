/// Why a text is neither a date nor an age.
package enum MomentError: Error, Hashable, Sendable {
  /// It looks like a date or a time, and the calendar or the clock has none such.
  case notADate(String)
  /// It looks like an age, with a unit that does not exist.
  case unknownUnit(String, unit: String)
  /// It is an age that ends before the year 0000.
  case tooLongAgo(String)
  /// It looks like neither.
  case notAMoment(String)

  /// What is wrong, in words.
  package var message: String {
    switch self {
    case .notADate(let text): "'\(text)' is not a date"
    case .unknownUnit(let text, let unit):
      "'\(text)' is not an age: unknown unit '\(unit)', use y, m, w, d, h or min"
    case .tooLongAgo(let text): "'\(text)' is too long ago"
    case .notAMoment(let text):
      "'\(text)' is not a date such as 2024-01-31 or an age such as 30d"
    }
  }
}
