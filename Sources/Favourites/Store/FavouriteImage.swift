/// What a favourite was before a change, as it is kept in `change_item`: JSON with those fields only that
/// are other afterwards.
///
/// Written and read here and nowhere else.
struct FavouriteImage {
  /// Where it was.
  enum Place: String {
    case absent, live, trash
  }

  /// What `before` held that `after` does not; `rank` is the place it had, where it left it.
  /// Nil when nothing differs.
  static func difference(
    from before: FavouriteState, to after: FavouriteState, rank: Int64?
  ) -> [UInt8]? {
    var json = JSONWriter()
    json.beginObject()
    let empty = json.bytes.count
    if place(of: before) != place(of: after) {
      json.member("state", place(of: before).rawValue)
    }
    if let old = before.record {
      let new = after.record
      if old.uid != new?.uid { json.member("uid", old.uid.text) }
      if old.category != new?.category { json.member("category", old.category) }
      if old.change != new?.change { json.member("change", old.change) }
      if old.createdAt != new?.createdAt { json.member("created_at", old.createdAt) }
      if old.modifiedAt != new?.modifiedAt { json.member("modified_at", old.modifiedAt) }
      if old.openedAt != new?.openedAt || new == nil { json.member("opened_at", old.openedAt) }
      if old.opened != new?.opened { json.member("opened", old.opened) }
      if !areSame(old.title, new?.title) { json.member("title", old.title) }
      if !areSame(old.url, new?.url) || new == nil { json.member("url", old.url) }
      if !areSame(old.tags, new?.tags) || new == nil { json.member("tags", old.tags) }
      if !areSame(old.metadata, new?.metadata) || new == nil {
        json.member("metadata", old.metadata)
      }
      if !areSame(old.note, new?.note) || new == nil { json.member("note", old.note) }
    }
    if let rank { json.member("rank", rank) }
    if case .trashed(_, let trashing) = before {
      var after = after
      if case .trashed(_, trashing) = after {
      } else {
        after = .absent
        json.member("rank", trashing.rank)
        json.member("category_name", trashing.categoryName)
        json.member("deleted_at", trashing.deletedAt)
      }
    }
    if json.bytes.count == empty { return nil }
    json.endObject()
    return json.bytes
  }

  /// The state that an image describes, given the state that came after it.
  ///
  /// - Returns: nil when the image is not one: the file was damaged by another hand.
  static func state(
    before image: String?, of id: Int64, after: FavouriteState
  ) -> FavouriteTarget? {
    guard let image else { return FavouriteTarget(id: id, state: .absent) }
    guard case .object(let object)? = try? JSONValue.parse(Array(image.utf8)) else { return nil }
    var record =
      after.record
      ?? FavouriteRecord(
        id: id, uid: UID(high: 0, low: 0), category: 0, title: "", at: 0, change: 0)
    var trashing = Trashing(categoryName: "", rank: 1, deletedAt: 0)
    if case .trashed(_, let current) = after { trashing = current }
    var place = place(of: after)
    var placing = Placing.unchanged
    for member in object.members {
      let value = member.value
      switch member.key {
      case "state": place = value.text.flatMap(Place.init(rawValue:)) ?? place
      case "uid": record.uid = value.text.flatMap(UID.init(text:)) ?? record.uid
      case "category": record.category = value.whole ?? record.category
      case "change": record.change = value.whole ?? record.change
      case "created_at": record.createdAt = value.whole ?? record.createdAt
      case "modified_at": record.modifiedAt = value.whole ?? record.modifiedAt
      case "opened_at": record.openedAt = value.whole
      case "opened": record.opened = value.whole ?? record.opened
      case "title": record.title = value.text ?? record.title
      case "url": record.url = value.text
      case "tags": record.tags = value.text
      case "metadata": record.metadata = value.text
      case "note": record.note = value.text
      case "rank":
        trashing.rank = value.whole ?? trashing.rank
        placing = .rank(trashing.rank)
      case "category_name": trashing.categoryName = value.text?.composed ?? trashing.categoryName
      case "deleted_at": trashing.deletedAt = value.whole ?? trashing.deletedAt
      default: break
      }
    }
    record = record.unified()
    switch place {
    case .absent: return FavouriteTarget(id: id, state: .absent)
    case .live: return FavouriteTarget(id: id, state: .live(record), placing: placing)
    case .trash: return FavouriteTarget(id: id, state: .trashed(record, trashing))
    }
  }

  private static func place(of state: FavouriteState) -> Place {
    switch state {
    case .absent: .absent
    case .live: .live
    case .trashed: .trash
    }
  }
}

extension JSONValue {
  /// The text, where it is text.
  var text: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The whole number, where it is one.
  var whole: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }
}
