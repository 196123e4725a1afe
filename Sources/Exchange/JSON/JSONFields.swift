internal import Favourites

/// The members of an object that another program wrote. Values of an unexpected type are ignored
/// rather than errors: Pinboard writes `false` for an empty text, Wallabag 0 and 1 for no and yes.
struct JSONFields {
  let object: JSONObject

  init(_ object: JSONObject) {
    self.object = object
  }

  /// The first of these members that is a number or a non-empty text.
  func text(_ keys: String...) -> String? {
    for key in keys { if let text = Self.text(of: object[key]) { return text } }
    return nil
  }

  /// Whether it means yes: `true`, 1, `yes`.
  func isSo(_ key: String) -> Bool {
    switch object[key] {
    case .bool(let isSo)?: isSo
    case .integer(let number)?: number == 1
    case .string(let text)?: ["yes", "true", "1"].contains(text)
    default: false
    }
  }

  /// The first of these members that is a date.
  func date(_ keys: String...) -> Timestamp? {
    for key in keys {
      if let date = Self.text(of: object[key]).flatMap(ForeignDate.any) { return date }
    }
    return nil
  }

  /// The texts in an array; for objects, their texts under one of the given names.
  func texts(_ key: String, named names: String...) -> [String] {
    guard case .array(let values)? = object[key] else { return [] }
    return values.compactMap { value in
      if case .object(let inner) = value {
        return names.lazy.compactMap { Self.text(of: inner[$0]) }.first
      }
      return Self.text(of: value)
    }
  }

  /// The objects in an array.
  func objects(_ key: String) -> [JSONFields] {
    guard case .array(let values)? = object[key] else { return [] }
    return values.compactMap { if case .object(let inner) = $0 { JSONFields(inner) } else { nil } }
  }

  /// A nested object.
  func fields(_ key: String) -> JSONFields? {
    guard case .object(let inner)? = object[key] else { return nil }
    return JSONFields(inner)
  }

  /// A value as text; nil for an empty text, and if it is neither a text nor a number.
  static func text(of value: JSONValue?) -> String? {
    switch value {
    case .string(let text)?: text.isEmpty ? nil : text
    case .integer(let number)?: number.description
    case .decimal(let text)?: text
    default: nil
    }
  }
}
