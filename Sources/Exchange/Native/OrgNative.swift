internal import Favourites

/// Favourites in favs' own Org format, and properties of other programs.
enum OrgNative {
  /// Adds the properties of another program.
  static func take(_ properties: OrgProperties, into bookmark: inout Bookmark) {
    for (name, value) in properties.entries {
      let date = time(value)
      switch name.lowercased() {
      case "created" where date != nil, "created_at" where date != nil, "added" where date != nil:
        bookmark.createdAt = date
      case "modified" where date != nil, "last_modified" where date != nil:
        bookmark.modifiedAt = date
      case "url" where bookmark.url == nil: bookmark.url = value
      case "description" where bookmark.note == nil: bookmark.note = value
      // Org's identifiers of headlines.
      case "id", "custom_id": break
      default: bookmark.add(value, as: MetadataKeys.clean(name))
      }
    }
  }

  /// The exact name of a category, without its parents, if favs wrote it.
  static func category(_ properties: OrgProperties) -> String? {
    guard case .string(let name)? = parse(properties["favs"])?["category"],
      (try? CategoryPath.parse(name))?.components.count == 1
    else { return nil }
    return name
  }

  /// The favourite that favs wrote, or the reason why it is invalid.
  static func item(
    _ bookmark: Bookmark, _ properties: OrgProperties, _ lines: [String]
  ) -> ImportedItem {
    guard let own = properties.own else { return .unreadable("no uid and rank") }
    let json = parse(properties["favs"]) ?? JSONObject()
    var draft: Draft
    do {
      var bookmark = bookmark
      if case .string(let title)? = json["title"] {
        bookmark.title = title
        bookmark.url = json["url"].flatMap(text)
      }
      if case .array(let tags)? = json["tags"] { bookmark.tags = tags.compactMap(text) }
      draft = try bookmark.draft(folders: .category, into: nil)
      draft.values = try metadata(properties)
      if case .object(let object)? = json["metadata"] {
        let metadata = try Metadata(
          from: object, types: json[FavouriteField.metadataTypes.rawValue])
        for entry in metadata.entries { draft.values[entry.key] = entry.value }
      }
    } catch let error as UnusableBookmark {
      return .unreadable(error.reason)
    } catch let error as MetadataError {
      return .unreadable(error.message)
    } catch {
      return .unreadable("\(error)")
    }
    (draft.uid, draft.rank) = (own.uid, own.rank)
    (draft.tellsTags, draft.tellsMetadata) = (true, true)
    draft.note = note(lines)
    if case .string(let note)? = json["note"] { draft.note = note }
    for column in FavouriteColumn.plain {
      let text = properties[column.shortName] ?? json[column.text].flatMap(text)
      draft.columns[column] = text.flatMap { value($0, of: column) } ?? .null
    }
    return .draft(draft)
  }

  private static func value(_ text: String, of column: FavouriteColumn) -> ColumnValue? {
    column.kind == .time
      ? time(text).map { .integer($0.milliseconds) } : column.kind.value(text)
  }

  /// The JSON in a property; nil if there is none.
  static func parse(_ text: String?) -> JSONObject? {
    guard let text, case .object(let object)? = try? JSONValue.parse(Array(text.utf8)) else {
      return nil
    }
    return object
  }

  /// RFC 3339, or Org's own `[2024-01-31 Wed 12:00]`.
  static func time(_ text: String) -> Timestamp? {
    guard let first = text.utf8.first, first == 0x5B || first == 0x3C else {
      return ForeignDate.any(text)
    }
    let words = text.unicodeScalars.dropFirst().dropLast().split(separator: " ").map { String($0) }
    let numbers = words.filter { ("0"..."9").contains($0.unicodeScalars.first ?? " ") }
    return ForeignDate.any(numbers.prefix(2).joined(separator: " "))
  }

  /// A note from its lines, each of which is indented by two spaces.
  private static func note(_ lines: [String]) -> String? {
    guard !lines.isEmpty else { return nil }
    return lines.map { line in
      line.utf8.starts(with: "  ".utf8) ? String(Substring(line.utf8.dropFirst(2))) : line
    }.joined(separator: "\n")
  }

  private static func metadata(_ properties: OrgProperties) throws(MetadataError) -> Metadata {
    var metadata = Metadata()
    for (name, value) in properties.entries
    where !OrgProperties.reserved.contains(name.lowercased()) && !value.isEmpty {
      try Metadata.checkKey(name)
      metadata[name] = try MetadataValue(inferring: value, key: name)
    }
    return metadata
  }

  private static func text(_ json: JSONValue) -> String? {
    if case .string(let text) = json { return text }
    return nil
  }
}
