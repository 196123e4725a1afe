/// The order in which favourites are listed.
package struct Ordering: Equatable, Sendable {
  package var key: Key
  /// Whether the order is reversed; favourites without the key come last in either direction.
  package var isDescending: Bool

  package init(_ key: Key, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// Whether favourites are listed by rank in each category.
  var isByRank: Bool { key == .rank || key == .category }

  /// What to sort by; ties are ordered by id.
  package enum Key: Equatable, Sendable {
    /// By category in tree order, and by rank in each.
    case rank
    /// The title, sorted as a name: see `NameKey`.
    case title
    /// Like `rank`; reversed, the categories are in reverse order and the ranks are not.
    case category
    /// A column with numbers.
    case column(FavouriteColumn)
    /// How well it matches the words of a search, the best first.
    case relevance
    /// The metadata value of this name: numbers by value, then texts, sorted as names.
    case metadata(String)

    package static let created = Key.column(.createdAt)
    package static let modified = Key.column(.modifiedAt)
    /// When it was last opened.
    package static let opened = Key.column(.openedAt)
    /// How often it was opened.
    package static let used = Key.column(.opened)
    package static let id = Key.column(.id)

    /// All keys that have a name of their own, by it.
    private static let byName: [(name: String, key: Key)] = [
      ("rank", .rank), ("title", .title), ("category", .category), ("created", .created),
      ("modified", .modified), ("opened", .opened), ("used", .used), ("id", .id),
      ("relevance", .relevance),
    ]

    /// All keys that have a name of their own.
    package static let named = byName.map(\.key)

    /// Its name on the command line.
    package var name: String {
      if case .metadata(let name) = self { return name }
      return Key.byName.first { $0.key == self }?.name ?? ""
    }

    /// The column whose number is compared; nil for keys that are compared otherwise.
    var column: FavouriteColumn? {
      if case .column(let column) = self { column } else { nil }
    }

    /// Parses a name; any other name is one of metadata. Nil if it cannot be a name.
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

  /// The names that users can give, apart from those of metadata.
  package static let names = Key.named.filter { $0 != .relevance }.map(\.name)

  /// Parses `title` or `-title`. The worst matches first are of no use, and no list has them.
  package init?(_ text: String) {
    let isDescending = text.hasBytePrefix("-")
    guard let key = Key(isDescending ? String(text.dropFirst()) : text),
      key != .relevance || !isDescending
    else { return nil }
    self.init(key, isDescending: isDescending)
  }

  /// The order as written on the command line.
  package var text: String { (isDescending ? "-" : "") + key.name }
}
