/// The state of a favourite before a change, as stored in `change_item`: JSON with only those
/// fields that the change changed.
///
/// It is written and read only here.
struct FavouriteImage {
  /// Where the favourite was.
  enum Presence: String {
    case absent, live, trash
  }

  /// The fields of `before` that differ in `after`; `rank` is its previous place, if it left that.
  /// Nil if nothing differs.
  static func difference(
    from before: FavouriteState, to after: FavouriteState, rank: Int64?
  ) -> [UInt8]? {
    var json = JSONWriter()
    json.beginObject()
    let empty = json.bytes.count
    if presence(of: before) != presence(of: after) {
      json.member("state", presence(of: before).rawValue)
    }
    if let old = before.record {
      let new = after.record
      for column in FavouriteColumn.held {
        let value = old.value(column)
        guard value != new?.value(column) else { continue }
        json.key(column.text)
        json.write(value)
      }
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

  /// The state that an image describes, given the state after it.
  ///
  /// - Returns: nil if it is not an image: the file is damaged.
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
    var presence = presence(of: after)
    var placing = Placing.unchanged
    for member in object.members {
      let value = member.value
      switch member.key {
      case "state": presence = value.text.flatMap(Presence.init(rawValue:)) ?? presence
      case "rank":
        trashing.rank = value.whole ?? trashing.rank
        placing = .rank(trashing.rank)
      case "category_name": trashing.categoryName = value.text?.composed ?? trashing.categoryName
      case "deleted_at": trashing.deletedAt = value.whole ?? trashing.deletedAt
      default:
        if let column = FavouriteColumn(name: member.key), column != .id {
          record.set(column, ColumnValue(value, of: column.kind))
        }
      }
    }
    record = record.unified()
    switch presence {
    case .absent: return FavouriteTarget(id: id, state: .absent)
    case .live: return FavouriteTarget(id: id, state: .live(record), placing: placing)
    case .trash: return FavouriteTarget(id: id, state: .trashed(record, trashing))
    }
  }

  private static func presence(of state: FavouriteState) -> Presence {
    switch state {
    case .absent: .absent
    case .live: .live
    case .trashed: .trash
    }
  }
}

extension JSONWriter {
  /// Writes the value of a column; a uid as text.
  fileprivate mutating func write(_ value: ColumnValue) {
    switch value {
    case .null: null()
    case .integer(let number): integer(number)
    case .text(let text): string(text)
    case .uid(let uid): string(uid.text)
    }
  }
}

extension ColumnValue {
  /// Reads a value from an image; null if it is of another type.
  fileprivate init(_ value: JSONValue, of kind: ColumnKind) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .string(let text) where kind == .uid:
      self = UID(text: text).map(ColumnValue.uid) ?? .null
    case .string(let text): self = .text(text)
    default: self = .null
    }
  }
}

extension JSONValue {
  /// The text, if it is text.
  var text: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The whole number, if it is one.
  var whole: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }
}
