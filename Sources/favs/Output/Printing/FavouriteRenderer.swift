internal import Favourites
internal import Host

/// Prints favourites, one after another, in one of the output formats.
struct FavouriteRenderer {
  private let format: OutputFormat
  private let fields: [FavouriteField]
  private let end: String
  private var table: Table
  private var json = JSONWriter()
  /// How many were printed.
  private(set) var count = 0
  private var isEnveloped = false
  /// What a person looks at, where nothing is said of columns.
  private var sketch: ListSketch?

  /// What a person sees of each, and what a script gets as columns.
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
      for name in template.fields where TemplateField(name) == nil {
        throw Failure(
          .usage, "--format: unknown field '\(name)'",
          hint:
            "the fields are \(FavouriteField.allCases.map(\.rawValue).joined(separator: ", ")), "
            + "and any metadata: {metadata.\(name)}")
      }
    }
  }

  /// Metadata that is shown in columns of its own, where favourites are looked at: what their category asks for.
  mutating func show(_ fields: [MetadataField]) { sketch?.show(fields) }

  /// True for what a person looks at, where nothing was said of columns.
  var isSketch: Bool { sketch != nil }

  /// True where hits are to be marked: it costs a look at each text.
  var marksHits: Bool { sketch?.form == .hits }

  /// True for the form that stands under a heading and is cut into pages.
  var isTable: Bool { format == .table }

  /// True where JSON is one array.
  var isArray: Bool { format == .json }

  /// Begins; with an envelope, JSON is an object around the array.
  mutating func begin(enveloped: Bool, _ output: inout Output) throws(Failure) {
    isEnveloped = enveloped && format == .json
    switch format {
    case .json: try output.write(isEnveloped ? "{\"favourites\":[" : "[")
    case .csv: try output.write(fields.map(\.rawValue).joined(separator: ",") + "\r\n")
    default: break
    }
  }

  /// Prints one.
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
        TemplateField(name)?.text(of: favourite) ?? ""
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

  /// A field as a person reads it: times are local.
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
    // Where characters were made visible, places are not what they were.
    if field == .snippet, shown.unicodeScalars.count == text.unicodeScalars.count {
      cell.marks = favourite.hit?.snippet?.hits ?? []
    }
    return cell
  }

  /// Ends; `envelope` writes what stands in the envelope behind the array.
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
