/// The metadata fields that a category defines; other keys are unrestricted.
package struct MetadataSchema: Hashable, Sendable {
  /// The fields in the order given, without duplicate keys.
  package private(set) var fields: [MetadataField]

  /// The last field of a duplicate key counts, in the place of the first.
  package init(_ fields: [MetadataField] = []) {
    self.fields = []
    for field in fields { set(field) }
  }

  /// The field of a key, compared as a name.
  package subscript(key: String) -> MetadataField? {
    fields.first { $0.key.isSameName(as: key) }
  }

  /// Adds a field, or replaces the one with its key.
  package mutating func set(_ field: MetadataField) {
    if let index = fields.firstIndex(where: { $0.key.isSameName(as: field.key) }) {
      fields[index] = field
    } else {
      fields.append(field)
    }
  }

  /// Removes a field; returns whether there was one.
  package mutating func remove(key: String) -> Bool {
    let count = fields.count
    fields.removeAll { $0.key.isSameName(as: key) }
    return fields.count < count
  }

  /// The value of an assignment in its field: the typed text, read as the field's type.
  ///
  /// A given type that is not the field's is an error; without a field, everything is as given.
  package func check(_ assignment: MetadataAssignment) throws(MetadataError) -> MetadataValue {
    guard let field = self[assignment.key] else { return assignment.value }
    guard assignment.kind == nil || assignment.kind == field.kind else {
      throw .mismatch(key: field.key, text: assignment.text, kind: field.kind)
    }
    if field.kind == .date, let day = MetadataAssignment.namedDay(assignment.text) {
      return .date(day)
    }
    return try field.value(of: assignment.text)
  }

  /// A value in the field of its key, converted to the field's type if possible.
  package func check(
    _ value: MetadataValue, for key: String
  ) throws(MetadataError) -> MetadataValue {
    guard let field = self[key] else { return value }
    if value.kind == field.kind, field.kind != .choice { return value }
    return try field.value(of: value.text)
  }

  /// Writes `[{"key":"year","type":"number"},{"key":"seen","type":"enum","choices":["yes"]}]`.
  package func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for field in fields {
      writer.beginObject()
      writer.key("key")
      writer.string(field.key)
      writer.key("type")
      writer.string(field.kind.rawValue)
      if field.kind == .choice {
        writer.key("choices")
        writer.beginArray()
        for choice in field.choices { writer.string(choice) }
        writer.endArray()
      }
      writer.endObject()
    }
    writer.endArray()
  }

  /// Reads the output of `write(to:)`.
  package init(from json: JSONValue) throws(MetadataError) {
    guard case .array(let elements) = json else { throw .malformedSchema }
    self.init()
    for element in elements {
      guard case .object(let object) = element, case .string(let key)? = object["key"],
        case .string(let type)? = object["type"]
      else { throw .malformedSchema }
      guard let kind = MetadataKind(rawValue: type) else { throw .unknownKind(type) }
      set(try MetadataField(key: key, kind: kind, choices: try Self.choices(of: object)))
    }
  }

  private static func choices(of object: JSONObject) throws(MetadataError) -> [String] {
    guard let json = object["choices"] else { return [] }
    guard case .array(let elements) = json else { throw .malformedSchema }
    var choices: [String] = []
    for element in elements {
      guard case .string(let choice) = element else { throw .malformedSchema }
      choices.append(choice)
    }
    return choices
  }
}
