// Metadata as printed: plain values in one object, and in another the types that these do not
// imply.

extension Metadata {
  /// Writes the values: `{"read":"2024-02-11","year":1965}`.
  package func writeValues(to writer: inout JSONWriter) {
    writer.beginObject()
    for entry in entries {
      writer.key(entry.key)
      entry.value.writePlain(to: &writer)
    }
    writer.endObject()
  }

  /// Writes the types of values that do not imply them: `{"read":"date"}`.
  package func writeTypes(to writer: inout JSONWriter) {
    writer.beginObject()
    for entry in entries where !entry.value.tellsItsType {
      writer.key(entry.key)
      writer.string(entry.value.kind.rawValue)
    }
    writer.endObject()
  }

  /// Reads values, plain or as `{"type":"date","value":"2024-02-11"}`. Null means no value.
  ///
  /// - Parameter types: the output of `writeTypes(to:)`. Without it, a day is a date, and any other
  ///   text is a text; with it, only what it names is a date.
  package init(from values: JSONObject, types: JSONValue?) throws(MetadataError) {
    guard values.members.count <= Limits.metadataPerFavourite else { throw .tooMany }
    let kinds = try Self.kinds(types)
    for member in values.members where member.value != .null {
      let key = member.key.composed
      try Self.checkKey(key)
      let value = try MetadataValue(
        from: member.value, as: kinds?[Array(member.key.utf8)], isInferred: kinds == nil, key: key)
      take(value, for: key)
    }
  }

  /// The types by the bytes of their keys; nil if there are none.
  private static func kinds(_ types: JSONValue?) throws(MetadataError) -> [[UInt8]: MetadataKind]? {
    switch types {
    case nil, .null?: return nil
    case .object(let object)?:
      var kinds: [[UInt8]: MetadataKind] = [:]
      for member in object.members {
        guard case .string(let name) = member.value else { throw .malformedTypes }
        guard let kind = MetadataKind(rawValue: name) else { throw .unknownKind(name) }
        kinds[Array(member.key.utf8)] = kind
      }
      return kinds
    case .bool?, .integer?, .decimal?, .string?, .array?: throw .malformedTypes
    }
  }
}

extension MetadataValue {
  /// Whether its plain form implies its type: a text is a string, a number is a number.
  var tellsItsType: Bool {
    switch self {
    case .text: true
    case .number(let number): Number.isSpelling(number.text)
    case .date, .choice: false
    }
  }

  /// Writes `1965` or `"2024-02-11"`.
  func writePlain(to writer: inout JSONWriter) {
    switch self {
    case .number(let number): writer.raw(number.text.utf8)
    case .text, .choice, .date: writer.string(text)
    }
  }

  /// Writes `{"type":"date","value":"2024-02-11"}`.
  package func writeTyped(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.string(kind.rawValue)
    writer.key("value")
    writePlain(to: &writer)
    writer.endObject()
  }

  /// Reads a value from another program: a number as spelled, `true` as text.
  /// - Throws: `.malformed` for null, an array or an object.
  package init(plain json: JSONValue, key: String) throws(MetadataError) {
    try self.init(from: json, as: nil, isInferred: true, key: key)
  }

  /// - Parameters:
  ///   - kind: the type given for it.
  ///   - isInferred: whether a text without a type may be a date.
  fileprivate init(
    from json: JSONValue, as kind: MetadataKind?, isInferred: Bool, key: String
  ) throws(MetadataError) {
    if case .object(let object) = json {
      self = try Self.typed(object, key: key)
      return
    }
    guard let text = json.scalarText else { throw .malformed(key: key) }
    switch (kind, json) {
    case (.number?, .integer), (.number?, .decimal):
      guard let number = Number(kept: text) else {
        throw .mismatch(key: key, text: text, kind: .number)
      }
      self = .number(number)
    case (let kind?, _): self = try MetadataValue(text, as: kind, key: key)
    case (nil, _): self = try Self.inferred(json, text, hasDates: isInferred, key: key)
    }
  }

  /// Reads a value without a given type.
  private static func inferred(
    _ json: JSONValue, _ text: String, hasDates: Bool, key: String
  ) throws(MetadataError) -> MetadataValue {
    if case .string = json {
      if hasDates, let date = CalendarDate(text: text) { return .date(date) }
    } else if let number = Number(text) {
      return .number(number)
    }
    return try MetadataValue(text, as: .text, key: key)
  }

  /// Reads the output of `writeTyped(to:)`, with members in any order, ignoring others.
  private static func typed(_ object: JSONObject, key: String) throws(MetadataError)
    -> MetadataValue
  {
    guard case .string(let name)? = object["type"], let value = object["value"] else {
      throw .malformed(key: key)
    }
    guard let kind = MetadataKind(rawValue: name) else { throw .unknownKind(name) }
    switch value {
    case .string, .integer, .decimal:
      return try MetadataValue(from: value, as: kind, isInferred: false, key: key)
    case .null, .bool, .array, .object: throw .malformed(key: key)
    }
  }

  /// Reads a value from a column: see `Metadata.stored`.
  init(stored json: JSONValue, key: String) throws(MetadataError) {
    switch json {
    case .integer, .decimal:
      guard let number = json.scalarText.flatMap({ Number(kept: $0) }) else {
        throw .malformed(key: key)
      }
      self = .number(number)
    case .string, .object: try self.init(from: json, as: nil, isInferred: false, key: key)
    case .null, .bool, .array: throw .malformed(key: key)
    }
  }
}

extension JSONValue {
  /// The text of a string, number or boolean, as spelled; nil for anything else.
  package var scalarText: String? {
    switch self {
    case .string(let text), .decimal(let text): text
    case .integer(let number): number.description
    case .bool(let isSo): isSo ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
