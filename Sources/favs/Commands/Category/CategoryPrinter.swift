internal import Favourites

/// Prints categories.
struct CategoryPrinter {
  /// The names of what is told, in JSON and in templates.
  private static let fields = [
    "name", "uid", "note", "count", "total", "schema", "created_at", "modified_at",
  ]

  /// Prints them in the form that was asked for.
  static func print(
    _ categories: [Category], _ options: OutputOptions, _ context: inout Context
  ) throws(Failure) {
    switch OutputFormat.resolved(options, context) {
    case .json:
      var json = JSONWriter()
      json.beginArray()
      for category in categories { write(category, to: &json) }
      json.endArray()
      json.newline()
      try context.output.write(json.bytes)
    case .jsonl:
      for category in categories {
        var json = JSONWriter()
        write(category, to: &json)
        json.newline()
        try context.output.write(json.bytes)
      }
    case .template(let template):
      for name in template.fields where !fields.contains(name) {
        throw Failure(
          .usage, "--format: there is no field '\(name)'",
          hint: "the fields are \(fields.joined(separator: ", "))")
      }
      for category in categories {
        try context.output.write(template.filled { value($0, of: category) })
      }
    case .table: try printTable(categories, &context)
    case .csv:
      try context.output.write("name,count,total,note\r\n")
      for category in categories {
        let cells = ["name", "count", "total", "note"].map {
          Escaping.forCSV(value($0, of: category))
        }
        try context.output.write(cells.joined(separator: ",") + "\r\n")
      }
    case .tsv:
      let end = options.endsWithNUL ? "\0" : "\n"
      for category in categories {
        let cells = ["name", "count", "total", "note"].map {
          Escaping.forTSV(value($0, of: category))
        }
        try context.output.write(cells.joined(separator: "\t") + end)
      }
    }
  }

  private static func printTable(
    _ categories: [Category], _ context: inout Context
  ) throws(Failure) {
    var table = Table([
      Table.Column(title: "CATEGORY", isFlexible: true),
      Table.Column(title: "IN IT", isNumber: true),
      Table.Column(title: "WITH ALL BELOW", isNumber: true),
      Table.Column(title: "NOTE", isFlexible: true),
    ])
    for category in categories {
      table.rows.append(
        ["name", "count", "total", "note"].map {
          Table.Cell(text: Escaping.forTerminal(value($0, of: category)))
        })
    }
    try context.print(table)
  }

  private static func value(_ field: String, of category: Category) -> String {
    switch field {
    case "name": category.name
    case "uid": category.uid.text
    case "note": category.note ?? ""
    case "count": String(category.count)
    case "total": String(category.total)
    case "schema": category.schema?.fields.map(\.text).joined(separator: ";") ?? ""
    case "created_at": category.createdAt.text
    case "modified_at": category.modifiedAt.text
    default: ""
    }
  }

  private static func write(_ category: Category, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(category.name)
    json.key("uid")
    json.string(category.uid.text)
    json.key("note")
    json.stringOrNull(category.note)
    json.key("count")
    json.integer(category.count)
    json.key("total")
    json.integer(category.total)
    json.key("schema")
    if let schema = category.schema { schema.write(to: &json) } else { json.null() }
    json.key("created_at")
    json.string(category.createdAt.text)
    json.key("modified_at")
    json.string(category.modifiedAt.text)
    json.endObject()
  }
}
