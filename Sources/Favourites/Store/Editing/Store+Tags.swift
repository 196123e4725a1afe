internal import SQLite

/// A tag and how many favourites have it.
package struct TagCount: Equatable, Sendable {
  package let name: String
  package let count: Int64
}

extension Store {
  /// All tags, by name.
  package func tags() throws(StoreError) -> [TagCount] {
    let rows = try connection.query(
      "SELECT min(name), sum(count) FROM tag WHERE count > 0 GROUP BY key ORDER BY key")
    var tags: [TagCount] = []
    while try rows.next() { tags.append(TagCount(name: rows.text(0), count: rows.integer(1))) }
    return tags
  }

  /// Whether any favourite has a tag, in any spelling.
  package func isUsed(_ tag: TagName) throws(StoreError) -> Bool {
    let find = try connection.query(
      "SELECT 1 FROM tag WHERE key = ? AND count > 0 LIMIT 1", tag.key)
    return try find.next()
  }

  /// The favourites that have a tag, in any spelling.
  func favourites(tagged tag: TagName) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT g.favourite FROM tag t JOIN tagging g ON g.tag = t.id WHERE t.key = ?
      ORDER BY g.favourite
      """, tag.key)
  }

  /// Renames a tag wherever it is used; if the new name is in use, the two are merged.
  ///
  /// - Parameter mustExist: true if the new name has to be in use, for a merge.
  /// - Returns: the favourites that changed.
  @discardableResult
  package mutating func renameTag(
    _ tag: TagName, to target: TagName, mustExist: Bool
  ) throws(StoreError) -> [Int64] {
    let ids = try favourites(tagged: tag)
    guard !ids.isEmpty else { throw .noTag(tag.text) }
    let isSameTag = tag.key.utf8.elementsEqual(target.key.utf8)
    var name = target.text
    if !isSameTag {
      let isInUse = try !favourites(tagged: target).isEmpty
      guard isInUse || !mustExist else { throw .noTag(target.text) }
      if isInUse { name = JSONText.strings(try spelled([target]) ?? "[]").first ?? name }
    }
    return try rewriteTags(of: ids) { tags in
      let kept = tags.filter { !isSameKey($0, tag.key) && !isSameKey($0, target.key) }
      return kept + [name]
    }
  }

  /// Removes a tag wherever it is used.
  ///
  /// - Returns: the favourites that changed.
  @discardableResult
  package mutating func removeTag(_ tag: TagName) throws(StoreError) -> [Int64] {
    let ids = try favourites(tagged: tag)
    guard !ids.isEmpty else { throw .noTag(tag.text) }
    return try rewriteTags(of: ids) { tags in tags.filter { !isSameKey($0, tag.key) } }
  }

  private mutating func rewriteTags(
    of ids: [Int64], _ rewrite: ([String]) -> [String]
  ) throws(StoreError) -> [Int64] {
    var targets: [FavouriteTarget] = []
    for id in ids {
      guard case .live(var record) = try state(of: id) else { continue }
      let tags = rewrite(JSONText.strings(record.tags ?? "[]"))
      record.tags = JSONText.array(TagName.sorted(tags))
      targets.append(FavouriteTarget(id: id, state: .live(record)))
    }
    return try apply(targets, isNew: true)
  }
}

private func isSameKey(_ name: String, _ key: String) -> Bool {
  TagName.key(of: name).utf8.elementsEqual(key.utf8)
}
