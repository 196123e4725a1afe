internal import Favourites

/// How favourites are printed.
struct OutputOptions: Sendable {
  var format: OutputFormat?
  var fields: [FavouriteField]?
  var endsWithNUL = false
  var isWide = false

  /// The options that set it.
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

  /// Those of commands that show all of one thing, on a terminal as well.
  static let plainOptions = options.filter { $0.long != "wide" }

  /// True where a template tells how a favourite was found.
  var tellsHits: Bool {
    guard case .template(let template)? = format else { return false }
    return template.fields.contains { name in
      FavouriteField(rawValue: name).map(FavouriteField.found.contains) ?? false
    }
  }

  /// True where it is told what was seen of links.
  var tellsSights: Bool {
    if let fields { return fields.contains(.link) }
    guard case .template(let template)? = format else { return false }
    return template.fields.contains(FavouriteField.link.rawValue)
  }

  /// True where nothing is said of the form, so that a person reads it.
  func isPlain(_ context: Context) -> Bool {
    format == nil && !context.global.isJSON && fields == nil && !endsWithNUL
  }
}
