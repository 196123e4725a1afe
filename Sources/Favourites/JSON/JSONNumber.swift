/// A JSON number.
package enum JSONNumber: Hashable, Sendable {
  /// Without fraction and exponent, and within 64 bits; `-0` is 0.
  case integer(Int64)
  /// Any other number: finite, as the nearest double.
  case double(Double)

  /// The nearest double.
  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    }
  }

  /// The whole number, if it is one that fits in 64 bits.
  package var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .double(let value): value.wholeNumber
    }
  }
}
