internal import Favourites

/// The options for printing favourites.
struct OutputOptions: Sendable {
  var format: OutputFormat?
  var fields: [FavouriteField]?
  var endsWithNUL = false
  var isWide = false

  /// The options that set these values.
  static let options: [Option<OutputOptions>] = [
    .read(
      "format", nil, "FORMAT", "print as table, tsv, csv, json, jsonl or a template", \.format,
      .choices(OutputFormat.names), by: OutputFormat.read),
    .read(
      "fields", nil, "NAMES", "print these fields, in this order", \.fields, .field,
      by: Value.fields),
    .flag("wide", nil, "show every column on a terminal", \.isWide),
    .flag("print0", "0", "end each with NUL instead of a newline", \.endsWithNUL),
  ]

  /// The options of commands that show all fields, even on a terminal.
  static let plainOptions = options.filter { $0.long != "wide" }

  /// Whether the template contains fields about search hits.
  var tellsHits: Bool {
    guard case .template(let template)? = format else { return false }
    return template.fields.contains { name in
      FavouriteField(rawValue: name).map(FavouriteField.found.contains) ?? false
    }
  }

  /// Whether the output contains the results of link checks.
  var tellsSights: Bool {
    if let fields { return fields.contains(.link) }
    guard case .template(let template)? = format else { return false }
    return template.fields.contains(FavouriteField.link.rawValue)
  }

  /// The option for a format whose rows cannot end with NUL, if that is asked for as well.
  func formatWithoutEnds(_ global: GlobalOptions) -> String? {
    guard endsWithNUL else { return nil }
    switch format {
    case .csv: return "--format csv"
    case .json: return "--format json"
    case .table: return "--format table"
    case .jsonl, .tsv, .template: return nil
    case nil: return global.isJSON ? "--json" : nil
    }
  }

  /// Whether no format is requested, so that the output is for people.
  func isPlain(_ context: Context) -> Bool {
    format == nil && !context.global.isJSON && fields == nil && !endsWithNUL
  }
}
