internal import Favourites

/// A value of one of Apple's property lists, binary or in XML.
indirect enum PropertyList: Equatable, Sendable {
  case string(String)
  case integer(Int64)
  case real(Double)
  case bool(Bool)
  case date(Timestamp)
  case array([PropertyList])
  case dictionary([String: PropertyList])
  /// A value of no use here: data, ids of archivers, null.
  case other

  /// The deepest nesting of values.
  static let deepest = 400

  /// The value for a key; nil if there is none, or if this is not a dictionary.
  subscript(key: String) -> PropertyList? {
    guard case .dictionary(let values) = self else { return nil }
    return values[key]
  }

  /// A non-empty text.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text.isEmpty ? nil : text
  }

  /// The elements of an array; empty for any other value.
  var elements: [PropertyList] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// A date.
  var date: Timestamp? {
    guard case .date(let date) = self else { return nil }
    return date
  }

  /// A date in seconds since 2001, as in Apple's software; nil if it is out of range.
  static func date(secondsSince2001 seconds: Double) -> Timestamp? {
    guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()) + 978_307_200_000)
  }
}
