extension FavouriteRecord {
  /// The same favourite with what another has besides: its tags, the metadata that this one lacks, its note below its
  /// own, the earlier date of the two, and the sum of the openings.
  ///
  /// - Returns: nil where both together are more than one favourite may hold.
  func united(with other: FavouriteRecord) -> FavouriteRecord? {
    let names = JSONText.strings(tags ?? "[]")
    let keys = Set(names.map { Array(TagName.key(of: $0).utf8) })
    let added = JSONText.strings(other.tags ?? "[]").filter {
      !keys.contains(Array(TagName.key(of: $0).utf8))
    }
    let own = metadata.map(Metadata.init(stored:))?.entries ?? []
    // Of a key that comes twice the last value counts.
    let values = Metadata((other.metadata.map(Metadata.init(stored:))?.entries ?? []) + own)
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

  /// Two notes as one; the first alone where the other says nothing new.
  static func joined(_ own: String?, _ other: String?) -> String? {
    guard let own else { return other }
    guard let other, !areSame(own, other) else { return own }
    return own + "\n\n" + other
  }
}
