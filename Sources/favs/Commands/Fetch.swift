internal import Favourites
internal import Host

/// Fetches titles and descriptions from pages.
struct Fetch: Command {
  static let synopsis = Synopsis<Self>(
    "Get titles and descriptions from web pages",
    details: [
      "Requests the page of each link with the program curl, and fills in what is missing: the "
        + "title if it is still the link's host and path, and the metadata 'description'. With "
        + "nothing named, this is done for all favourites that lack one of the two. All of it is "
        + "one change.",
      "A page that asks whether you are a person, for a login or for consent gives no title. A "
        + "PDF is called by its file name. Pages that cannot be loaded are counted, and do not "
        + "change the exit code.",
    ],
    operands: .some("REF…", atLeast: 0, .reference),
    options: [
      .read(
        "only", nil, "WHAT", "only title or description", \.only,
        .choices(Part.allCases.map(\.rawValue)), by: Value.choice(Part.self)),
      .flag("replace", nil, "replace existing titles and descriptions too", \.replaces),
    ] + NetworkOptions.options.lifted(to: \.network)
      + SelectionOptions.options.lifted(to: \.selection)
      + WriteOptions.options.lifted(to: \.write) + OutputOptions.options.lifted(to: \.output),
    examples: [
      Example("favs fetch", "fill in all missing titles and descriptions"),
      Example("favs fetch 12 --replace --only title", "replace one title"),
      Example("favs fetch -c links --since 7d", "fetch for what was added to links in a week"),
    ],
    exits: [
      .done, .usage, .notFound, .conflict, .busy, .database, .inputOutput, .interrupted,
    ],
    seeAlso: ["add", "check", "edit"])

  /// A field that can be fetched.
  enum Part: String, CaseIterable, Sendable {
    case title, description
  }

  var operands: [String] = []
  var global = GlobalOptions()
  var only: Part?
  var replaces = false
  var network = NetworkOptions()
  var selection = SelectionOptions()
  var write = WriteOptions()
  var output = OutputOptions()

  /// The number of links to read at a time.
  private static let page = 1_000

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let ids = try links(&context)
    // Held until the end: a signal stops the fetching, but results are kept.
    let held = HeldSignals()
    var (found, counts): ([PageFacts], FetchWork.Counts) = ([], .init())
    if !ids.isEmpty {
      var work = FetchWork(try WebSession(network))
      try run(&work, ids, held, &context)
      (found, counts) = (work.found, work.counts)
    }
    _ = try context.change(write, isLarge: true) { (store) throws(StoreError) in
      try store.fill(found, replaces: replaces)
    } show: { (store, context, changed) throws(Failure) in
      try context.show(changed, in: &store, output)
      try tell(changed.count, counts, isStopped: held.hasCome, &context)
    }
    try context.output.flush()
    return .done
  }

  private func run(
    _ work: inout FetchWork, _ ids: [Int64], _ held: borrowing HeldSignals,
    _ context: inout Context
  ) throws(Failure) {
    var progress = WebProgress(total: ids.count, isQuiet: context.output.isQuiet)
    defer { progress.end() }
    var rest = ids[...]
    var ahead: [FetchWork.Wanted] = []
    let reader = context
    func next() throws(Failure) -> FetchWork.Wanted? {
      while ahead.isEmpty {
        guard !rest.isEmpty else { return nil }
        ahead = try reader.links(Array(rest.prefix(Self.page))).compactMap(wanted).reversed()
        rest = rest.dropFirst(Self.page)
      }
      return ahead.removeLast()
    }
    var tally = context.network
    defer { context.network = tally }
    try work.run(&tally, next: next, isStopped: { held.hasCome }) { count in
      progress.show(count, "")
    }
  }

  /// The favourites whose pages to fetch.
  private func links(_ context: inout Context) throws(Failure) -> [Int64] {
    let words = try context.expanded(operands)
    var store = try context.reading()
    let named = try context.chosen(words, selection, in: &store)
    context.mentions += store.mentions
    return try context.opened(store.idsToCheck(named).sorted())
  }

  /// The fields to fetch for a link; nil if none.
  private func wanted(_ link: KnownLink) -> FetchWork.Wanted? {
    guard ["http", "https"].contains(URLScheme(of: link.url)?.name) else { return nil }
    let wantsTitle =
      only != .description && (replaces || Draft.isStandIn(link.title, for: link.url))
    let wantsDescription = only != .title && (replaces || !link.isDescribed)
    guard wantsTitle || wantsDescription else { return nil }
    return FetchWork.Wanted(
      id: link.id, url: link.url, title: wantsTitle, description: wantsDescription)
  }

  private func tell(
    _ changed: Int, _ counts: FetchWork.Counts, isStopped: Bool, _ context: inout Context
  ) throws(Failure) {
    guard counts.asked + counts.skipped > 0 || isStopped else {
      return try context.output.note(
        context.isRehearsal ? "would fetch nothing" : "nothing to fetch")
    }
    var parts: [String] = []
    func add(_ count: Int, _ what: String) { if count > 0 { parts.append("\(count) \(what)") } }
    add(counts.silent, "said nothing")
    add(counts.failed, "failed")
    add(counts.skipped, "skipped")
    let pages = counted(counts.asked, "page", "pages")
    let end = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    let begin = isStopped ? "interrupted: " : ""
    try context.tell(
      Told(
        done: "\(begin)\(pages)\(end); \(counted(favourites: changed)) changed",
        would: "\(begin)\(pages)\(end); would change \(counted(favourites: changed))"))
  }
}
