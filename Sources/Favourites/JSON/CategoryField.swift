/// The fields of a category, by their names in JSON and templates.
package enum CategoryField: String, CaseIterable, Sendable {
  case name, uid, note, count, total, schema
  case createdAt = "created_at"
  case modifiedAt = "modified_at"
}

extension Category {
  /// Writes the category as a JSON object with these keys, in this order.
  package func write(
    _ fields: [CategoryField] = CategoryField.allCases, to json: inout JSONWriter
  ) {
    json.beginObject()
    for field in fields {
      json.key(field.rawValue)
      write(field, to: &json)
    }
    json.endObject()
  }

  private func write(_ field: CategoryField, to json: inout JSONWriter) {
    switch field {
    case .name: json.string(name)
    case .uid: json.string(uid.text)
    case .note: json.stringOrNull(note)
    case .count: json.integer(count)
    case .total: json.integer(total)
    case .schema: if let schema { schema.write(to: &json) } else { json.null() }
    case .createdAt: json.string(createdAt.text)
    case .modifiedAt: json.string(modifiedAt.text)
    }
  }

  /// The value of a field as plain text; empty for none.
  package func text(_ field: CategoryField) -> String {
    switch field {
    case .name: name
    case .uid: uid.text
    case .note: note ?? ""
    case .count: String(count)
    case .total: String(total)
    case .schema: schema?.fields.map(\.text).joined(separator: ";") ?? ""
    case .createdAt: createdAt.text
    case .modifiedAt: modifiedAt.text
    }
  }
}
