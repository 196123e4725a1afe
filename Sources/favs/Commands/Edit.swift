internal import Favourites
internal import Host

/// Changes favourites.
struct Edit: Command {
  static let synopsis = Synopsis<Self>(
    "Change favourites",
    details: [
      "Changes those that are named, or those that the filters choose. --category and --tag set a value "
        + "here; --in and --tagged are the filters.",
      "--clear takes url, note, tags or metadata away, before anything is set.",
      "With one REF and nothing to change, on a terminal, $VISUAL, $EDITOR or vi is opened on all of "
        + "it as plain text. A line that is deleted clears its field; a text that is emptied changes "
        + "nothing. Where the change cannot be made, the text is kept, and its place is told.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .text("title", nil, "TEXT", "another title", \.title),
      .read(
        "category", "c", "PATH", "put them into this category", \.category, .category,
        by: Value.newCategory),
      .text("url", "u", "URL", "another URL", \.url),
      .text("note", nil, "TEXT", "another note", \.note),
      .readEach(
        "tag", "t", "TAG", "with this tag, or without -TAG; may be repeated", \.signedTags, .tag,
        by: Value.signedTags),
      .readEach(
        "untag", nil, "TAG", "without this tag; may be repeated", \.removedTags, .tag,
        by: Value.tags),
      .read("rank", nil, "N", "another place: a number, first or last", \.place, by: Value.place),
      .readList(
        "set", nil, "KEY[:TYPE]=VALUE", "metadata; may be repeated", \.assignments,
        .assignment, by: Value.assignment),
      .list("unset", nil, "KEY", "without this metadata; may be repeated", \.unset, .metadata),
      .readList(
        "clear", nil, "FIELD", "take url, note, tags or metadata away", \.cleared,
        .choices(Clearable.allCases.map(\.rawValue)), by: Value.choice(Clearable.self)),
    ] + SelectionOptions.editingOptions.lifted(to: \.selection)
      + WriteOptions.askingOptions.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs edit 12 --note 'Read it slowly.' -t classic", "add a note and a tag"),
      Example("favs edit --in inbox --has url -c links", "move all links out of the inbox"),
    ],
    exits: [.done, .usage, .notFound, .conflict, .busy, .database, .inputOutput, .invalidInput],
    seeAlso: ["move", "tag", "undo"])

  /// What can be taken away.
  enum Clearable: String, CaseIterable, Sendable {
    case url, note, tags, metadata
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var title: String?
  var category: CategoryPath?
  var url: String?
  var note: String?
  var signedTags: [SignedTag] = []
  var removedTags: [TagName] = []
  var place: Patch.Place?
  var assignments: [MetadataAssignment] = []
  var unset: [String] = []
  var cleared: [Clearable] = []
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard patch.isEmpty else {
      let ids = try context.resolveToChange(operands, selection, write, verb: "Change")
      try change(ids, patch, in: &context)
      return .done
    }
    guard operands.count == 1, !write.asksNothing, Terminal.isTerminal(0), Terminal.isTerminal(1)
    else {
      throw Failure(
        .usage, "nothing is to be changed", hint: "favs help edit lists what can be")
    }
    try change(only(operands[0], &context), in: &context)
    return .done
  }

  /// Makes one change of some favourites, and shows them.
  func change(_ ids: [Int64], _ patch: Patch, in context: inout Context) throws(Failure) {
    _ = try context.change(write) { (store) throws(StoreError) in
      try store.edit(ids, patch)
    } show: { (store, context, changed) throws(Failure) in
      try context.show(ids, in: &store, output)
      try context.tell(
        changed.isEmpty
          ? Told(done: "nothing was other before", would: "nothing would be other")
          : Told(done: "\(changed.count) changed", would: "would change \(changed.count)"))
    }
  }

  /// The one favourite to be edited, from a store that is closed before the editor runs.
  private func only(_ word: String, _ context: inout Context) throws(Failure) -> Favourite {
    var store = try context.reading()
    let found = try context.opened { () throws(StoreError) in
      try store.favourite(try store.find(word))
    }
    context.mentions += store.mentions
    guard let found else { throw Failure(StoreError.noFavourite(word), path: context.path) }
    return found
  }

  private var patch: Patch {
    var patch = Patch()
    patch.title = title
    patch.url = url ?? (cleared.contains(.url) ? "" : nil)
    patch.note = note ?? (cleared.contains(.note) ? "" : nil)
    patch.clearsTags = cleared.contains(.tags)
    patch.clearsMetadata = cleared.contains(.metadata)
    patch.addedTags = signedTags.filter { !$0.isTaken }.map(\.name)
    patch.removedTags = removedTags + signedTags.filter(\.isTaken).map(\.name)
    patch.assignments = assignments
    patch.unset = unset
    patch.category = category
    patch.placing = place
    return patch
  }
}
