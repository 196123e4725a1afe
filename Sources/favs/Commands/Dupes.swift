internal import Favourites

/// Finds duplicates.
struct Dupes: Command {
  static let synopsis = Synopsis<Self>(
    "Find duplicates and merge them",
    details: [
      "Lists groups of favourites that are the same thing: first those with the same link, then "
        + "those whose links differ only in http or https, www., m., /amp, tracking parameters "
        + "such as utm_source, or the fragment (a fragment that starts with ! or / counts), then "
        + "those with the same title in the same category, no link, and no metadata that "
        + "disagrees.",
      "--merge makes one favourite of each group. The one added first keeps its id, category and "
        + "rank. It gets the tags of the others, the metadata it does not have, their notes below "
        + "its own, and the sum of the openings; a title that is only the link's host and path is "
        + "replaced by a real one. The others go to the trash. It is one change, so favs undo "
        + "reverts all of it. A group whose notes, tags or metadata are too long together is left "
        + "as it is, and the exit code is 1. On a terminal, --merge asks first.",
    ],
    options: [
      .flag("merge", nil, "make one favourite of each group", \.merges),
      .flag("exact", nil, "only favourites with the same link", \.isExact),
    ] + SelectionOptions.options.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [
      Example("favs dupes", "list the duplicates"),
      Example("favs dupes --merge -n", "show what --merge would do"),
      Example("favs dupes -c links --exact --merge", "merge links that were added twice"),
    ],
    exits: [.done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput],
    seeAlso: ["list", "import", "undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var merges = false
  var isExact = false
  var selection = SelectionOptions()
  var write = WriteOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let selection = try selection.selection(at: context.now)
    guard merges else {
      try list(selection, &context)
      return .done
    }
    try ask(selection, &context)
    let results = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.merge(try store.duplicates(selection, onlySameLinks: isExact))
    } show: { (store, context, results) throws(Failure) in
      try show(results, in: &store, &context)
    }
    return results.contains(where: \.isLeft) ? .incomplete : .done
  }

  private func list(_ selection: Selection, _ context: inout Context) throws(Failure) {
    var store = try context.reading()
    let groups = try context.opened(store.duplicates(selection, onlySameLinks: isExact))
    var printer = DuplicatePrinter(context)
    try printer.print(groups, in: &store, &context.output)
    guard !groups.isEmpty else { return try context.output.note("no duplicates") }
    let things = counted(favourites: groups.reduce(0) { $0 + $1.ids.count })
    try context.output.note(
      "\(counted(groups.count, "group", "groups")) of \(things) · favs dupes --merge merges them")
  }

  /// Asks for confirmation on a terminal, with the number of favourites. Closes the store before it
  /// asks.
  private func ask(_ selection: Selection, _ context: inout Context) throws(Failure) {
    guard context.mayAsk(write) else { return }
    let (groups, things) = try counts(selection, context)
    guard groups > 0 else { return }
    try context.confirm("Merge \(counted(favourites: things)) into \(groups)?", write)
  }

  private func counts(
    _ selection: Selection, _ context: Context
  ) throws(Failure) -> (groups: Int, things: Int) {
    var store = try context.reading()
    let groups = try context.opened(store.duplicates(selection, onlySameLinks: isExact))
    return (groups.count, groups.reduce(0) { $0 + $1.ids.count })
  }

  private func show(
    _ results: [DuplicateMerge], in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    let merged = results.filter { !$0.isLeft }.map(\.group)
    var printer = DuplicatePrinter(context)
    try printer.print(merged: merged, in: &store, &context.output)
    for result in results where result.isLeft {
      let names = result.group.ids.map(String.init).joined(separator: ", ")
      try context.output.warn(
        "\(names) \(context.isRehearsal ? "would be" : "were") left as they are: together they "
          + "have too many notes, tags or metadata")
    }
    guard !results.isEmpty else {
      return try context.tell(
        Told(done: "no duplicates", would: "would merge nothing: there are no duplicates"))
    }
    let removed = merged.reduce(0) { $0 + $1.ids.count - 1 }
    let groups = counted(merged.count, "group", "groups")
    try context.tell(
      Told(
        done: "merged \(groups); moved \(counted(favourites: removed)) to the trash",
        would: "would merge \(groups) and move \(counted(favourites: removed)) to the trash",
        wayBack: "favs undo reverts it"))
  }
}

extension DuplicateMerge {
  /// The group that was to be merged.
  fileprivate var group: DuplicateGroup {
    switch self {
    case .merged(let group), .tooMuch(let group): group
    }
  }

  /// Whether the group was left as it was.
  fileprivate var isLeft: Bool {
    if case .tooMuch = self { true } else { false }
  }
}
