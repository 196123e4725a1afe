internal import Favourites

/// The options that select favourites.
struct SelectionOptions: Sendable {
  var categories: [CategoryPath] = []
  var signedTags: [SignedTag] = []
  var isAnyTagEnough = false
  var excludedTags: [TagName] = []
  var isUntagged = false
  var conditions: [MetadataCondition] = []
  var since: String?
  var until: String?
  var modifiedSince: String?
  var present: [String] = []
  var missing: [String] = []
  var linkStates: [LinkState] = []
  var change: Int64?
  var isAll = false

  /// The filters of a command whose `-c` and `-t` set a value: all except these two.
  static let narrowOptions: [Option<SelectionOptions>] = [
    .flag("any-tag", nil, "match any of the tags instead of all", \.isAnyTagEnough),
    .readEach(
      "no-tag", nil, "TAG", "without this tag; may be repeated", \.excludedTags, .tag,
      by: Value.tags),
    .flag("untagged", nil, "without any tag", \.isUntagged),
    .readList(
      "where", nil, "'KEY OP VALUE'", "compare metadata: = != < <= > >= ~; may be repeated",
      \.conditions,
      .metadata, by: Value.condition),
    .text("since", nil, "DATE|AGE", "added on or after: 2024-01-31, monday, 30d", \.since),
    .text("until", nil, "DATE|AGE", "added on or before", \.until),
    .text("modified-since", nil, "DATE|AGE", "changed on or after", \.modifiedSince),
    .list(
      "has", nil, "NAME", "with url, note, tags or this metadata", \.present,
      .trait(["url", "note", "tags"])),
    .list(
      "no", nil, "NAME", "without url, note, tags or this metadata", \.missing,
      .trait(["url", "note", "tags"])),
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
        "tag", "t", "TAG", "with this tag, or without -TAG; may be repeated", \.signedTags, .tag,
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
        "tagged", nil, "TAG", "with this tag, or without -TAG; may be repeated", \.signedTags, .tag,
        by: Value.signedTags),
    ] + narrowOptions + [allOption]

  private static let allOption = Option<SelectionOptions>.flag(
    "all", nil, "select every favourite", \.isAll)

  /// Whether any filter was given.
  var isAny: Bool {
    isAll || !categories.isEmpty || !signedTags.isEmpty || isUntagged || !excludedTags.isEmpty
      || !conditions.isEmpty || since != nil || until != nil || modifiedSince != nil
      || !present.isEmpty || !missing.isEmpty || change != nil || !linkStates.isEmpty
  }

  /// The selection, with ages relative to the given time.
  func selection(at now: Timestamp) throws(Failure) -> Selection {
    // All filters become nested expressions in a single SQL statement.
    let count =
      categories.count + signedTags.count + excludedTags.count + conditions.count + present.count
      + missing.count
    guard count <= Self.mostFilters else {
      throw Failure(
        .usage, "too many filters: \(count)",
        hint: "one command takes up to \(Self.mostFilters)")
    }
    var selection = Selection()
    selection.categories = categories
    selection.tags = signedTags.filter { !$0.isTaken }.map(\.name)
    selection.isAnyTagEnough = isAnyTagEnough
    selection.excludedTags = signedTags.filter(\.isTaken).map(\.name) + excludedTags
    selection.isUntagged = isUntagged
    selection.conditions = conditions
    selection.since = try Self.moment(since, "--since", now)?.earliest
    selection.until = try Self.moment(until, "--until", now)?.latest
    selection.modifiedSince = try Self.moment(modifiedSince, "--modified-since", now)?.earliest
    selection.present = present.map(Selection.Trait.init)
    selection.missing = missing.map(Selection.Trait.init)
    selection.linkStates = linkStates
    selection.change = change
    return selection
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
