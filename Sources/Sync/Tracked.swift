internal import Favourites

/// A favourite or category in a sync: its original row, its new row, and its sync data.
final class Tracked {
  let kind: SyncKind
  let id: Int64
  /// The row in the database; nil if there is none.
  var original: SyncRow?
  /// The new row; nil if it is to be removed.
  var row: SyncRow?
  var stamps: [Field: Stamp]
  /// The fields to send.
  var unsent: Set<Field>
  /// Whether everything has to be sent, since no other device knows the item.
  var isWhole: Bool
  var key: [UInt8]?
  var openings: [UID: Int64]
  private var marks: SyncMarks
  /// Whether it is deleted for good.
  var isPurged = false
  /// Whether its place has changed, or must be determined.
  var hasMoved = false

  init(_ kind: SyncKind, _ id: Int64, row: SyncRow?, marks: SyncMarks) {
    self.kind = kind
    self.id = id
    original = row
    self.row = row
    self.marks = marks
    stamps = [:]
    unsent = []
    for mark in marks.registers {
      guard let field = Field(text: mark.field) else { continue }
      let stamp = Stamp(mark)
      // A file may still have a stamp for each spelling of a name.
      if stamp > stamps[field] ?? .base { stamps[field] = stamp }
      if mark.isUnsent { unsent.insert(field) }
    }
    isWhole = marks.isWhole
    key = marks.key
    openings = marks.openings
  }

  /// The sync data to store; nil if it is unchanged.
  var changedMarks: SyncMarks? {
    let new = presentMarks
    var old = marks
    old.registers.sort { $0.field.utf8.lexicographicallyPrecedes($1.field.utf8) }
    return new == old ? nil : new
  }

  /// Records that the sync data was stored.
  func keepMarks() { marks = presentMarks }

  private var presentMarks: SyncMarks {
    var new = SyncMarks()
    new.isWhole = isWhole
    new.key = key
    new.openings = openings
    for field in Set(stamps.keys).union(unsent).sorted() {
      let stamp = stamps[field] ?? .base
      new.registers.append(
        SyncMark(
          field: field.text, ms: stamp.ms, device: stamp.device, correction: stamp.correction,
          target: stamp.target, isUnsent: unsent.contains(field)))
    }
    return new
  }

  func stamp(_ field: Field) -> Stamp { stamps[field] ?? .base }

  func mark(_ field: Field, _ stamp: Stamp) { stamps[field] = stamp == .base ? nil : stamp }

  /// The place key.
  var placeKey: [UInt8] { key ?? PlaceKey.ofUID(row?.uid ?? .none) }

  /// Whether its new row is in a category, and not in the trash.
  func isLiving(in category: Int64) -> Bool { row?.home == category && row?.isLive == true }

  var sortKey: SortKey { SortKey(key: key, uid: row?.uid ?? .none) }

  /// The number of openings when it was added: those that no device has counted since.
  var baseOpenings: Int64 {
    openings.values.reduce(row?.opened ?? 0) { $0.subtractingReportingOverflow($1).partialValue }
  }
}

extension Stamp {
  init(_ mark: SyncMark) {
    self.init(ms: mark.ms, device: mark.device, correction: mark.correction, target: mark.target)
  }

  /// The stored form of the stamp of a purge.
  func purgeMark(isUnsent: Bool) -> SyncMark {
    SyncMark(
      field: "", ms: ms, device: device, correction: correction, target: target, isUnsent: isUnsent)
  }
}

extension SyncRow {
  /// The value of a simple field, a tag or metadata.
  func value(_ field: Field) -> RegisterValue {
    switch field {
    case .column(let column): RegisterValue(self[column])
    case .leaf: .text(name)
    case .schema: schema.map(RegisterValue.text) ?? .none
    case .tag(let key): tags[key].map(RegisterValue.text) ?? .none
    case .metadata(let name): metadata[name.key].map(RegisterValue.metadata) ?? .none
    case .state: deletedAt.map(RegisterValue.trash) ?? .live
    case .openings, .place, .parent: .none
    }
  }

  /// The fields of `value(_:)` that may have a value in this row, without duplicates.
  var plainFields: [Field] {
    var fields = Field.plain(kind)
    for key in tags.keys { fields.append(.tag(key)) }
    for (key, entry) in metadata { fields.append(.metadata(MetadataName(entry.key, key: key))) }
    return fields
  }

  /// Sets a field of `value(_:)`.
  mutating func set(_ field: Field, _ value: RegisterValue) {
    switch (field, value) {
    case (.column(let column), _): self[column] = value.ofColumn
    case (.leaf, .text(let text)): name = text
    case (.schema, _): schema = value.text
    case (.tag(let key), _): tags[key] = value.text
    case (.metadata(let name), .metadata(let entry)): metadata[name.key] = entry
    case (.metadata(let name), _): metadata[name.key] = nil
    case (.state, .trash(let time)): deletedAt = time
    case (.state, _): deletedAt = nil
    default: break
    }
  }
}

extension RegisterValue {
  fileprivate init(_ value: ColumnValue) {
    switch value {
    case .null, .uid: self = .none
    case .integer(let number): self = .number(number)
    case .text(let text): self = .text(text)
    }
  }

  /// What a column holds of it.
  fileprivate var ofColumn: ColumnValue {
    switch self {
    case .number(let number): .integer(number)
    case .text(let text): .text(text)
    default: .null
    }
  }

  /// The text, if it is one.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
