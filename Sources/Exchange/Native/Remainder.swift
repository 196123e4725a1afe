internal import Favourites

/// Data that a format cannot represent: compact JSON with favs' own keys, in one place of the
/// format.
///
/// Other programs and people read and change the format's own representation. If that differs from
/// what was written, it has priority.
struct Remainder {
  let uid: UID
  private let object: JSONObject

  /// Parses it; nil if favs did not write it.
  init?(_ json: String?) {
    guard let json, case .object(let object)? = try? JSONValue.parse(Array(json.utf8)),
      case .string(let text)? = object["uid"], let uid = UID(text: text)
    else { return nil }
    self.uid = uid
    self.object = object
  }

  /// Completes a bookmark that was read from the format's own representation.
  func complete(_ bookmark: inout Bookmark, _ form: NativeForm) {
    bookmark.uid = uid
    // Favourites without tags or metadata have no words for them.
    (bookmark.tellsTags, bookmark.tellsMetadata) = (true, true)
    if let title = text(.title), NativeText.areSame(form.line(title), bookmark.title) {
      bookmark.title = title
    }
    if let note = text(.note), NativeText.areSame(form.lines(note), bookmark.note) {
      bookmark.note = note
    }
    if let url = text(.url) {
      if NativeText.areSame(form.link(url), bookmark.url) { bookmark.url = url }
    } else if bookmark.url == "urn:uuid:\(uid.text)" {
      bookmark.url = nil
    }
    if let tags, areSame(form.tags(tags), bookmark.tags) { bookmark.tags = tags }
    for column in FavouriteColumn.plain {
      guard let value = object[column.text].flatMap({ Self.value($0, of: column) }),
        form.told(value, of: column) == bookmark.columns[column]
      else { continue }
      bookmark.columns[column] = value
    }
    guard case .object(let members)? = object[FavouriteField.metadata.rawValue],
      var metadata = try? Metadata(
        from: members, types: object[FavouriteField.metadataTypes.rawValue])
    else { return }
    for entry in bookmark.metadata.entries { metadata[entry.key] = entry.value }
    bookmark.metadata = metadata
  }

  /// The JSON to write for a favourite.
  static func json(of favourite: Favourite, _ form: NativeForm) -> String {
    var json = JSONWriter(capacity: 64)
    json.beginObject()
    for field in fields where isNeeded(field, of: favourite, form) {
      json.key(field.rawValue)
      favourite.write(field, to: &json)
    }
    json.endObject()
    return allowed(json)
  }

  private static let fields: [FavouriteField] =
    [.uid, .title, .url, .note, .tags, .metadata, .metadataTypes] + FavouriteField.plain

  /// Whether the words of a format lose some of a field's value.
  private static func isNeeded(
    _ field: FavouriteField, of favourite: Favourite, _ form: NativeForm
  ) -> Bool {
    switch field {
    case .title: !NativeText.areSame(form.line(favourite.title), favourite.title)
    case .url:
      // A URL that looks like a placeholder must be written.
      favourite.url.map {
        $0 == "urn:uuid:\(favourite.uid.text)" || !NativeText.areSame(form.link($0), $0)
      } ?? false
    case .note: favourite.note.map { !NativeText.areSame(form.lines($0), $0) } ?? false
    case .tags:
      favourite.tagsJSON != "[]" && !areSame(form.tags(favourite.tags), favourite.tags)
    case .metadata, .metadataTypes: favourite.metadataJSON != "{}"
    case .uid: true
    default:
      field.column.map {
        favourite.says($0) && form.told(favourite[$0], of: $0) != favourite[$0]
      } ?? false
    }
  }

  /// Parses the value of a column; nil if it is invalid.
  private static func value(_ json: JSONValue, of column: FavouriteColumn) -> ColumnValue? {
    switch (json, column.kind) {
    case (.integer(let number), .count): column.kind.isKept(number) ? .integer(number) : nil
    case (.string(let text), let kind) where kind != .count: kind.value(text)
    default: nil
    }
  }

  /// The JSON to write for a category: its own name, without its parents, and its note; nil if the
  /// format can represent both.
  static func json(ofCategory name: String, note: String?, _ form: NativeForm) -> String? {
    let isNamed = NativeText.areSame(form.folder(name), name)
    let isNoted = NativeText.areSame(note.flatMap(form.lines), note)
    guard !isNamed || !isNoted else { return nil }
    var json = JSONWriter()
    json.beginObject()
    if !isNamed {
      json.member(CategoryField.name.rawValue, name)
    }
    if !isNoted {
      json.member(CategoryField.note.rawValue, note)
    }
    json.endObject()
    return allowed(json)
  }

  /// The exact name and note of a folder, given its JSON.
  static func folder(
    _ json: String?, name: String, note: String?, _ form: NativeForm
  ) -> (own: String?, note: String?) {
    guard let json, case .object(let object)? = try? JSONValue.parse(Array(json.utf8)) else {
      return (nil, note)
    }
    var folder: (own: String?, note: String?) = (nil, note)
    if case .string(let own)? = object[CategoryField.name.rawValue],
      NativeText.areSame(form.folder(own), Bookmark.component(name)),
      (try? CategoryPath.parse(own))?.components.count == 1
    {
      folder.own = own
    }
    if case .string(let whole)? = object[CategoryField.note.rawValue],
      NativeText.areSame(form.lines(whole), note)
    {
      folder.note = whole
    }
    return folder
  }

  private func text(_ field: FavouriteField) -> String? {
    guard case .string(let text)? = object[field.rawValue], !text.utf8.contains(0) else {
      return nil
    }
    return text
  }

  private var tags: [String]? {
    guard case .array(let values)? = object[FavouriteField.tags.rawValue] else { return nil }
    return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The JSON without the two characters that JSON allows, but XML does not.
  private static func allowed(_ json: JSONWriter) -> String {
    let text = String(decoding: json.bytes, as: UTF8.self)
    guard text.unicodeScalars.contains(where: { $0.value | 1 == 0xFFFF }) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.value {
      case 0xFFFE: result += "\\ufffe"
      case 0xFFFF: result += "\\uffff"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

private func areSame(_ first: [String], _ second: [String]) -> Bool {
  first.count == second.count && zip(first, second).allSatisfy { NativeText.areSame($0, $1) }
}
