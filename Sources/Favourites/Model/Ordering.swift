/// In which order favourites are listed.
package struct Ordering: Equatable, Sendable {
  package var key: Key
  /// True from the last to the first; what lacks the key comes last in either direction.
  package var isDescending: Bool

  package init(_ key: Key, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// What is compared; what is equal in it is ordered by id.
  package enum Key: Equatable, Sendable {
    /// Category by category in the order of the tree, and by rank in each.
    case rank
    /// The title, as names are sorted: see `NameKey`.
    case title
    /// As `rank`; reversed, the categories are in reverse and the ranks are not.
    case category
    /// A column that holds a number.
    case column(FavouriteColumn)
    /// How well it answers the words of a search, the best first.
    case relevance
    /// The value of metadata of this name: numbers by value, then texts, as names are sorted.
    case metadata(String)

    package static let created = Key.column(.createdAt)
    package static let modified = Key.column(.modifiedAt)
    /// When it was opened last.
    package static let opened = Key.column(.openedAt)
    /// How often it was opened.
    package static let used = Key.column(.opened)
    package static let id = Key.column(.id)

    /// All that have a name of their own, by it.
    private static let byName: [(name: String, key: Key)] = [
      ("rank", .rank), ("title", .title), ("category", .category), ("created", .created),
      ("modified", .modified), ("opened", .opened), ("used", .used), ("id", .id),
      ("relevance", .relevance),
    ]

    /// All that have a name of their own.
    package static let named = byName.map(\.key)

    /// Its name on the command line.
    package var name: String {
      if case .metadata(let name) = self { return name }
      return Key.byName.first { $0.key == self }?.name ?? ""
    }

    /// The column whose number is compared; nil for what is ordered in a way of its own.
    var column: FavouriteColumn? {
      if case .column(let column) = self { column } else { nil }
    }

    /// Reads a name; what is none of the others is one of metadata. Nil for what can be no name at all.
    init?(_ name: String) {
      if let key = Key.named.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        self = key
      } else if (try? Metadata.checkKey(name)) != nil, name.utf8.first != UInt8(ascii: "-") {
        self = .metadata(name.composed)
      } else {
        return nil
      }
    }
  }

  /// The names that a person can give, beside those of metadata.
  package static let names = Key.named.filter { $0 != .relevance }.map(\.name)

  /// Reads `title` or `-title`.
  package init?(_ text: String) {
    let isDescending = text.hasBytePrefix("-")
    guard let key = Key(isDescending ? String(text.dropFirst()) : text) else { return nil }
    self.init(key, isDescending: isDescending)
  }

  /// The order as it is written on the command line.
  package var text: String { (isDescending ? "-" : "") + key.name }
}
