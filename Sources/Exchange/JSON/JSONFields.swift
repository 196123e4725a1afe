internal import Favourites

/// The members of an object that another program wrote. What is of another type than expected says nothing, and
/// is no error: Pinboard has `false` for an empty text, Wallabag 0 and 1 for no and yes.
struct JSONFields {
  let object: JSONObject

  init(_ object: JSONObject) {
    self.object = object
  }

  /// The first of these that is a text which is not empty, or a number.
  func text(_ keys: String...) -> String? {
    for key in keys { if let text = Self.text(of: object[key]) { return text } }
    return nil
  }

  /// Whether it says yes: `true`, 1, `yes`.
  func isSo(_ key: String) -> Bool {
    switch object[key] {
    case .bool(let isSo)?: isSo
    case .integer(let number)?: number == 1
    case .string(let text)?: ["yes", "true", "1"].contains(text)
    default: false
    }
  }

  /// The instant that the first of these tells.
  func date(_ keys: String...) -> Timestamp? {
    for key in keys {
      if let date = Self.text(of: object[key]).flatMap(ForeignDate.any) { return date }
    }
    return nil
  }

  /// The texts of an array; of objects, what they say under one of some names.
  func texts(_ key: String, named names: String...) -> [String] {
    guard case .array(let values)? = object[key] else { return [] }
    return values.compactMap { value in
      if case .object(let inner) = value {
        return names.lazy.compactMap { Self.text(of: inner[$0]) }.first
      }
      return Self.text(of: value)
    }
  }

  /// The objects of an array.
  func objects(_ key: String) -> [JSONFields] {
    guard case .array(let values)? = object[key] else { return [] }
    return values.compactMap { if case .object(let inner) = $0 { JSONFields(inner) } else { nil } }
  }

  /// An object in this one.
  func fields(_ key: String) -> JSONFields? {
    guard case .object(let inner)? = object[key] else { return nil }
    return JSONFields(inner)
  }

  /// A value as text; nil for what is no text or number, and for an empty text.
  static func text(of value: JSONValue?) -> String? {
    switch value {
    case .string(let text)?: text.isEmpty ? nil : text
    case .integer(let number)?: number.description
    case .decimal(let text)?: text
    default: nil
    }
  }
}
