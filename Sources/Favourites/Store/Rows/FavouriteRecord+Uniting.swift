extension FavouriteRecord {
  /// The favourite with the data of another added: its tags, metadata that this one lacks, its note
  /// below this one's, the earlier of the two dates, and the sum of the openings.
  ///
  /// - Returns: nil if both together exceed what one favourite may hold.
  func united(with other: FavouriteRecord) -> FavouriteRecord? {
    let names = JSONText.strings(tags ?? "[]")
    let keys = Set(names.map { Array(TagName.key(of: $0).utf8) })
    let added = JSONText.strings(other.tags ?? "[]").filter {
      !keys.contains(Array(TagName.key(of: $0).utf8))
    }
    var values = metadata.map(Metadata.init(stored:)) ?? Metadata()
    for entry in other.metadata.map(Metadata.init(stored:))?.entries ?? []
    where values[entry.key] == nil {
      values[entry.key] = entry.value
    }
    let both = Self.joined(note, other.note)
    guard names.count + added.count <= Limits.tagsPerFavourite,
      values.entries.count <= Limits.metadataPerFavourite,
      both?.utf8.count ?? 0 <= Limits.noteBytes
    else { return nil }
    var united = self
    united.note = both
    if !added.isEmpty { united.tags = JSONText.array(TagName.sorted(names + added)) }
    united.metadata = values.stored(instead: metadata)
    united.createdAt = min(createdAt, other.createdAt)
    united.addOpenings(other.opened, last: other.openedAt)
    return united
  }

  /// Joins two notes; returns the first alone if the other adds nothing.
  static func joined(_ own: String?, _ other: String?) -> String? {
    guard let own else { return other }
    guard let other, !areSame(own, other) else { return own }
    return own + "\n\n" + other
  }
}
