/// Repairs the values of a damaged row so that they follow the rules, and counts the repairs.
struct Mending {
  /// The number of texts that are incomplete.
  private(set) var texts = 0
  /// The number of details that were lost: tags, metadata, fields of a category.
  private(set) var details = 0

  /// The part of a value that a column of a kind may hold; null if it has another type, or nothing
  /// is left of it.
  mutating func value(_ value: RawRecord.Value, of kind: ColumnKind) -> ColumnValue {
    switch kind {
    case .integer: ColumnValue(value.integer)
    case .time: ColumnValue(value.time)
    case .count: ColumnValue(value.integer.map { max(0, $0) })
    case .uid: value.uid.map(ColumnValue.uid) ?? .null
    case .title: ColumnValue(value.text.flatMap { title($0) })
    case .url: ColumnValue(url(value.text))
    case .note: ColumnValue(note(value.text))
    case .tags: ColumnValue(tags(value.text))
    case .metadata: ColumnValue(metadata(value.text))
    case .schema: ColumnValue(schema(value.text))
    case .text, .path, .object: ColumnValue(value.text)
    }
  }

  /// A title; nil if nothing is left of it, and its link has to do.
  mutating func title(_ text: String) -> String? {
    let title = cut(text.composed, to: Limits.titleBytes).trimmed
    guard title.isEmpty else { return title }
    texts += 1
    return nil
  }

  /// A URL.
  mutating func url(_ text: String?) -> String? {
    guard let text else { return nil }
    let plain = String(
      text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
    if !areSame(plain, text) { texts += 1 }
    let url = cut(plain, to: Limits.urlBytes).trimmed
    return url.isEmpty ? nil : url
  }

  /// A note.
  mutating func note(_ text: String?) -> String? {
    guard let text else { return nil }
    let note = cut(text.composed, to: Limits.noteBytes)
    return note.isEmpty ? nil : note
  }

  /// Tags as a column holds them.
  mutating func tags(_ json: String?) -> String? {
    guard let json else { return nil }
    guard case .array(let values)? = try? JSONValue.parse(Array(json.utf8)) else {
      details += 1
      return nil
    }
    var names: [String] = []
    var keys: Set<[UInt8]> = []
    for value in values {
      guard let tag = value.text.flatMap({ try? TagName.parse($0) }),
        names.count < Limits.tagsPerFavourite
      else {
        details += 1
        continue
      }
      if keys.insert(Array(tag.key.utf8)).inserted { names.append(tag.text) }
    }
    return JSONText.array(TagName.sorted(names))
  }

  /// Metadata as a column holds it.
  mutating func metadata(_ json: String?) -> String? {
    guard let json else { return nil }
    guard case .object(let object)? = try? JSONValue.parse(Array(json.utf8)) else {
      details += 1
      return nil
    }
    var metadata = Metadata()
    for member in object.members {
      guard (try? Metadata.checkKey(member.key)) != nil,
        let value = try? MetadataValue(stored: member.value, key: member.key),
        metadata.entries.count < Limits.metadataPerFavourite
      else {
        details += 1
        continue
      }
      metadata[member.key] = value
    }
    return metadata.stored
  }

  /// The fields of a category as a column holds them.
  mutating func schema(_ json: String?) -> String? {
    guard let json else { return nil }
    guard let value = try? JSONValue.parse(Array(json.utf8)),
      let schema = try? MetadataSchema(from: value)
    else {
      details += 1
      return nil
    }
    return schema.stored
  }

  /// A copy that also counts the texts in a row that were read incompletely.
  func noting(_ row: RawRecord, besides columns: Set<Int>) -> Mending {
    var mending = self
    mending.texts += row.mended.subtracting(columns).count
    return mending
  }

  /// A path for a category with an invalid name; nil if nothing is left of it.
  static func path(_ name: String) -> CategoryPath? {
    let parts = name.unicodeScalars.split(separator: "/").map { part in
      let plain = part.filter { $0 != "#" && $0.properties.generalCategory != .control }
      return String(String.UnicodeScalarView(plain)).trimmed
    }
    return try? CategoryPath.parse(parts.filter { !$0.isEmpty }.joined(separator: "/"))
  }

  private mutating func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.contains(0) {
      texts += 1
      return cut(
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" })), to: limit)
    }
    guard text.utf8.count > limit else { return text }
    texts += 1
    var end = text.utf8.index(text.startIndex, offsetBy: limit)
    while String.Index(end, within: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return String(text[..<end])
  }
}
