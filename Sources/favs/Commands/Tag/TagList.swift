internal import Favourites
internal import Host

/// Lists tags.
struct TagList: Command {
  static let synopsis = Synopsis<Self>(
    "List tags with their number of favourites",
    options: CountOption.options.lifted(to: \.count)
      + OutputOptions.options.filter { $0.long != "fields" }.lifted(to: \.output),
    exits: [.done, .usage, .busy, .database, .inputOutput])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var count = CountOption()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    let tags = try context.opened(store.tags())
    if count.countsOnly {
      try context.print(count: Int64(tags.count))
      return .done
    }
    switch OutputFormat.resolved(output, context) {
    case .json, .jsonl:
      let isArray = OutputFormat.resolved(output, context) == .json
      var json = JSONWriter()
      if isArray { json.beginArray() }
      for tag in tags {
        json.beginObject()
        json.member("name", tag.name)
        json.member("count", tag.count)
        json.endObject()
        if !isArray { json.newline() }
      }
      if isArray {
        json.endArray()
        json.newline()
      }
      // In JSON itself, line ends are escaped.
      let bytes = output.endsWithNUL ? json.bytes.map { $0 == 0x0A ? 0 : $0 } : json.bytes
      try context.output.write(bytes)
    case .template(let template):
      for name in template.fields where name != "name" && name != "count" {
        throw Failure(
          .usage, "--format: unknown field '\(name)'", hint: "the fields are name, count")
      }
      for tag in tags {
        let text = template.filled(endsWithNUL: output.endsWithNUL) { name in
          name == "name" ? tag.name : String(tag.count)
        }
        try context.output.write(text)
      }
    case .table where context.output.isTerminal && !output.isWide:
      let counts = tags.map { FacetCount(value: $0.name, count: $0.count) }
      let sketch = StatisticsSketch(
        width: Terminal.width(), style: context.output.style, bars: Bars())
      try context.output.show(sketch.drawing(counts.sorted { $0.count > $1.count }).text)
    case .table:
      var table = Table([
        Table.Column(title: "TAG", isFlexible: true), Table.Column(title: "USED", isNumber: true),
      ])
      table.rows = tags.map { tag in
        [
          Table.Cell(text: Escaping.forTerminal(tag.name)), Table.Cell(text: String(tag.count)),
        ]
      }
      try context.print(table)
    case .csv:
      try context.output.write("name,count\r\n")
      for tag in tags { try context.output.write("\(Escaping.forCSV(tag.name)),\(tag.count)\r\n") }
    case .tsv:
      let end = output.endsWithNUL ? "\0" : "\n"
      for tag in tags {
        let name = Escaping.forCell(tag.name, endingWith: end)
        try context.output.write("\(name)\t\(tag.count)\(end)")
      }
    }
    return .done
  }
}
