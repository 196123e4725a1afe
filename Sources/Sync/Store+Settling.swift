package import Favourites

// Resolving conflicts by the user.

/// Why a conflict cannot be resolved.
package enum SettlingObstacle: Equatable, Sendable {
  /// The favourite is in the trash, with another value.
  case trashed(Int64, String)
  /// The category, or the one that it would move to, is in the trash.
  case trashedCategory(String)
  /// The category that it would move to no longer exists.
  case missingParent
  /// The category would get a name that is not valid.
  case badName(CategoryPathError)
}

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

  /// Whether a value is that of one of the two sides.
  fileprivate func has(_ value: RegisterValue, asMine isMine: Bool) -> Bool {
    value.json.utf8.elementsEqual((isMine ? mine : theirs).utf8)
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
  ///
  /// - Returns: what is in the way; then nothing was done. An item that no longer exists is not.
  package mutating func settle(
    _ conflict: SyncConflict, takesMine: Bool
  ) throws(StoreError) -> SettlingObstacle? {
    if let field = Field(text: conflict.field),
      let obstacle = try take(takesMine, of: conflict, field)
    {
      return obstacle
    }
    try removeConflict(conflict.id)
    return nil
  }

  private mutating func take(
    _ isMine: Bool, of conflict: SyncConflict, _ field: Field
  ) throws(StoreError) -> SettlingObstacle? {
    switch conflict.kind {
    case .favourite:
      guard let id = try syncIDs(.favourite, conflict.uid).first, let row = try syncFavourite(id)
      else { return nil }
      guard row.isLive else {
        return conflict.has(row.value(field), asMine: isMine) ? nil : .trashed(id, row.name)
      }
      try edit([id], patch(field, conflict, isMine))
      return nil
    case .category:
      guard let (id, path, isLive) = try syncCategory(conflict.uid) else { return nil }
      guard isLive else {
        let stands = try value(ofCategory: id, field)
        return conflict.has(stands, asMine: isMine) ? nil : .trashedCategory(path)
      }
      return try settle(category: path, field, conflict.text(ofMine: isMine))
    }
  }

  /// The value of a register of a category, live or in the trash.
  private func value(ofCategory id: Int64, _ field: Field) throws(StoreError) -> RegisterValue {
    let rows = try syncCategories().map(\.row)
    guard let row = rows.first(where: { $0.id == id }) else { return .none }
    guard field == .parent else { return row.value(field) }
    return rows.first { $0.id == row.home }.map { .parent($0.uid) } ?? .none
  }

  private func patch(_ field: Field, _ conflict: SyncConflict, _ takesMine: Bool) -> Patch {
    let text = conflict.text(ofMine: takesMine)
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
    case .column(.note): try editCategory(name, note: text ?? "", fields: [], removed: [])
    case .schema:
      let old = try category(name).schema?.fields.map(\.key) ?? []
      let fields = Self.schema(text).fields
      try editCategory(name, note: nil, fields: fields, removed: old)
    case .leaf:
      if let text { target = (name.parent.map { $0.text + "/" } ?? "") + text }
    case .parent:
      guard let text, let uid = UID(hex: text) else {
        target = leaf
        break
      }
      guard let above = try syncCategory(uid) else { return .missingParent }
      guard above.isLive else { return .trashedCategory(above.path) }
      target = "\(above.path)/\(leaf)"
    default: break
    }
    let new: CategoryPath
    do throws(CategoryPathError) {
      new = try CategoryPath.parse(target)
    } catch {
      return .badName(error)
    }
    if new != name { try renameCategory(name, to: new) }
    return nil
  }
}
