/// A field that was left out when two categories became one: the one that stays has a field of that
/// name with another type, or with other choices.
package struct FieldClash: Equatable, Sendable {
  /// The category that stays.
  package let category: String
  package let kept: MetadataField
  package let left: MetadataField
}

extension CategoryRecord {
  /// The category with what another has that becomes part of it: its note below this one's, and
  /// fields that this one lacks. A field that both have keeps this one's type.
  ///
  /// This is the one rule for two categories that become one in a file, whatever the reason.
  /// - Returns: nil if the notes are too long together.
  func united(with other: CategoryRecord) -> CategoryRecord? {
    let both = FavouriteRecord.joined(note, other.note)
    guard both?.utf8.count ?? 0 <= Limits.noteBytes else { return nil }
    var united = self
    united.note = both
    let own = fields ?? MetadataSchema()
    let added = (other.fields?.fields ?? []).filter { own[$0.key] == nil }
    if !added.isEmpty { united.schema = MetadataSchema(own.fields + added).stored }
    return united
  }

  /// The same where nothing may be refused: of notes that are too long together, this one's stays.
  func unitedAtAnyRate(with other: CategoryRecord) -> CategoryRecord {
    if let united = united(with: other) { return united }
    var other = other
    other.note = nil
    return united(with: other) ?? self
  }

  /// The fields of another category that are left out when both become one.
  func clashes(with other: CategoryRecord) -> [FieldClash] {
    let own = fields ?? MetadataSchema()
    return (other.fields?.fields ?? []).compactMap { field in
      guard let kept = own[field.key],
        kept.kind != field.kind || kept.choices != field.choices
      else { return nil }
      return FieldClash(category: name, kept: kept, left: field)
    }
  }
}

extension Store {
  /// Gives a category in use what another has that becomes part of it, and notes the fields that
  /// are left out.
  mutating func unite(
    _ home: Int64, with other: CategoryRecord
  ) throws(StoreError) {
    guard let before = try categoryRecord(home) else { return }
    guard let united = before.united(with: other) else {
      let size = (before.note?.utf8.count ?? 0) + 2 + (other.note?.utf8.count ?? 0)
      throw .invalid(
        InvalidValue(
          field: "the note of '\(before.name)' with that of '\(other.name)'",
          reason: "has \(size) bytes; the limit is \(Limits.noteBytes)"))
    }
    clashes += before.clashes(with: other)
    if united != before { try apply(.live(united), to: home, isNew: true) }
  }
}
