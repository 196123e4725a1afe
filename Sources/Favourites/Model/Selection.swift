/// Selects favourites: by filters, and by a search.
package struct Selection: Equatable, Sendable {
  /// Every one of them holds.
  package var filters: [Query] = []
  /// With a title, URL, note or tag that matches this regular expression.
  package var pattern: String?
  /// A search.
  package var search: PreparedSearch?

  /// Selects what satisfies all of the filters, and without any, every favourite.
  package init(_ filters: Query...) {
    self.filters = filters
  }

  /// Whether every favourite is selected.
  package var isEmpty: Bool { self == Selection() }

  /// In one of these categories, or below; none for favourites of all categories.
  ///
  /// This is one of the filters, apart from the others since favourites lie in the order of their
  /// categories.
  package var categories: [CategoryPath] {
    get { filters.lazy.compactMap(\.categories).first ?? [] }
    set {
      filters = otherFilters
      if !newValue.isEmpty { filters.append(.anyOf(newValue.map(Query.category))) }
    }
  }

  /// The filters besides `categories`.
  var otherFilters: [Query] {
    var others = filters
    if let index = filters.firstIndex(where: { $0.categories != nil }) { others.remove(at: index) }
    return others
  }

  /// Whether the index answers all of its conditions.
  var asksForWordsOnly: Bool {
    guard let search, search.conditions.isEmpty else { return false }
    var others = self
    others.search = nil
    return others.isEmpty
  }

  /// Whether it has no conditions but categories.
  var hasOnlyCategories: Bool {
    otherFilters.isEmpty && pattern == nil && search == nil
  }
}

extension Query {
  /// At least one of these holds; a single one stands for itself.
  package static func anyOf(_ parts: [Query]) -> Query {
    parts.count == 1 ? parts[0] : .any(parts)
  }

  /// The categories, if it asks for one of several categories and nothing else.
  fileprivate var categories: [CategoryPath]? {
    switch self {
    case .test(.category(let path)): return [path]
    case .any(let parts):
      let found = parts.compactMap { part in
        if case .test(.category(let path)) = part { path } else { nil }
      }
      return found.count == parts.count ? found : nil
    case .all, .not, .text, .test: return nil
    }
  }
}
