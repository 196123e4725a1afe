internal import Favourites

/// A favourite or a category that a sync looks at: as it was, as it is to be, and what is kept of it beside that.
final class Tracked {
  let kind: SyncKind
  let id: Int64
  /// As the file has it; nil where it is not there.
  var original: SyncRow?
  /// As it is to be; nil where it is to go.
  var row: SyncRow?
  var stamps: [Field: Stamp]
  /// What is to be sent of it.
  var unsent: Set<Field>
  /// Whether all of it is to be sent: nobody else knows it.
  var isWhole: Bool
  var key: [UInt8]?
  var openings: [UID: Int64]
  private var marks: SyncMarks
  /// Whether it is forgotten for good.
  var isPurged = false
  /// Whether its place is another, or is to be looked for.
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
      if stamp != .base { stamps[field] = stamp }
      if mark.isUnsent { unsent.insert(field) }
    }
    isWhole = marks.isWhole
    key = marks.key
    openings = marks.openings
  }

  /// What is to be kept of it now; nil where that is what is kept already.
  var changedMarks: SyncMarks? {
    let new = presentMarks
    var old = marks
    old.registers.sort { $0.field.utf8.lexicographicallyPrecedes($1.field.utf8) }
    return new == old ? nil : new
  }

  /// Notes that all of it is kept.
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

  /// The key of its place.
  var placeKey: [UInt8] { key ?? PlaceKey.ofUID(row?.uid ?? .none) }

  /// Whether it is to be in a category, and not in the trash.
  func isLiving(in category: Int64) -> Bool { row?.home == category && row?.isLive == true }

  var sortKey: SortKey { SortKey(key: key, uid: row?.uid ?? .none) }

  /// How often it was opened when it was added: what no device counted since.
  var baseOpenings: Int64 {
    openings.values.reduce(row?.opened ?? 0) { $0.subtractingReportingOverflow($1).partialValue }
  }
}

extension Stamp {
  init(_ mark: SyncMark) {
    self.init(ms: mark.ms, device: mark.device, correction: mark.correction, target: mark.target)
  }

  /// As a file keeps the stamp of what was emptied.
  func purgeMark(isUnsent: Bool) -> SyncMark {
    SyncMark(
      field: "", ms: ms, device: device, correction: correction, target: target, isUnsent: isUnsent)
  }
}

extension SyncRow {
  /// The value of a plain field, of a tag or of metadata.
  func value(_ field: Field) -> RegisterValue {
    switch field {
    case .title, .leaf: .text(name)
    case .url: url.map(RegisterValue.text) ?? .none
    case .note: note.map(RegisterValue.text) ?? .none
    case .schema: schema.map(RegisterValue.text) ?? .none
    case .created: .number(createdAt)
    case .modified: .number(modifiedAt)
    case .openedAt: openedAt.map(RegisterValue.number) ?? .none
    case .tag(let key): tags[key].map(RegisterValue.text) ?? .none
    case .metadata(let name): metadata[name].map(RegisterValue.metadata) ?? .none
    case .state: deletedAt.map(RegisterValue.trash) ?? .live
    case .openings, .place, .parent: .none
    }
  }

  /// The fields of `value(_:)` that may say anything in this row, each once.
  var plainFields: [Field] {
    var fields = Field.plain(kind).filter { $0 != .parent }
    fields.append(.state)
    for key in tags.keys { fields.append(.tag(key)) }
    for name in metadata.keys { fields.append(.metadata(name)) }
    return fields
  }

  /// Gives a field of `value(_:)` a value.
  mutating func set(_ field: Field, _ value: RegisterValue) {
    switch (field, value) {
    case (.title, .text(let text)), (.leaf, .text(let text)): name = text
    case (.url, _): url = value.text
    case (.note, _): note = value.text
    case (.schema, _): schema = value.text
    case (.created, .number(let time)): createdAt = time
    case (.modified, .number(let time)): modifiedAt = time
    case (.openedAt, .number(let time)): openedAt = time
    case (.openedAt, _): openedAt = nil
    case (.tag(let key), _): tags[key] = value.text
    case (.metadata(let name), .metadata(let held)): metadata[name] = held
    case (.metadata(let name), _): metadata[name] = nil
    case (.state, .trash(let time)): deletedAt = time
    case (.state, _): deletedAt = nil
    default: break
    }
  }
}

extension RegisterValue {
  /// The text, where it is one.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
