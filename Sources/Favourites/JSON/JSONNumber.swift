/// A number as JSON writes it.
package enum JSONNumber: Hashable, Sendable {
  /// Written without fraction and exponent, and within 64 bits; `-0` is 0.
  case integer(Int64)
  /// Everything else: finite, the nearest double.
  case double(Double)

  /// The nearest double.
  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    }
  }

  /// The whole number, when it is one that 64 bits hold.
  package var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .double(let value): value.wholeNumber
    }
  }
}
