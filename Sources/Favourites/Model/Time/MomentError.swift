/// Why a text is neither a date nor an age.
package enum MomentError: Error, Hashable, Sendable {
  /// It looks like a date or a time, but the calendar or the clock has none such.
  case notADate(String)
  /// It looks like an age with an unknown unit.
  case unknownUnit(String, unit: String)
  /// It is an age that goes back before the year 0000.
  case tooLongAgo(String)
  /// It looks like neither.
  case notAMoment(String)

  /// The fault, in words.
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
