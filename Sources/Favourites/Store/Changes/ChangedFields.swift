/// The fields of a favourite or a category that one change changed.
///
/// Each tag and each piece of metadata counts separately. What was added, removed, or moved between
/// its category and the trash has changed as a whole. Modification dates and opening counts are not
/// fields: nobody edits them.
struct ChangedFields: Equatable {
  private var names: Set<String> = []
  private var isWhole = false

  /// Everything in a thing.
  static let whole = ChangedFields(isWhole: true)

  private init(isWhole: Bool) { self.isWhole = isWhole }

  /// Whether one of the two would overwrite a field that the other wrote.
  func overlaps(_ other: ChangedFields) -> Bool {
    if isWhole { return other.isWhole || !other.names.isEmpty }
    return other.isWhole ? !names.isEmpty : !names.isDisjoint(with: other.names)
  }

  /// The fields of a favourite that one change changed.
  init(_ version: FavouriteVersion) {
    guard !version.isForgotten, case .live(let old) = version.before.state,
      case .live(let new) = version.after.state
    else {
      self = .whole
      return
    }
    if version.isMove || old.category != new.category { names.insert("place") }
    for column in FavouriteColumn.held
    where column.isEdited && old.value(column) != new.value(column) {
      names.insert(column.text)
    }
    for key in TagMerge(from: old.tags, to: new.tags).keys {
      names.insert("tag:" + String(decoding: key, as: UTF8.self))
    }
    for key in MetadataMerge(from: old.metadata, to: new.metadata).keys {
      names.insert("metadata:" + String(decoding: key, as: UTF8.self))
    }
  }

  /// The fields of a category that one change changed.
  init(_ version: CategoryVersion) {
    guard !version.isForgotten, case .live(let old) = version.before,
      case .live(let new) = version.after
    else {
      self = .whole
      return
    }
    if !areSame(old.name, new.name) { names.insert("name") }
    if !areSame(old.note, new.note) { names.insert("note") }
    if !areSame(old.schema, new.schema) { names.insert("schema") }
  }
}
