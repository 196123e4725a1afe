// Metadata as a column holds it: plain values, except where the type could not be recovered from
// them.
//
// `{"read":{"type":"date","value":"2024-02-11"},"title":"2024","year":1965}`. So most of it is
// printed unchanged. Older files have the type with every value, which is read the same way.

extension Metadata {
  /// Reads a column; a damaged one is read as far as possible.
  package init(stored json: String) {
    guard case .object(let object)? = try? JSONValue.parse(Array(json.utf8)),
      let metadata = try? Metadata(stored: object)
    else {
      self.init()
      return
    }
    self = metadata
  }

  /// Reads the object in a column.
  init(stored object: JSONObject) throws(MetadataError) {
    self.init()
    guard object.members.count <= Limits.metadataPerFavourite else { throw .tooMany }
    for member in object.members {
      let key = member.key.composed
      try Self.checkKey(key)
      take(try MetadataValue(stored: member.value, key: key), for: key)
    }
  }

  /// The text for a column; nil if there is no metadata.
  var stored: String? {
    guard !isEmpty else { return nil }
    var json = JSONWriter()
    json.beginObject()
    for entry in entries {
      json.key(entry.key)
      if entry.value.tellsItsType {
        entry.value.writePlain(to: &json)
      } else {
        entry.value.writeTyped(to: &json)
      }
    }
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// The text for a column, given its present text: unchanged if no value changed, so that an older
  /// row, with a type for every value, does not count as changed.
  func stored(instead old: String?) -> String? {
    let new = stored
    guard let old, !areSame(old, new), areSame(Metadata(stored: old).stored, new) else {
      return new
    }
    return old
  }
}
