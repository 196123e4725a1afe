internal import SQLite

/// What a page says about itself, for a favourite that links to it.
package struct PageFacts: Equatable, Sendable {
  package let id: Int64
  /// The link that was requested.
  package let url: String
  package var title: String?
  package var description: String?

  package init(id: Int64, url: String) {
    (self.id, self.url) = (id, url)
  }
}

extension Store {
  /// Completes favourites from their pages: a title where it is still the link's host and path, and
  /// metadata `description`. Values entered in the meantime stay, and values that a category's
  /// fields refuse are left out.
  ///
  /// - Parameter replaces: true to replace values that the user entered, too.
  /// - Returns: the ids of the favourites that changed.
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
