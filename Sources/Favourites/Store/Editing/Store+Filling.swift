internal import SQLite

/// What a page says of itself, for a favourite that leads to it.
package struct PageFacts: Equatable, Sendable {
  package let id: Int64
  /// The link that was asked for.
  package let url: String
  package var title: String?
  package var description: String?

  package init(id: Int64, url: String) {
    (self.id, self.url) = (id, url)
  }
}

extension Store {
  /// Fills in what favourites lack by what their pages say: a title where it is still the link's host and path, and
  /// metadata `description`. What a person gave meanwhile stays, and what a category's fields refuse is left out.
  ///
  /// - Parameter replaces: true to put it in the place of what a person gave, too.
  /// - Returns: the ids of those that are other than before.
  package mutating func fill(
    _ pages: [PageFacts], replaces: Bool
  ) throws(StoreError) -> [Int64] {
    var changed: [Int64] = []
    for page in pages {
      guard case .live(let record) = try state(of: page.id), let url = record.url,
        LinkKey.areEqual(url, page.url)
      else { continue }
      var patch = Patch()
      if replaces || Draft.isStandIn(record.title, for: url) { patch.title = page.title }
      let metadata = record.metadata.map(Metadata.init(stored:)) ?? Metadata()
      if let description = page.description, replaces || metadata["description"] == nil {
        patch.values = Metadata([Metadata.Entry("description", .text(description))])
      }
      changed += try fill(page.id, patch)
    }
    return changed
  }

  private mutating func fill(_ id: Int64, _ patch: Patch) throws(StoreError) -> [Int64] {
    guard !patch.isEmpty else { return [] }
    do throws(StoreError) {
      return try edit([id], patch)
    } catch .invalid {
      var patch = patch
      patch.values = Metadata()
      guard !patch.isEmpty else { return [] }
      return try edit([id], patch)
    }
  }
}
