internal import Favourites

/// Shows all details of categories.
struct CategoryShow: Command {
  static let synopsis = Synopsis<Self>(
    "Show everything about categories",
    operands: .some("CATEGORY…", .category),
    options: OutputOptions.plainOptions.filter { $0.long != "fields" }.lifted(to: \.output),
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let store = try context.reading()
    var categories: [Category] = []
    for word in operands {
      let path = try context.category(word)
      categories.append(try context.opened(store.category(path)))
    }
    guard output.format == nil, !context.global.isJSON else {
      try CategoryPrinter.print(categories, output, &context)
      return .done
    }
    for category in categories {
      var lines = [
        ("category", Escaping.forTerminal(category.name)), ("favourites", String(category.count)),
        ("total", String(category.total)),
        ("created", Zone.system.text(of: category.createdAt)),
      ]
      for field in category.schema?.fields ?? [] {
        lines.append(("field", Escaping.forTerminal(field.text)))
      }
      if let note = category.note { lines.append(("note", Escaping.forTerminal(note))) }
      for (name, value) in lines {
        let shown = context.output.style.dim(TextWidth.padded(name, to: 14))
        try context.output.show("\(shown)  \(value)\n")
      }
    }
    return .done
  }
}
