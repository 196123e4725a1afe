internal import Favourites
internal import Host

/// Changes favourites.
struct Edit: Command {
  static let synopsis = Synopsis<Self>(
    "Edit favourites",
    details: [
      "Changes the favourites named by REF, or selected by filters. --category and --tag set a "
        + "value here; the filters are called --in and --tagged.",
      "--clear removes url, note, tags or metadata before anything is set.",
      "With one REF and nothing to change, on a terminal, favs opens it as plain text in $VISUAL, "
        + "$EDITOR or vi. Deleting a line clears its field; deleting everything changes nothing. "
        + "If the change cannot be made, as when somebody else changed the same field meanwhile, "
        + "the text is saved, and favs says where.",
      "Without REF and filters, on a terminal, favs lets you pick.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .text("title", nil, "TEXT", "set the title", \.patch.title),
      .read(
        "category", "c", "PATH", "move to this category", \.category, .category,
        by: Value.newCategory),
      .read("url", "u", "URL", "set the URL", \.patch.url, by: Value.url),
      .text("note", nil, "TEXT", "set the note", \.patch.note),
      .readEach(
        "tag", "t", "TAG", "add this tag, or remove -TAG; may be repeated", \.signedTags,
        .tags(signs: "+-"),
        by: Value.signedTags),
      .readEach(
        "untag", nil, "TAG", "remove this tag; may be repeated", \.removedTags, .tags(signs: ""),
        by: Value.tags),
      .read("rank", nil, "N", "set the rank: a number, first or last", \.rank, by: Value.rank),
      .readList(
        "set", nil, "KEY[:TYPE]=VALUE", "set metadata; may be repeated", \.assignments,
        .assignment, by: Value.assignment),
      .list("unset", nil, "KEY", "remove this metadata; may be repeated", \.unset, .metadata),
      .readList(
        "clear", nil, "FIELD", "clear url, note, tags or metadata", \.cleared,
        .choices(Clearable.allCases.map(\.rawValue)), by: Value.choice(Clearable.self)),
    ] + SelectionOptions.editingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs edit 12 --note 'Read it slowly.' -t classic", "add a note and a tag"),
      Example("favs edit --in inbox --has url -c links", "move all links from inbox to links"),
    ],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
      .invalidInput, .interrupted,
    ],
    seeAlso: ["move", "tag", "undo"])

  /// A field that `--clear` can empty.
  enum Clearable: String, CaseIterable, Sendable {
    case url, note, tags, metadata
  }

  var operands: [String] = []
  var global = GlobalOptions()
  /// The changes requested by options with a single text.
  var patch = Patch()
  var category: CategoryPath?
  var signedTags: [SignedTag] = []
  var removedTags: [TagName] = []
  var rank: Patch.Destination?
  var assignments: [MetadataAssignment] = []
  var unset: [String] = []
  var cleared: [Clearable] = []
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()
  /// The descriptor of the terminal for the editor; nil for the standard streams.
  var terminal: Int32?
  /// Whether to print the result; false if the caller does.
  var tells = true

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let patch = wanted
    guard patch.isEmpty else {
      try context.changeSelected(operands, selection, write, verb: "Change") {
        (store, ids) throws(StoreError) in
        try store.edit(ids, patch)
      } show: { (store, context, ids, changed) throws(Failure) in
        try show(ids, changed: changed.count, in: &store, &context)
      }
      return .done
    }
    let words = try context.namedOrPicked(
      operands, isSelecting: selection.isAny, write, action: "edit")
    let isPicked = operands.isEmpty && !words.isEmpty
    guard isPicked || words.count == 1, !write.asksNothing, Terminal.isTerminal(0),
      Terminal.isTerminal(1)
    else {
      throw Failure(
        .usage, "nothing to change", hint: "favs help edit lists the options")
    }
    for word in words { try change(only(word, &context), in: &context) }
    return .done
  }

  /// Changes one favourite, and shows it.
  ///
  /// - Parameter before: the favourite as it was when the patch was made from it; refuses to
  ///   overwrite what others wrote since.
  func change(
    _ before: Favourite, _ patch: Patch, in context: inout Context
  ) throws(Failure) {
    let path = context.file.path
    _ = try context.change(write) { (store) throws(Failure) in
      if let now = try Failure.of(path, store.favourite(before.id)) {
        let fields = patch.overtaken(before, by: now)
        guard fields.isEmpty else {
          throw Failure(
            .conflict,
            "favourite \(now.id) was changed while you edited it: "
              + fields.joined(separator: ", "),
            hint: "favs show \(now.id) shows what it is now")
        }
      }
      return try Failure.of(path, store.edit([before.id], patch))
    } show: { (store, context, changed) throws(Failure) in
      try show([before.id], changed: changed.count, in: &store, &context)
    }
  }

  private func show(
    _ ids: [Int64], changed: Int, in store: inout Store, _ context: inout Context
  ) throws(Failure) {
    guard tells else { return }
    try context.show(ids, in: &store, output)
    try context.tell(
      changed == 0
        ? Told(done: "no changes", would: "would change nothing")
        : Told(done: "\(changed) changed", would: "would change \(changed)"))
  }

  /// Opens one favourite in the editor.
  func change(only id: Int64, in context: inout Context) throws(Failure) {
    try change(only(String(id), &context), in: &context)
  }

  /// Reads the favourite to edit, and closes the store before the editor runs.
  private func only(_ word: String, _ context: inout Context) throws(Failure) -> Favourite {
    var store = try context.reading()
    let found = try context.opened(store.favourite(try store.find(word)))
    context.mentions += store.mentions
    guard let found else { throw Failure(StoreError.noFavourite(word), path: context.file.path) }
    return found
  }

  /// The changes requested by all options.
  private var wanted: Patch {
    var patch = patch
    for column in FavouriteColumn.given where isCleared(column) && patch.columns[column] == .null {
      patch.columns[text: column] = ""
    }
    patch.clearsTags = cleared.contains(.tags)
    patch.clearsMetadata = cleared.contains(.metadata)
    patch.addedTags = signedTags.filter { !$0.isTaken }.map(\.name)
    patch.removedTags = removedTags + signedTags.filter(\.isTaken).map(\.name)
    patch.assignments = assignments
    patch.unset = unset
    patch.category = category
    patch.placing = rank
    return patch
  }

  private func isCleared(_ column: FavouriteColumn) -> Bool {
    cleared.contains { $0.rawValue == column.text }
  }
}
