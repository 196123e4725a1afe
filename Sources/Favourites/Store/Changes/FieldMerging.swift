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
  private let old: [[UInt8]: Metadata.Entry]
  /// The keys, by their folded names, whose values were added, removed, changed or respelled.
  let keys: [[UInt8]]

  /// - Parameters: the column before and after the change.
  init(from before: String?, to after: String?) {
    let (old, new) = (Self.entries(before), Self.entries(after))
    keys =
      areSame(before, after)
      ? [] : Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    self.old = old
  }

  /// The column's present value, with the change undone.
  func undone(in now: String?) -> String? {
    guard !keys.isEmpty else { return now }
    var entries = Self.entries(now)
    for key in keys { entries[key] = old[key] }
    return Metadata(Array(entries.values)).stored
  }

  private static func entries(_ column: String?) -> [[UInt8]: Metadata.Entry] {
    let entries = column.map { Metadata(stored: $0).entries } ?? []
    return Dictionary(entries.map { (Array($0.key.foldedName.utf8), $0) }) { first, _ in first }
  }
}
