internal import Favourites

/// Keeps new favourites.
struct Add: Command {
  static let synopsis = Synopsis<Self>(
    "Keep a new favourite",
    details: [
      "A word with a scheme, such as https://…, is a URL; any other is a title. A URL without a title "
        + "is called by its host and path until it is given one.",
      "With '-' one favourite a line is read from standard input: titles and URLs, or, where the first "
        + "line begins with '{', JSON objects in the form that --format jsonl prints, of which title, "
        + "url, note, category, tags and metadata are taken. All of them are one change.",
      "The same URL in the same category is refused, unless --update or --duplicate says otherwise.",
    ],
    operands: .some("TITLE|URL…"),
    options: [
      .read(
        "category", "c", "PATH", "put it into this category (inbox)", \.category, .category,
        by: Value.category),
      .text("url", "u", "URL", "its URL", \.url),
      .text("note", nil, "TEXT", "a note", \.note),
      .readList("tag", "t", "TAG", "a tag; may be repeated", \.tags, .tag, by: Value.tag),
      .read("rank", nil, "N", "its place: a number, first or last", \.place, by: Value.place),
      .readList(
        "set", nil, "KEY[:TYPE]=VALUE", "metadata; may be repeated", \.assignments,
        .assignment, by: Value.assignment),
      .flag("update", nil, "change the one that has the URL already", \.updates),
      .flag("duplicate", nil, "keep both where the URL is there already", \.keepsBoth),
    ] + WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs add Dune -c books -t classic --set year=1965", "keep a book"),
      Example("favs add https://sqlite.org -c links", "keep a link"),
      Example("favs add - -c links < urls.txt", "keep a link from each line"),
    ],
    exits: [.done, .usage, .conflict, .busy, .database, .inputOutput, .invalidInput],
    seeAlso: ["edit", "import", "list"])

  var operands: [String] = []
  var global = GlobalOptions()
  var category: CategoryPath?
  var url: String?
  var note: String?
  var tags: [TagName] = []
  var place: Patch.Place?
  var assignments: [MetadataAssignment] = []
  var updates = false
  var keepsBoth = false
  var write = WriteOptions()
  var output = OutputOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard !(updates && keepsBoth) else {
      throw Failure(.usage, "--update and --duplicate cannot be used together")
    }
    if operands.contains("-") {
      guard operands.count == 1, url == nil else {
        throw Failure(.usage, "'-' stands alone: titles and URLs come from standard input")
      }
      return try addLines(in: &context)
    }
    guard operands.count == 1 || url == nil else {
      throw Failure(.usage, "--url goes with one title")
    }
    let drafts = operands.map(draft)
    _ = try context.change(write) { (store) throws(StoreError) in
      var ids: [Int64] = []
      for draft in drafts { ids.append(try store.add(draft, duplicates: duplicates).id) }
      return ids
    } show: { (store, context, ids) throws(Failure) in
      try context.show(ids, in: &store, output)
    }
    return .done
  }

  /// What stands on the command line beside the word.
  private var pattern: Draft {
    var draft = Draft()
    draft.category = category
    draft.url = url
    draft.note = note
    draft.tags = tags
    draft.metadata = assignments
    if case .rank(let rank) = place { draft.rank = rank }
    return draft
  }

  private func draft(_ word: String) -> Draft {
    var draft = pattern
    if url == nil, Draft.looksLikeURL(word.trimmed) {
      draft.url = word
    } else {
      draft.title = word
    }
    return draft
  }

  private var duplicates: Duplicates { updates ? .update : keepsBoth ? .allow : .refuse }

  private func addLines(in context: inout Context) throws(Failure) -> ExitCode {
    let pattern = pattern
    var rank = pattern.rank
    try BulkAddition(write: write, output: output).run(in: &context) {
      (store, line) throws(StoreError) in
      var draft: Draft
      switch line {
      case .word(let word): draft = self.draft(word)
      case .draft(let given):
        draft = given
        draft.uid = nil
        draft.createdAt = nil
        draft.modifiedAt = nil
        draft.openedAt = nil
        draft.opened = 0
        draft.category = given.category ?? pattern.category
        draft.tags += pattern.tags
        draft.metadata = pattern.metadata
        draft.note = given.note ?? pattern.note
      }
      draft.rank = rank
      rank = rank.map { $0 + 1 }
      return try store.add(draft, duplicates: duplicates)
    }
    return .done
  }
}
