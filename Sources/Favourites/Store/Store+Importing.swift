internal import SQLite

/// Where the favourites of an import came to stand, so that they can be put in the order of their ranks.
package struct ImportOrder: Sendable {
  private(set) var ranked: [Int64: [(rank: Int64, id: Int64)]] = [:]
  private(set) var disordered: Set<Int64> = []

  package init() {}

  mutating func note(_ id: Int64, rank: Int64, in category: Int64) {
    if let last = ranked[category]?.last, last.rank > rank { disordered.insert(category) }
    ranked[category, default: []].append((rank, id))
  }
}

extension Store {
  /// Takes over a favourite from a file, with its uid, dates and counts.
  ///
  /// The same uid, or the same link in the same category, makes it a duplicate; one whose uid is in the
  /// trash is left there, unless both are wanted.
  package mutating func take(
    _ draft: Draft, duplicates: Duplicates, order: inout ImportOrder
  ) throws(StoreError) -> Addition {
    var draft = draft
    let rank = draft.rank
    draft.rank = nil
    if let uid = draft.uid {
      if let id = try favourite(withUID: uid) {
        switch duplicates {
        case .update: return try overwrite(id, with: draft)
        case .allow: draft.uid = nil
        case .skip, .refuse: return .skipped(id)
        }
      } else if let id = try trashed(withUID: uid) {
        guard duplicates == .allow else { return .skipped(id) }
        draft.uid = nil
      }
    }
    let addition = try add(draft, duplicates: duplicates)
    if case .added(let id) = addition, let rank {
      let category = try category(making: draft.category ?? .inbox)
      order.note(id, rank: rank, in: category.id)
    }
    return addition
  }

  /// Puts the favourites that an import added in the order of their ranks, where the file was in another.
  package mutating func settle(_ order: ImportOrder) throws(StoreError) {
    for category in order.disordered.sorted() {
      guard let entries = order.ranked[category] else { continue }
      for entry in entries { try displace(entry.id, from: category) }
      for entry in entries.sorted(by: { ($0.rank, $0.id) < ($1.rank, $1.id) }) {
        try append(entry.id, to: category)
      }
    }
  }

  private mutating func overwrite(_ id: Int64, with draft: Draft) throws(StoreError) -> Addition {
    var patch = Patch()
    patch.title = draft.title
    patch.url = draft.url
    patch.note = draft.note
    patch.clearsTags = true
    patch.addedTags = draft.tags
    patch.clearsMetadata = true
    patch.values = draft.values
    let isChanged = try !edit([id], patch).isEmpty
    let isMoved = try putOff(id, category: draft.category, rank: nil)
    return isChanged || isMoved ? .updated(id) : .skipped(id)
  }

  private func favourite(withUID uid: UID) throws(StoreError) -> Int64? {
    let find = try connection.query("SELECT id FROM favourite WHERE uid = ?")
    find.bind(uid.bytes, at: 1)
    return try find.next() ? find.integer(0) : nil
  }

  private func trashed(withUID uid: UID) throws(StoreError) -> Int64? {
    let find = try connection.query("SELECT id FROM trash WHERE uid = ?")
    find.bind(uid.bytes, at: 1)
    return try find.next() ? find.integer(0) : nil
  }
}
