// Text as it is kept now, of a row, an image or an archive that is older than the rules for names.

extension FavouriteRecord {
  /// The record with its text composed, each tag and each name of metadata there once.
  func unified() -> FavouriteRecord {
    var record = self
    record.title = title.composed
    record.note = note?.composed
    record.tags = tags.flatMap(JSONText.unifiedTags)
    record.metadata = metadata.flatMap(JSONText.unifiedMetadata)
    return record
  }
}

extension JSONText {
  /// An array of tags with each there once, in its first spelling, in their order; what is no such array stays.
  static func unifiedTags(_ json: String) -> String? {
    guard case .array(let values)? = try? JSONValue.parse(Array(json.utf8)) else { return json }
    var names: [String] = []
    var keys: Set<[UInt8]> = []
    for value in values {
      guard let name = value.text?.composed else { return json }
      if keys.insert(Array(TagName.key(of: name).utf8)).inserted { names.append(name) }
    }
    return array(TagName.sorted(names))
  }

  /// Metadata with each name there once; what is so already, and what is no metadata, stays.
  static func unifiedMetadata(_ json: String) -> String? {
    guard case .object(let object)? = try? JSONValue.parse(Array(json.utf8)),
      let metadata = try? Metadata(stored: object)
    else { return json }
    let isSame =
      json.isASCII
      && metadata.entries.map { Array($0.key.utf8) } == object.members.map { Array($0.key.utf8) }
    return isSame ? json : metadata.stored ?? json
  }
}
