internal import Favourites

/// The options that select favourites.
struct SelectionOptions: Equatable, Sendable {
  var categories: [CategoryPath] = []
  var signedTags: [SignedTag] = []
  var isAnyTagEnough = false
  /// What needs neither the time nor another option to be understood.
  var filters: [Query] = []
  var isUntagged = false
  var since: String?
  var until: String?
  var modifiedSince: String?
  var linkStates: [LinkState] = []
  var change: Int64?
  var isAll = false

  /// The filters of a command whose `-c` and `-t` set a value: all except these two.
  static let narrowOptions: [Option<SelectionOptions>] = [
    .flag("any-tag", nil, "match any of the tags instead of all", \.isAnyTagEnough),
    .readEach(
      "no-tag", nil, "TAG", "without this tag; may be repeated", \.filters, .tags(signs: "")
    ) {
      (text) throws(ValueError) in
      try Value.tags(text).map { .not(.tag($0)) }
    },
    .flag("untagged", nil, "without any tag", \.isUntagged),
    .readList(
      "where", nil, "'KEY OP VALUE'", "compare metadata: = != < <= > >= ~; may be repeated",
      \.filters, .metadata
    ) { (text) throws(ValueError) in .metadata(try Value.condition(text)) },
    .text("since", nil, "DATE|AGE", "added on or after: 2024-01-31, monday, 30d", \.since),
    .text("until", nil, "DATE|AGE", "added on or before", \.until),
    .text("modified-since", nil, "DATE|AGE", "changed on or after", \.modifiedSince),
    .readList(
      "has", nil, "NAME", "with url, note, tags or this metadata", \.filters,
      .trait(["url", "note", "tags"])
    ) { (text) throws(ValueError) in .state(.has(try Value.trait(text))) },
    .readList(
      "no", nil, "NAME", "without url, note, tags or this metadata", \.filters,
      .trait(["url", "note", "tags"])
    ) { (text) throws(ValueError) in .state(.lacks(try Value.trait(text))) },
    .readList(
      "link", nil, "STATE", "with a link in this state after favs check; may be repeated",
      \.linkStates, .choices(LinkState.allCases.map(\.rawValue)),
      by: Value.choice(LinkState.self)),
    .read("change", nil, "N", "touched by this change", \.change, .change, by: Value.change),
  ]

  /// All filters, for a command that reads.
  static let options: [Option<SelectionOptions>] =
    [
      .readList(
        "category", "c", "PATH", "in this category or below; may be repeated", \.categories,
        .category, by: Value.category),
      .readList(
        "in", nil, "PATH", "the same as --category", \.categories, .category, by: Value.category),
      .readEach(
        "tag", "t", "TAG", "with this tag, or without -TAG; may be repeated", \.signedTags,
        .tags(signs: "+-"),
        by: Value.signedTags),
    ] + narrowOptions

  /// All filters, for a command that changes what they select.
  static let writingOptions: [Option<SelectionOptions>] = options + [allOption]

  /// The filters of a command whose `-c` and `-t` set a value, with other names for these two.
  static let editingOptions: [Option<SelectionOptions>] =
    [
      .readList(
        "in", nil, "PATH", "in this category or below; may be repeated", \.categories, .category,
        by: Value.category),
      .readEach(
        "tagged", nil, "TAG", "with this tag, or without -TAG; may be repeated", \.signedTags,
        .tags(signs: "+-"),
        by: Value.signedTags),
    ] + narrowOptions + [allOption]

  private static let allOption = Option<SelectionOptions>.flag(
    "all", nil, "select every favourite", \.isAll)

  /// Whether any filter was given.
  var isAny: Bool {
    var none = SelectionOptions()
    // How tags are combined selects nothing by itself.
    none.isAnyTagEnough = isAnyTagEnough
    return self != none
  }

  /// The selection, with ages relative to the given time.
  func selection(at now: Timestamp) throws(Failure) -> Selection {
    // All filters become nested expressions in a single SQL statement.
    let count = categories.count + signedTags.count + filters.count
    guard count <= Self.mostFilters else {
      throw Failure(
        .usage, "too many filters: \(count)",
        hint: "one command takes up to \(Self.mostFilters)")
    }
    var selection = Selection()
    selection.categories = categories
    let tags = signedTags.filter { !$0.isTaken }.map { Query.tag($0.name) }
    selection.filters += isAnyTagEnough && !tags.isEmpty ? [.anyOf(tags)] : tags
    selection.filters += signedTags.filter(\.isTaken).map { .not(.tag($0.name)) }
    selection.filters += filters
    if isUntagged { selection.filters.append(.state(.lacks(.tags))) }
    if !linkStates.isEmpty {
      selection.filters.append(.anyOf(linkStates.unique().map { .state(.seen($0)) }))
    }
    if let change { selection.filters.append(.change(change)) }
    selection.filters += try Self.dates(.created, since: since, until: until, now)
    if let moment = try Self.moment(modifiedSince, "--modified-since", now) {
      selection.filters.append(.date(.modified, .since, moment.earliest))
    }
    return selection
  }

  /// The filters that `--since` and `--until` give, for one of the dates.
  static func dates(
    _ field: Query.DateField, since: String?, until: String?, _ now: Timestamp
  ) throws(Failure) -> [Query] {
    let (from, to) = (try moment(since, "--since", now), try moment(until, "--until", now))
    return [
      from.map { .date(field, .since, $0.earliest) }, to.map { .date(field, .until, $0.latest) },
    ].compactMap { $0 }
  }

  /// The most filters in one command.
  private static let mostFilters = 200

  /// Parses a date or an age into the range of time that it covers.
  static func moment(
    _ text: String?, _ option: String, _ now: Timestamp
  ) throws(Failure) -> Moment? {
    guard let text else { return nil }
    do {
      return try Moment.parse(text, now: now, in: .system)
    } catch {
      throw Failure(.usage, "\(option): \(error.message)")
    }
  }
}
