internal import Favourites
internal import Host

/// Prints favourites in one of the output formats.
struct FavouriteRenderer {
  private let format: OutputFormat
  private let fields: [FavouriteField]
  private let end: String
  /// What the names in a template mean.
  private var templateFields: [String: TemplateField] = [:]
  private var table: Table
  private var json = JSONWriter()
  /// The number of favourites printed.
  private(set) var count = 0
  private var isEnveloped = false
  /// The list for people, used if no columns are requested.
  private var sketch: ListSketch?

  /// The default columns.
  static let columns: [FavouriteField] = [.id, .category, .rank, .title, .url, .tags]

  init(
    _ options: OutputOptions, _ context: Context, columns: [FavouriteField]? = nil,
    keys: [FavouriteField] = FavouriteField.living, form: ListSketch.Form = .list
  ) throws(Failure) {
    format = OutputFormat.resolved(options, context)
    switch format {
    case .json, .jsonl: fields = options.fields ?? keys
    default:
      let settled =
        columns == nil && options.fields == nil && format == .table
        ? try context.settings.value(of: .columns) : nil
      fields = options.fields ?? columns ?? settled ?? Self.columns
      let areColumnsNamed = options.fields != nil || settled != nil || options.isWide
      if format == .table, context.output.isTerminal, !areColumnsNamed {
        sketch = ListSketch(form, at: context.now)
      }
    }
    end = options.endsWithNUL ? "\0" : "\n"
    table = Table(
      format != .table
        ? []
        : fields.map { field in
          Table.Column(
            title: field.rawValue.uppercased(), isNumber: field.isNumber,
            isFlexible: [.title, .url, .note, .tags, .category, .metadata, .snippet].contains(field)
          )
        })
    if case .template(let template) = format {
      for name in template.fields {
        guard let field = TemplateField(name) else {
          throw Failure(
            .usage, "--format: unknown field '\(name)'",
            hint:
              "the fields are \(FavouriteField.allCases.map(\.rawValue).joined(separator: ", ")), "
              + "and any metadata: {metadata.\(name)}")
        }
        templateFields[name] = field
      }
    }
  }

  /// Shows metadata in columns of its own, in lists for people: the fields of their category.
  mutating func show(_ fields: [MetadataField]) { sketch?.show(fields) }

  /// Whether the output is a list for people.
  var isSketch: Bool { sketch != nil }

  /// Whether hits are to be highlighted, for which each text must be searched.
  var marksHits: Bool { sketch?.form == .hits }

  /// Whether the format has a heading and pages.
  var isTable: Bool { format == .table }

  /// Whether the output is a single JSON array.
  var isArray: Bool { format == .json }

  /// Begins the output; with an envelope, JSON is an object around the array.
  mutating func begin(enveloped: Bool, _ output: inout Output) throws(Failure) {
    isEnveloped = enveloped && format == .json
    switch format {
    case .json: try output.write(isEnveloped ? "{\"favourites\":[" : "[")
    case .csv: try output.write(fields.map(\.rawValue).joined(separator: ",") + "\r\n")
    default: break
    }
  }

  /// Prints a favourite.
  mutating func add(_ favourite: Favourite, _ output: inout Output) throws(Failure) {
    switch format {
    case .json, .jsonl:
      if format == .json, count > 0 { try output.write(",\n") }
      json = JSONWriter()
      favourite.write(fields, to: &json)
      try output.write(json.bytes)
      if format == .jsonl { try output.write(end) }
    case .tsv:
      let cells = fields.map { Escaping.forCell(favourite.text($0), endingWith: end) }
      try output.write(cells.joined(separator: "\t") + end)
    case .csv:
      let cells = fields.map { Escaping.forCSV(favourite.text($0)) }
      try output.write(cells.joined(separator: ",") + "\r\n")
    case .template(let template):
      let text = template.filled(endsWithNUL: end == "\0") { name in
        templateFields[name]?.text(of: favourite) ?? ""
      }
      try output.write(text)
    case .table where sketch != nil: sketch?.add(favourite)
    case .table:
      table.rows.append(
        fields.map { field in
          cell(field, of: favourite)
        })
    }
    count += 1
  }

  /// A field for people: with times in the local time zone.
  private static func shown(_ field: FavouriteField, of favourite: Favourite) -> String {
    let text = favourite.text(field)
    let time = field.isTime ? Timestamp(rfc3339: text) : nil
    return time.map { Zone.system.text(of: $0) } ?? text
  }

  private func cell(_ field: FavouriteField, of favourite: Favourite) -> Table.Cell {
    let text = Self.shown(field, of: favourite)
    let shown = Escaping.forTerminal(text)
    var cell = Table.Cell(text: shown)
    if field == .url { cell.url = favourite.url }
    // Escaping characters shifts the positions of the marks.
    if field == .snippet, shown.unicodeScalars.count == text.unicodeScalars.count {
      cell.marks = favourite.hit?.snippet?.hits ?? []
    }
    return cell
  }

  /// Ends the output; `envelope` writes the members after the array.
  mutating func finish(
    _ output: inout Output, envelope: (inout JSONWriter) -> Void = { _ in }
  ) throws(Failure) {
    switch format {
    case .json where isEnveloped:
      var json = JSONWriter()
      json.beginObject()
      envelope(&json)
      json.endObject()
      try output.write("]," + String(decoding: json.bytes.dropFirst(), as: UTF8.self) + "\n")
    case .json: try output.write("]\n")
    case .table where count > 0 && sketch != nil:
      try sketch?.print(to: &output)
    case .table where count > 0:
      let (heading, lines) = table.lines(
        width: Terminal.width(), style: output.style)
      try output.note(laidOut: heading)
      try output.show(lines.joined(separator: "\n") + "\n")
    default: break
    }
  }
}
