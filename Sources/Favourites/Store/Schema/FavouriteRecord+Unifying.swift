// Converts rows, images and archives that are older than the rules for names to those rules.

extension FavouriteRecord {
  /// The record with its text composed (NFC), and with duplicate tags and metadata names merged.
  func unified() -> FavouriteRecord {
    var record = self
    for column in FavouriteColumn.composed {
      guard let text = value(column).text else { continue }
      record.set(column, ColumnValue(column.kind.unified(text)))
    }
    return record
  }
}

extension ColumnKind {
  fileprivate func unified(_ text: String) -> String? {
    switch self {
    case .tags: JSONText.unifiedTags(text)
    case .metadata: JSONText.unifiedMetadata(text)
    default: text.composed
    }
  }
}

extension JSONText {
  /// An array of tags without duplicates, in order, each in its first spelling; text that is not
  /// such an array is returned unchanged.
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

  /// Metadata without duplicate names; text that needs no change or is not metadata is returned
  /// unchanged.
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
