package import Favourites

// Conflicts that a person settles.

extension SyncConflict {
  /// The field as a person calls it.
  package var fieldName: String {
    switch Field(text: field) {
    case .metadata(let name)?: name
    case .leaf?: "name"
    default: field
    }
  }

  /// One of the two values, for a person; nil for none.
  package func text(ofMine: Bool) -> String? {
    guard let value = try? JSONValue.parse(Array((ofMine ? mine : theirs).utf8)) else { return nil }
    if case .object(let object) = value { return object["value"]?.scalarText }
    return value.scalarText
  }
}

extension Store {
  /// What a conflict is about: the title of a favourite, or the name of a category; nil where it is gone.
  package func name(of conflict: SyncConflict) throws(StoreError) -> String? {
    guard let id = try syncIDs(conflict.kind, conflict.uid).first else { return nil }
    switch conflict.kind {
    case .favourite: return try syncFavourite(id)?.name
    case .category: return try syncCategories().first { $0.row.id == id }?.path
    }
  }

  /// Gives the field of a conflict one of its two values, within a change; nothing is done to what is in the trash or gone.
  package mutating func settle(
    _ conflict: SyncConflict, takesMine: Bool
  ) throws(StoreError) {
    guard let id = try syncIDs(conflict.kind, conflict.uid).first,
      let field = Field(text: conflict.field)
    else { return }
    let text = conflict.text(ofMine: takesMine)
    switch conflict.kind {
    case .favourite:
      guard try syncFavourite(id)?.isLive == true else { return }
      try edit([id], patch(field, text, conflict, takesMine))
    case .category: try settle(categoryOf: id, field, text)
    }
  }

  /// Takes conflicts off the list.
  package mutating func removeConflicts(_ ids: [Int64]) throws(StoreError) {
    try syncing { (store) throws(StoreError) in
      for id in ids { try store.removeConflict(id) }
      return ((), true)
    }
  }

  private func patch(
    _ field: Field, _ text: String?, _ conflict: SyncConflict, _ takesMine: Bool
  ) -> Patch {
    var patch = Patch()
    switch field {
    case .title: patch.title = text
    case .url: patch.url = text ?? ""
    case .note: patch.note = text ?? ""
    case .metadata(let name):
      let json = Array((takesMine ? conflict.mine : conflict.theirs).utf8)
      if let value = try? JSONValue.parse(json),
        let typed = try? MetadataValue(plain: value, key: name)
      {
        patch.values = Metadata([Metadata.Entry(name, typed)])
      } else {
        patch.unset = [name]
      }
    default: break
    }
    return patch
  }

  private mutating func settle(
    categoryOf id: Int64, _ field: Field, _ text: String?
  ) throws(StoreError) {
    let all = try syncCategories()
    guard let (row, path) = all.first(where: { $0.row.id == id }), row.isLive,
      let name = try? CategoryPath.parse(path)
    else { return }
    var target: String?
    switch field {
    case .note: return try editCategory(name, note: text ?? "", fields: [], removed: [])
    case .leaf:
      if let text { target = (name.parent.map { $0.text + "/" } ?? "") + text }
    case .parent:
      guard let text, let uid = UID(hex: text) else {
        target = row.name
        break
      }
      target = all.first { $0.row.uid == uid && $0.row.isLive }.map { "\($0.path)/\(row.name)" }
    default: break
    }
    guard let target, let new = try? CategoryPath.parse(target), new != name else { return }
    try renameCategory(name, to: new)
  }
}
