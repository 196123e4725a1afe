/// What one change did to a favourite's tags, for undoing it while keeping later edits.
///
/// Compares bytes: as a `String`, two spellings of one accent are equal.
struct TagMerge {
  private let old: [[UInt8]: String]
  /// The keys of the tags that were added, removed or respelled.
  let keys: [[UInt8]]

  /// - Parameters: the column before and after the change.
  init(from before: String?, to after: String?) {
    let (old, new) = (Self.names(before), Self.names(after))
    keys =
      areSame(before, after)
      ? [] : Set(old.keys).union(new.keys).filter { !areSame(old[$0], new[$0]) }
    self.old = old
  }

  /// The column's present value, with the change undone.
  func undone(in now: String?) -> String? {
    guard !keys.isEmpty else { return now }
    var names = Self.names(now)
    for key in keys { names[key] = old[key] }
    return names.isEmpty ? nil : JSONText.array(TagName.sorted(Array(names.values)))
  }

  private static func names(_ column: String?) -> [[UInt8]: String] {
    let names = column.map { JSONText.strings($0) } ?? []
    return Dictionary(names.map { (Array(TagName.key(of: $0).utf8), $0) }) { first, _ in first }
  }
}

/// What one change did to a favourite's metadata, for undoing it while keeping later edits.
struct MetadataMerge {
  private let old: Metadata
  /// The keys whose values were added, removed or changed.
  let keys: [String]

  /// - Parameters: the column before and after the change.
  init(from before: String?, to after: String?) {
    let old = before.map { Metadata(stored: $0) } ?? Metadata()
    let new = after.map { Metadata(stored: $0) } ?? Metadata()
    let all = (old.entries + new.entries).map(\.key)
    keys = areSame(before, after) ? [] : all.filter { !Self.isSame(old[$0], new[$0]) }
    self.old = old
  }

  /// The column's present value, with the change undone.
  func undone(in now: String?) -> String? {
    guard !keys.isEmpty else { return now }
    var metadata = now.map { Metadata(stored: $0) } ?? Metadata()
    for key in keys { metadata[key] = old[key] }
    return metadata.stored
  }

  private static func isSame(_ one: MetadataValue?, _ other: MetadataValue?) -> Bool {
    one?.kind == other?.kind && areSame(one?.text, other?.text)
  }
}
