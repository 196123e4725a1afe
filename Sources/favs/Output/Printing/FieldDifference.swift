internal import Favourites

/// A field that differs between two states of an item, as plain text; empty if there is no value.
struct FieldDifference: Equatable {
  let name: String
  let before: String
  let after: String
  /// Whether both values are times, in their stored form.
  var isTime = false

  /// The fields of a favourite that users change; each metadata key is a field of its own.
  private static let favouriteFields = FavouriteField.kept.filter {
    ![.id, .uid, .metadata, .metadataTypes, .createdAt, .modifiedAt].contains($0)
  }

  /// The differences between two states of a favourite; none if it no longer exists.
  static func between(_ before: Favourite?, _ after: Favourite?) -> [FieldDifference] {
    guard let after else { return [] }
    var differences = favouriteFields.compactMap { field -> FieldDifference? in
      let new = after.text(field)
      if before == nil, field == .opened, after.opened == 0 { return nil }
      // In the trash, the rank is the former one, and the rank after restoring is not recorded.
      if field == .rank, before?.isTrashed ?? after.isTrashed != after.isTrashed { return nil }
      var found = differing(field.rawValue, before?.text(field) ?? "", new)
      found?.isTime = field.isTime
      return found
    }
    let old = before.map { values(of: $0) } ?? []
    let new = values(of: after)
    for (key, text) in old where !new.contains(where: { $0.key == key }) {
      differences.append(FieldDifference(name: key, before: text, after: ""))
    }
    for (key, text) in new {
      let earlier = old.first { $0.key == key }?.text ?? ""
      if let found = differing(key, earlier, text) { differences.append(found) }
    }
    return differences
  }

  private static func values(of favourite: Favourite) -> [(key: String, text: String)] {
    favourite.metadata.entries.map { ($0.key, $0.value.text) }
  }

  /// The differences between two states of a category.
  static func between(_ before: Category?, _ after: Category?) -> [FieldDifference] {
    guard let after else { return [] }
    return [CategoryField.name, .note, .schema].compactMap { field in
      differing(field.rawValue, before?.text(field) ?? "", after.text(field))
    }
  }

  private static func differing(
    _ name: String, _ before: String, _ after: String
  ) -> FieldDifference? {
    // Compared by bytes: different encodings of an accent are different texts.
    before.utf8.elementsEqual(after.utf8)
      ? nil : FieldDifference(name: name, before: before, after: after)
  }
}

extension ChangedItem {
  /// The fields that the change modified.
  var differences: [FieldDifference] {
    switch self {
    case .favourite(let passage): FieldDifference.between(passage.before, passage.after)
    case .category(let passage): FieldDifference.between(passage.before, passage.after)
    }
  }

  /// What happened to the item as a whole; nil if it existed before and after the change.
  var event: String? {
    switch self {
    case .favourite(let passage):
      Self.event(
        passage.before.map(\.isTrashed), passage.after.map(\.isTrashed), passage.isForgotten)
    case .category(let passage):
      Self.event(
        passage.before.map(\.isTrashed), passage.after.map(\.isTrashed), passage.isForgotten)
    }
  }

  /// - Parameters: whether it was in the trash before and after the change; nil if it did not
  ///   exist.
  private static func event(
    _ wasTrashed: Bool?, _ isTrashed: Bool?, _ isForgotten: Bool
  ) -> String? {
    switch (wasTrashed, isTrashed) {
    case (nil, nil): "forgotten"
    case (nil, false?): "added"
    case (nil, true?): "in the trash again"
    case (_?, nil): isForgotten ? "forgotten" : "gone"
    case (false?, true?): "to the trash"
    case (true?, false?): "restored"
    case (_?, _?): nil
    }
  }

  /// The number of the change.
  var change: Int64 {
    switch self {
    case .favourite(let passage): passage.change
    case .category(let passage): passage.change
    }
  }

  /// The kind of item.
  var kind: String {
    switch self {
    case .favourite: "favourite"
    case .category: "category"
    }
  }

  /// The id of the item.
  var id: Int64 {
    switch self {
    case .favourite(let passage): passage.id
    case .category(let passage): passage.id
    }
  }

  /// The title of a favourite or the name of a category, after the change or otherwise before it;
  /// nil if forgotten.
  var title: String? {
    switch self {
    case .favourite(let passage): passage.after?.title ?? passage.before?.title
    case .category(let passage): passage.after?.name ?? passage.before?.name
    }
  }

  /// Writes the item with its values before and after the change: the fields that differ, or all if
  /// it did not exist before or after.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("kind", kind)
    json.member("id", id)
    json.member("title", title)
    switch self {
    case .favourite(let passage):
      let fields = FavouriteField.kept.filter { field in
        guard let before = passage.before, let after = passage.after else { return true }
        // The types are part of the metadata.
        if field == .metadataTypes { return before.metadataJSON != after.metadataJSON }
        return !before.text(field).utf8.elementsEqual(after.text(field).utf8)
          || (field == .metadata && before.metadataJSON != after.metadataJSON)
          || (field == .tags && before.tagsJSON != after.tagsJSON)
      }
      json.key("before")
      if let before = passage.before { before.write(fields, to: &json) } else { json.null() }
      json.key("after")
      if let after = passage.after { after.write(fields, to: &json) } else { json.null() }
    case .category(let passage):
      let fields = [CategoryField.name, .uid, .note, .schema, .createdAt, .modifiedAt].filter {
        guard let before = passage.before, let after = passage.after else { return true }
        return !before.text($0).utf8.elementsEqual(after.text($0).utf8)
      }
      json.key("before")
      if let before = passage.before { before.write(fields, to: &json) } else { json.null() }
      json.key("after")
      if let after = passage.after { after.write(fields, to: &json) } else { json.null() }
    }
    json.endObject()
  }
}

extension Favourite {
  /// Whether the favourite is in the trash.
  fileprivate var isTrashed: Bool { deletedAt != nil }
}

extension Category {
  /// Whether the category is in the trash.
  fileprivate var isTrashed: Bool { deletedAt != nil }
}
