extension MetadataValue {
  /// Writes `{"type":"number","value":1965}`.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.string(kind.rawValue)
    writer.key("value")
    switch self {
    case .number(let value): writer.number(value)
    case .text, .choice, .date: writer.string(text)
    }
    writer.endObject()
  }

  /// Reads what `write(to:)` writes, in any order, other members left aside; or a bare string or
  /// number, whose type is then inferred as on the command line, a string never as a number.
  package init(from json: JSONValue, key: String) throws(MetadataError) {
    switch json {
    case .string(let text):
      if let date = CalendarDate(text: text) {
        self = .date(date)
      } else {
        self = try MetadataValue(text, as: .text, key: key)
      }
    case .integer(let value): self = .number(Double(value))
    case .double(let value): self = .number(value)
    case .object(let object):
      guard case .string(let name)? = object["type"], let value = object["value"] else {
        throw .malformed(key: key)
      }
      guard let kind = MetadataKind(rawValue: name) else { throw .unknownKind(name) }
      self = try Self.value(value, as: kind, key: key)
    case .null, .bool, .array: throw .malformed(key: key)
    }
  }

  private static func value(
    _ json: JSONValue, as kind: MetadataKind, key: String
  ) throws(MetadataError) -> MetadataValue {
    switch (kind, json) {
    case (.number, .integer(let value)): return .number(Double(value))
    case (.number, .double(let value)): return .number(value)
    case (_, .string(let text)): return try MetadataValue(text, as: kind, key: key)
    default: throw .malformed(key: key)
    }
  }
}
