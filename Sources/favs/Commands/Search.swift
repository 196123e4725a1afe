internal import Favourites

/// Finds favourites by words.
struct Search: Command {
  static let synopsis = Synopsis<Self>(
    "Find favourites by words",
    details: [
      "Finds those that hold every word somewhere in title, URL, note or tags; the letters a to z in any "
        + "case. What holds them in its title comes first, then in its tags, its URL and its note."
    ],
    operands: .some("WORD…"),
    options: [
      .flag("count", nil, "print only how many there are", \.countsOnly)
    ] + SelectionOptions.options.lifted(to: \.selection)
      + PageOptions.options.lifted(to: \.page) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs search dune -c books", "books with 'dune' in them"),
      Example("favs search left hand --json", "both words, as JSON"),
    ],
    exits: [.done, .incomplete, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["list", "show"])

  var operands: [String] = []
  var global = GlobalOptions()
  var countsOnly = false
  var selection = SelectionOptions()
  var page = PageOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    var selection = try selection.selection(at: context.now)
    let words = operands.flatMap { $0.unicodeScalars.split { $0.properties.isWhitespace } }
    selection.words = words.map(String.init)
    guard !selection.words.isEmpty else {
      throw Failure(.usage, "there is no word to search for")
    }
    // SQLite compares with no pattern of 50,000 bytes or more.
    guard selection.words.allSatisfy({ $0.utf8.count < 20_000 }), selection.words.count <= 200
    else {
      throw Failure(
        .usage, "too much to search for", hint: "200 words at most, of 20,000 bytes each")
    }
    if countsOnly {
      var store = try context.reading()
      let count = try context.opened { () throws(StoreError) in try store.count(selection) }
      try context.output.write("\(count)\n")
      return count == 0 ? .incomplete : .done
    }
    let shown = try context.list(selection, page, output, usual: Ordering(.relevance))
    return shown == 0 && !page.isSliced ? .incomplete : .done
  }
}
