/// The format for printing favourites.
enum OutputFormat: Equatable, Sendable {
  case table, tsv, csv, json, jsonl
  /// A template with fields in braces.
  case template(Template)

  /// The names of the formats that have one.
  static let names = ["table", "tsv", "csv", "json", "jsonl"]

  /// Parses a name or a template.
  static func read(_ text: String) throws(ValueError) -> OutputFormat {
    switch text {
    case "table": return .table
    case "tsv": return .tsv
    case "csv": return .csv
    case "json": return .json
    case "jsonl": return .jsonl
    default:
      guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "\\") })
      else {
        throw ValueError(
          "'\(text)' is not one of \(names.joined(separator: ", "))",
          hint: "a template has fields in braces: '{id} {title}\\n'")
      }
      return .template(try Template(text))
    }
  }

  /// The requested format; otherwise JSON with `--json`, a table on a terminal, columns in a pipe.
  static func resolved(_ options: OutputOptions, _ context: Context) -> OutputFormat {
    if let format = options.format { return format }
    if context.global.isJSON { return .json }
    return context.output.isTerminal && !options.endsWithNUL ? .table : .tsv
  }
}
