internal import Favourites
internal import Host

/// Prints categories.
struct CategoryPrinter {
  /// The columns of a table.
  private static let columns: [CategoryField] = [.name, .count, .total, .note]

  /// Prints categories in the requested format.
  static func print(
    _ categories: [Category], _ options: OutputOptions, _ context: inout Context
  ) throws(Failure) {
    switch OutputFormat.resolved(options, context) {
    case .json:
      try context.output.write(arrayOf: categories) { $0.write(to: &$1) }
    case .jsonl:
      for category in categories {
        var json = JSONWriter()
        category.write(to: &json)
        try context.output.write(json.bytes + [options.endsWithNUL ? 0 : 0x0A])
      }
    case .template(let template):
      for name in template.fields where CategoryField(rawValue: name) == nil {
        throw Failure(
          .usage, "--format: unknown field '\(name)'",
          hint: "the fields are \(CategoryField.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      for category in categories {
        let text = template.filled(endsWithNUL: options.endsWithNUL) { name in
          CategoryField(rawValue: name).map(category.text) ?? ""
        }
        try context.output.write(text)
      }
    case .table where context.output.isTerminal && !options.isWide:
      let bars = Bars()
      let drawing = CategoryTree(categories, bars: bars)
        .drawing(width: Terminal.width(), style: context.output.style, bars: bars)
      try context.output.show(drawing.text)
    case .table: try printTable(categories, &context)
    case .csv:
      try context.output.write(columns.map(\.rawValue).joined(separator: ",") + "\r\n")
      for category in categories {
        let cells = columns.map { Escaping.forCSV(category.text($0)) }
        try context.output.write(cells.joined(separator: ",") + "\r\n")
      }
    case .tsv:
      let end = options.endsWithNUL ? "\0" : "\n"
      for category in categories {
        let cells = columns.map { Escaping.forCell(category.text($0), endingWith: end) }
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
      Table.Column(title: "TOTAL", isNumber: true),
      Table.Column(title: "NOTE", isFlexible: true),
    ])
    for category in categories {
      table.rows.append(
        columns.map { Table.Cell(text: Escaping.forTerminal(category.text($0))) })
    }
    try context.print(table)
  }
}
