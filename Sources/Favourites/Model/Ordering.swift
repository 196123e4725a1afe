/// In which order favourites are listed.
package struct Ordering: Equatable, Sendable {
  package var key: Key
  /// True from the last to the first.
  package var isDescending: Bool

  package init(_ key: Key, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// What is compared; what is equal in it is ordered by id.
  package enum Key: String, CaseIterable, Sendable {
    /// Category by category in the order of the tree, and by rank in each.
    case rank
    /// The title, ASCII letters without case.
    case title
    /// As `rank`; reversed, the categories are in reverse and the ranks are not.
    case category
    case created
    case modified
    /// When it was opened last, the latest first; those never opened come last.
    case opened
    /// How often it was opened, the most first.
    case used
    case id
    /// How well it answers the words of a search, the best first.
    case relevance
  }

  /// The names that a person can give.
  package static let names = Key.allCases.filter { $0 != .relevance }.map(\.rawValue)

  /// Reads `title` or `-title`.
  package init?(_ text: String) {
    let isDescending = text.hasBytePrefix("-")
    let name = isDescending ? String(text.dropFirst()) : text
    guard let key = Key(rawValue: name) else { return nil }
    self.init(key, isDescending: isDescending)
  }

  /// The order as it is written on the command line.
  package var text: String { (isDescending ? "-" : "") + key.rawValue }
}
