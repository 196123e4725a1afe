/// Where a category is, and its data there.
enum CategoryState {
  /// Not there: not yet made, or removed.
  case absent
  /// In use.
  case live(CategoryRecord)
  /// In the trash, since a given time.
  case trashed(CategoryRecord, deletedAt: Int64)

  /// Its data, if it exists.
  var record: CategoryRecord? {
    switch self {
    case .absent: nil
    case .live(let record), .trashed(let record, _): record
    }
  }

  /// Where it is, as named in an image.
  var presence: String {
    switch self {
    case .absent: "absent"
    case .live: "live"
    case .trashed: "trash"
    }
  }
}

/// The state of a category before a change: JSON with only those fields that the change changed.
enum CategoryImage {
  /// The fields of `before` that differ in `after`; nil if none do.
  static func difference(from before: CategoryState, to after: CategoryState) -> [UInt8]? {
    var json = JSONWriter()
    json.beginObject()
    let empty = json.bytes.count
    if before.presence != after.presence { json.member("state", before.presence) }
    if let old = before.record {
      let new = after.record
      if old.uid != new?.uid { json.member("uid", old.uid.text) }
      if !areSame(old.name, new?.name) { json.member("name", old.name) }
      if !areSame(old.note, new?.note) || new == nil { json.member("note", old.note) }
      if !areSame(old.schema, new?.schema) || new == nil { json.member("schema", old.schema) }
      if old.createdAt != new?.createdAt { json.member("created_at", old.createdAt) }
      if old.modifiedAt != new?.modifiedAt { json.member("modified_at", old.modifiedAt) }
      if old.change != new?.change { json.member("change", old.change) }
    }
    if case .trashed(_, let deletedAt) = before {
      if case .trashed = after {} else { json.member("deleted_at", deletedAt) }
    }
    if json.bytes.count == empty { return nil }
    json.endObject()
    return json.bytes
  }

  /// The state that an image describes, given the state after it; nil if it is not an image.
  static func state(
    before image: String?, of id: Int64, after: CategoryState
  ) -> CategoryState? {
    guard let image else { return .absent }
    guard case .object(let object)? = try? JSONValue.parse(Array(image.utf8)) else { return nil }
    var record =
      after.record
      ?? CategoryRecord(
        id: id, uid: UID(high: 0, low: 0), path: .inbox, at: 0, change: 0)
    var deletedAt: Int64 = 0
    if case .trashed(_, let current) = after { deletedAt = current }
    var presence = after.presence
    for member in object.members {
      let value = member.value
      switch member.key {
      case "state": presence = value.text ?? presence
      case "uid": record.uid = value.text.flatMap(UID.init(text:)) ?? record.uid
      // The key is derived from the name. One written by an older favs follows other rules.
      case "name":
        guard let name = value.text?.composed else { break }
        record.name = name
        if let path = try? CategoryPath.parse(name) { record.key = path.sortKey }
      case "note": record.note = value.text
      case "schema": record.schema = value.text
      case "created_at": record.createdAt = value.whole ?? record.createdAt
      case "modified_at": record.modifiedAt = value.whole ?? record.modifiedAt
      case "change": record.change = value.whole ?? record.change
      case "deleted_at": deletedAt = value.whole ?? deletedAt
      default: break
      }
    }
    switch presence {
    case "absent": return .absent
    case "live": return .live(record)
    case "trash": return .trashed(record, deletedAt: deletedAt)
    default: return nil
    }
  }
}
