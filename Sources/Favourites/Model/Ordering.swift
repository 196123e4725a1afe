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
    case created
    case modified
    /// When it was opened last.
    case opened
    /// How often it was opened.
    case used
    case id
    /// How well it answers the words of a search, the best first.
    case relevance
    /// The value of metadata of this name: numbers by value, then texts, as names are sorted.
    case metadata(String)

    /// All that have a name of their own.
    package static let named: [Key] = [
      .rank, .title, .category, .created, .modified, .opened, .used, .id, .relevance,
    ]

    /// The column whose number is compared; nil for what is ordered in a way of its own.
    var column: FavouriteColumn? {
      switch self {
      case .created: .createdAt
      case .modified: .modifiedAt
      case .opened: .openedAt
      case .used: .opened
      case .id: .id
      case .rank, .title, .category, .relevance, .metadata: nil
      }
    }

    /// Its name on the command line.
    package var name: String {
      switch self {
      case .rank: "rank"
      case .title: "title"
      case .category: "category"
      case .created: "created"
      case .modified: "modified"
      case .opened: "opened"
      case .used: "used"
      case .id: "id"
      case .relevance: "relevance"
      case .metadata(let name): name
      }
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
