// Metadata as a column holds it: plain values, but for those whose type would not be known again.
//
// `{"read":{"type":"date","value":"2024-02-11"},"title":"2024","year":1965}`. So most of it is what is printed, and is handed
// on as it stands. Files from before have the type with every value, which reads the same.

extension Metadata {
  /// Reads a column; one that was damaged by another hand is read as far as it makes sense.
  package init(stored json: String) {
    guard case .object(let object)? = try? JSONValue.parse(Array(json.utf8)),
      let metadata = try? Metadata(stored: object)
    else {
      self.init()
      return
    }
    self = metadata
  }

  /// Reads the object that a column holds.
  init(stored object: JSONObject) throws(MetadataError) {
    self.init()
    guard object.members.count <= Limits.metadataPerFavourite else { throw .tooMany }
    for member in object.members {
      let key = member.key.composed
      try Self.checkKey(key)
      take(try MetadataValue(stored: member.value, key: key), for: key)
    }
  }

  /// The text that a column holds; nil where there is none.
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

  /// The text that a column is to hold, given what it holds: the same where nothing is another, so that a row from before,
  /// with a type for every value, does not count as changed.
  func stored(instead old: String?) -> String? {
    let new = stored
    guard let old, !areSame(old, new), areSame(Metadata(stored: old).stored, new) else {
      return new
    }
    return old
  }
}
