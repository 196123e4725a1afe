internal import Favourites

/// A value of a property list, as Apple's programs keep them, in its binary form or in XML.
indirect enum PropertyList: Equatable, Sendable {
  case string(String)
  case integer(Int64)
  case real(Double)
  case bool(Bool)
  case date(Timestamp)
  case array([PropertyList])
  case dictionary([String: PropertyList])
  /// What says nothing here: bytes, ids of archivers, null.
  case other

  /// How deep values may stand in each other.
  static let deepest = 400

  /// The value under a key; nil where this is no dictionary, or has none.
  subscript(key: String) -> PropertyList? {
    guard case .dictionary(let values) = self else { return nil }
    return values[key]
  }

  /// A text that is not empty.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text.isEmpty ? nil : text
  }

  /// The elements of an array; none of what is no array.
  var elements: [PropertyList] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// An instant.
  var date: Timestamp? {
    guard case .date(let date) = self else { return nil }
    return date
  }

  /// An instant that was given in seconds since 2001, as Apple counts; nil for one that is none.
  static func date(secondsSince2001 seconds: Double) -> Timestamp? {
    guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()) + 978_307_200_000)
  }
}
