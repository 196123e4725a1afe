internal import SQLite

/// How much of a file each kind of data takes.
package struct FilePart: Equatable, Sendable {
  /// The kinds, in the order in which they are shown.
  package enum Kind: String, CaseIterable, Sendable {
    /// What was entered.
    case favourites
    /// The index of words, and the vocabulary.
    case search
    /// What makes lists, filters and ranks quick.
    case indexes
    case history, trash
    /// Reused by what is written next.
    case free
  }

  package let kind: Kind
  /// The size in bytes.
  package let size: Int64
}

extension Store {
  /// The largest file whose parts are measured, in bytes: it is read to its end for that.
  private static let largestMeasured: Int64 = 64 << 20

  /// How much each part of the file takes; nil for a larger file, and where SQLite cannot tell.
  ///
  /// Source: https://www.sqlite.org/dbstat.html
  package func fileParts() throws(StoreError) -> [FilePart]? {
    let pageSize = try connection.integer("PRAGMA page_size") ?? 0
    let pages = try connection.integer("PRAGMA page_count") ?? 0
    guard pages * pageSize <= Self.largestMeasured,
      try connection.integer("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'") != nil
    else { return nil }
    var sizes: [FilePart.Kind: Int64] = [:]
    let rows = try connection.query("SELECT name, pgsize FROM dbstat WHERE aggregate = 1")
    while try rows.next() { sizes[Self.kind(of: rows.text(0)), default: 0] += rows.integer(1) }
    sizes[.free] = pages * pageSize - sizes.values.reduce(0, +)
    return FilePart.Kind.allCases.map { FilePart(kind: $0, size: sizes[$0] ?? 0) }
  }

  /// The kind of a table or an index, by its name.
  private static func kind(of name: String) -> FilePart.Kind {
    if name == "favourite" || name == "category" { return .favourites }
    if name == "word" || name.hasBytePrefix("search") { return .search }
    if name.hasBytePrefix("change") { return .history }
    return name.hasBytePrefix("trash") ? .trash : .indexes
  }
}
