/// The kind of a thing that is synced.
package enum SyncKind: Int64, Hashable, Sendable, CaseIterable {
  case favourite = 1
  case category = 2
}

/// A favourite or a category as a sync sees it: by its values, not by the layout of its row.
package struct SyncRow: Equatable, Sendable {
  package let kind: SyncKind
  /// The values of its columns, without those below. A category has some of a favourite's columns:
  /// its title is the last part of its name.
  var record: FavouriteRecord
  /// The category of a favourite, or the parent of a category.
  package var home: Int64?
  /// The fields that a category defines, as JSON.
  package var schema: String?
  /// The tags by their folded names.
  package var tags: [String: String] = [:]
  /// The metadata by its folded names.
  package var metadata: [String: Metadata.Entry] = [:]
  /// When it went to the trash; nil if it is live.
  package var deletedAt: Int64?
  /// The rank that it had when it went to the trash.
  package var rank: Int64 = 1

  package init(_ kind: SyncKind, _ id: Int64, uid: UID, name: String, at time: Int64) {
    self.kind = kind
    record = FavouriteRecord(id: id, uid: uid, category: 0, title: name, at: time, change: 0)
  }

  package var id: Int64 { record.id }

  package var uid: UID {
    get { record.uid }
    set { record.uid = newValue }
  }

  /// The title, or the last part of the name.
  package var name: String {
    get { record.title }
    set { record.title = newValue }
  }

  package var url: String? { record.url }

  package var opened: Int64 {
    get { record.opened }
    set { record.opened = newValue }
  }

  /// The value of a column. A column that is not optional keeps its value when it is set to null.
  package subscript(column: FavouriteColumn) -> ColumnValue {
    get { record.value(column) }
    set { record.set(column, newValue) }
  }

  /// A copy with another id.
  package func identified(as id: Int64) -> SyncRow {
    var row = self
    row.record.id = id
    return row
  }

  /// Whether it is not in the trash.
  package var isLive: Bool { deletedAt == nil }
}

extension SyncRow {
  /// Nil if the thing does not exist.
  init?(_ state: FavouriteState) {
    guard let record = state.record else { return nil }
    kind = .favourite
    self.record = record
    home = record.category
    for tag in JSONText.strings(record.tags ?? "[]") { tags[tag.foldedName] = tag }
    for entry in Metadata(stored: record.metadata ?? "{}").entries {
      metadata[entry.key.foldedName] = entry
    }
    (self.record.tags, self.record.metadata) = (nil, nil)
    (self.record.category, self.record.change) = (0, 0)
    if case .trashed(_, let trashing) = state {
      deletedAt = trashing.deletedAt
      rank = trashing.rank
    }
  }

  /// A category by its full name, without its parent; nil if it does not exist.
  init?(_ state: CategoryState) {
    guard let record = state.record else { return nil }
    self.init(.category, record.id, uid: record.uid, name: record.name, at: record.createdAt)
    self.record.note = record.note
    self.record.modifiedAt = record.modifiedAt
    schema = record.schema
    if case .trashed(_, let time) = state { deletedAt = time }
  }

  /// The tags as a column holds them: sorted, each once.
  var storedTags: String? {
    var seen: Set<[UInt8]> = []
    let sorted = tags.values.map { (key: Array(TagName.key(of: $0).utf8), name: $0) }
      .sorted { first, second in
        first.key == second.key
          ? first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
          : first.key.lexicographicallyPrecedes(second.key)
      }
    let names = sorted.filter { seen.insert($0.key).inserted }.map(\.name)
    return names.isEmpty ? nil : JSONText.array(names)
  }

  /// The metadata as a column holds it.
  /// - Parameter old: the present value, which is kept where it says the same.
  func storedMetadata(instead old: String?) -> String? {
    Metadata(Array(metadata.values)).stored(instead: old)
  }
}

/// The mark of one register of a thing.
package struct SyncMark: Equatable, Sendable {
  package let field: String
  package var ms: Int64
  package var device: UID
  package var correction: Int
  package var target: String
  package var isUnsent: Bool

  package init(
    field: String, ms: Int64, device: UID, correction: Int, target: String, isUnsent: Bool
  ) {
    self.field = field
    self.ms = ms
    self.device = device
    self.correction = correction
    self.target = target
    self.isUnsent = isUnsent
  }
}

/// Everything that a sync keeps about one thing, beside its row.
package struct SyncMarks: Equatable, Sendable {
  package var registers: [SyncMark] = []
  /// Whether all of it is to be sent: no other device has it.
  package var isWhole = false
  /// The key of a favourite's place, if it is not derived from its uid.
  package var key: [UInt8]?
  /// How often each device opened it.
  package var openings: [UID: Int64] = [:]

  package init() {}
}

/// Two values of one register, one of which had to give way.
package struct SyncConflict: Equatable, Sendable {
  package let id: Int64
  package let kind: SyncKind
  package let uid: UID
  /// The name of the register.
  package let field: String
  /// The value on this machine, as JSON.
  package let mine: String
  /// The other value, as JSON.
  package let theirs: String
  /// Whether the value on this machine was kept.
  package let isMineKept: Bool

  package init(
    id: Int64 = 0, kind: SyncKind, uid: UID, field: String, mine: String, theirs: String,
    isMineKept: Bool
  ) {
    self.id = id
    self.kind = kind
    self.uid = uid
    self.field = field
    self.mine = mine
    self.theirs = theirs
    self.isMineKept = isMineKept
  }
}
