internal import Favourites
internal import Host

/// Shows statistics.
struct Stats: Command {
  static let synopsis = Synopsis<Self>(
    "Show statistics",
    details: [
      "How many favourites there are, by category (with those below it) and tag, how many were "
        + "added in each of the last 24 months, what is opened most, what favs check found of the "
        + "links, and how large the database is; up to 64 MiB, also its parts. With filters, only "
        + "the selected favourites are counted.",
      "--by counts by one key: category, tag, month, host, or metadata such as year. In a pipe, "
        + "the columns are section, name and count; with --by, name and count.",
    ],
    options: [
      .text(
        "by", nil, "KEY", "count by category, tag, month, host or metadata", \.key,
        .trait(["category", "tag", "month", "host"]))
    ] + SelectionOptions.options.lifted(to: \.selection),
    examples: [
      Example("favs stats", "show the statistics of all favourites"),
      Example("favs stats --since 1y --by host", "count last year's links by host"),
      Example("favs stats -c films --by year", "count films by year"),
    ],
    exits: [.done, .usage, .notFound, .busy, .database, .inputOutput],
    seeAlso: ["list", "search", "doctor"])

  static let isPaged = true

  var operands: [String] = []
  var global = GlobalOptions()
  var key: String?
  var selection = SelectionOptions()

  /// The number of months to show.
  private static let months = 24

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let selection = try selection.selection(at: context.now)
    let times = Statistics.Times(months: Self.months, now: context.now, in: .system)
    var store = try context.reading()
    try context.opened(store.checkCategories(of: selection))
    if let key {
      if key != "host", key != "month" {
        try context.checkIsUsed(
          Facet(key), by: "--by", or: "category, tag, month, host", in: store)
      }
      let counts = try counts(by: key, selection, times, in: &store, context)
      try StatisticsPrinter(context).print(counts, &context)
      return .done
    }
    let statistics = try context.opened(store.statistics(of: selection, times))
    let surroundings = self.selection.isAny ? nil : try surroundings(in: store, context)
    try StatisticsPrinter(context).print(statistics, surroundings, &context)
    return .done
  }

  private func counts(
    by key: String, _ selection: Selection, _ times: Statistics.Times, in store: inout Store,
    _ context: Context
  ) throws(Failure) -> [FacetCount] {
    try context.opened { () throws(StoreError) in
      switch key {
      case "host": return try store.hosts(of: selection)
      case "category":
        return try store.categoryShares(of: selection)
          .map { FacetCount(value: $0.name, count: $0.total) }
      case "month":
        return try store.statistics(of: selection, times).months
          .map { FacetCount(value: $0.name, count: $0.count) }
      case "tag", "tags": return try store.tagCounts(of: selection)
      default: return try store.counts(by: Facet(key), of: selection)
      }
    }
  }

  /// Statistics about everything but the favourites.
  private func surroundings(
    in store: borrowing Store, _ context: Context
  ) throws(Failure) -> Surroundings {
    let keep = try context.settings.value(of: .trashKeep)
    let limit = try SelectionOptions.moment(keep, "trash.keep", context.now)?.earliest
    let path = context.file.path
    return try context.opened { () throws(StoreError) in
      var found = Surroundings()
      found.trashed = try store.trashCount()
      found.keep = keep
      if let limit { found.expired = try store.trashCount(before: limit) }
      found.changes = try store.changeCount()
      // At the default place, the database may not exist yet.
      found.database = try Store.size(of: path)
      found.parts = try store.fileParts()
      found.backups = try Self.backups(of: path)
      return found
    }
  }

  /// The size of all backups, in bytes; nil if they cannot be read or are not trustworthy.
  private static func backups(of path: String) throws(StoreError) -> Int64? {
    do throws(StoreError) {
      return try Store.backups(of: path).reduce(0) { $0 + $1.size }
    } catch .host(let error) where error.isRefused {
      return nil
    } catch .unusable {
      return nil
    }
  }

  /// Statistics about everything but the favourites: the trash, the history, and disk usage.
  struct Surroundings {
    var trashed: Int64 = 0
    /// How long the trash is kept, as set in the settings; nil for forever.
    var keep: String?
    /// The number of favourites in the trash that are older than that.
    var expired: Int64?
    var changes: Int64 = 0
    /// The size of the database, in bytes.
    var database: Int64 = 0
    /// The size of its parts; nil if they are not measured.
    var parts: [FilePart]?
    /// The size of all backups, in bytes; nil if they cannot be read.
    var backups: Int64? = 0
  }
}
