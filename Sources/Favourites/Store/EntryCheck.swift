internal import SQLite

/// What a row of something that was entered has to hold, told by what it does not.
enum EntryCheck {
  /// What cannot be read in a row that selected id, uid, created_at, modified_at, opened_at, opened, title, url, tags,
  /// metadata, note.
  static func fault(inFavourite row: borrowing Statement) -> String? {
    guard row.integer(0) > 0 else { return "its id" }
    guard isUID(row.bytes(1)) else { return "its uid" }
    guard isTime(row.integer(2)), isTime(row.integer(3)),
      row.isNull(4) || isTime(row.integer(4))
    else { return "its dates" }
    guard row.integer(5) >= 0 else { return "how often it was opened" }
    guard let title = row.soundText(6), areSame(try? Draft.checkedTitle(title), title.composed)
    else {
      return "its title"
    }
    if !row.isNull(7) {
      guard let url = row.soundText(7), areSame(try? Draft.checkedURL(url), url) else {
        return "its url"
      }
    }
    if !row.isNull(8) {
      guard let tags = row.soundText(8), areTags(tags) else { return "its tags" }
    }
    if !row.isNull(9) {
      guard let metadata = row.soundText(9), isMetadata(metadata) else { return "its metadata" }
    }
    if !row.isNull(10) {
      guard let note = row.soundText(10), areSame(try? Draft.checkedNote(note), note.composed)
      else {
        return "its note"
      }
    }
    return nil
  }

  /// What cannot be read in a row that selected id, uid, created_at, modified_at, name, note, schema.
  static func fault(inCategory row: borrowing Statement) -> String? {
    guard row.integer(0) > 0 else { return "its id" }
    guard isUID(row.bytes(1)) else { return "its uid" }
    guard isTime(row.integer(2)), isTime(row.integer(3)) else { return "its dates" }
    guard let name = row.soundText(4), (try? CategoryPath.parse(name)) != nil else {
      return "its name"
    }
    guard row.isNull(5) || row.soundText(5) != nil else { return "its note" }
    if !row.isNull(6) {
      guard let schema = row.soundText(6), let json = try? JSONValue.parse(Array(schema.utf8)),
        (try? MetadataSchema(from: json)) != nil
      else { return "its schema" }
    }
    return nil
  }

  /// Whether a number is a time that favs can tell.
  static func isTime(_ milliseconds: Int64) -> Bool {
    Timestamp(milliseconds: milliseconds).milliseconds == milliseconds
  }

  private static func isUID(_ bytes: [UInt8]) -> Bool {
    bytes.count == 16 && bytes.contains { $0 != 0 }
  }

  /// Whether a text is an array of names of tags, each there once.
  private static func areTags(_ text: String) -> Bool {
    guard case .array(let values)? = try? JSONValue.parse(Array(text.utf8)),
      values.count <= Limits.tagsPerFavourite
    else { return false }
    var seen: Set<[UInt8]> = []
    return values.allSatisfy { value in
      guard let name = value.text, areSame((try? TagName.parse(name))?.text, name.composed) else {
        return false
      }
      return seen.insert(Array(name.utf8)).inserted
    }
  }

  /// Whether a text is metadata as it is kept, each key there once.
  private static func isMetadata(_ text: String) -> Bool {
    guard case .object(let object)? = try? JSONValue.parse(Array(text.utf8)),
      let metadata = try? Metadata(stored: object)
    else { return false }
    return metadata.entries.count == object.members.count
  }
}
