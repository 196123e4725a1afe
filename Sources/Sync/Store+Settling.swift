package import Favourites

// Resolving conflicts by the user.

extension SyncConflict {
  /// The name of the field for the user.
  package var fieldName: String {
    switch Field(text: field) {
    case .metadata(let name)?: name.text
    case .leaf?: "name"
    case .schema?: "fields"
    default: field
    }
  }

  /// One of the two values, as stored; nil if there is none.
  func value(ofMine: Bool) -> JSONValue? {
    guard let value = try? JSONValue.parse(Array((ofMine ? mine : theirs).utf8)), value != .null
    else { return nil }
    return value
  }

  /// One of the two values as text; nil if there is none.
  fileprivate func text(ofMine: Bool) -> String? {
    guard let value = value(ofMine: ofMine) else { return nil }
    if case .object(let object) = value { return object["value"]?.scalarText }
    return value.scalarText
  }
}

extension Store {
  /// The title of the favourite, or the name of the category, in conflict; nil if it no longer
  /// exists.
  package func name(of conflict: SyncConflict) throws(StoreError) -> String? {
    switch conflict.kind {
    case .favourite:
      guard let id = try syncIDs(.favourite, conflict.uid).first else { return nil }
      return try syncFavourite(id)?.name
    case .category: return try syncCategory(conflict.uid)?.path
    }
  }

  /// One of the two values of a conflict for display; nil if there is none. A category is given by
  /// name, and metadata fields as on the command line.
  package func text(of conflict: SyncConflict, ofMine: Bool) throws(StoreError) -> String? {
    guard let text = conflict.text(ofMine: ofMine) else { return nil }
    switch Field(text: conflict.field) {
    case .parent?:
      guard let uid = UID(hex: text) else { return text }
      return try syncCategory(uid)?.path ?? text
    case .schema?: return Self.schema(text).fields.map(\.text).joined(separator: ", ")
    default: return text
    }
  }

  private static func schema(_ text: String?) -> MetadataSchema {
    guard let text, let json = try? JSONValue.parse(Array(text.utf8)) else {
      return MetadataSchema()
    }
    return (try? MetadataSchema(from: json)) ?? MetadataSchema()
  }

  /// Resolves a conflict with one of its two values, within a change, and removes it from the list.
  /// Does not change an item that is in the trash or no longer exists.
  package mutating func settle(
    _ conflict: SyncConflict, takesMine: Bool
  ) throws(StoreError) {
    try removeConflict(conflict.id)
    guard let field = Field(text: conflict.field) else { return }
    let text = conflict.text(ofMine: takesMine)
    switch conflict.kind {
    case .favourite:
      guard let id = try syncIDs(.favourite, conflict.uid).first,
        try syncFavourite(id)?.isLive == true
      else { return }
      try edit([id], patch(field, text, conflict, takesMine))
    case .category: try settle(categoryOf: conflict.uid, field, text)
    }
  }

  private func patch(
    _ field: Field, _ text: String?, _ conflict: SyncConflict, _ takesMine: Bool
  ) -> Patch {
    var patch = Patch()
    switch field {
    case .column(let column) where column.isGiven:
      patch.columns[text: column] = text ?? (column.isOptional ? "" : nil)
    case .metadata(let name):
      if let value = conflict.value(ofMine: takesMine),
        let typed = try? MetadataValue(plain: value, key: name.text)
      {
        patch.values = Metadata([Metadata.Entry(name.text, typed)])
      } else {
        patch.unset = [name.text]
      }
    default: break
    }
    return patch
  }

  private mutating func settle(
    category path: String, _ field: Field, _ text: String?
  ) throws(StoreError) -> SettlingObstacle? {
    guard let name = try? CategoryPath.parse(path), let leaf = name.components.last else {
      return nil
    }
    var target = name.text
    switch field {
    case .column(.note): return try editCategory(name, note: text ?? "", fields: [], removed: [])
    case .schema:
      let old = try category(name).schema?.fields.map(\.key) ?? []
      let fields = Self.schema(text).fields
      return try editCategory(name, note: nil, fields: fields, removed: old)
    case .leaf:
      if let text { target = (name.parent.map { $0.text + "/" } ?? "") + text }
    case .parent:
      guard let text, let uid = UID(hex: text) else {
        target = leaf
        break
      }
      if let above = try syncCategory(uid), above.isLive { target = "\(above.path)/\(leaf)" }
    default: break
    }
    guard let target, let new = try? CategoryPath.parse(target), new != name else { return }
    try renameCategory(name, to: new)
  }
}
