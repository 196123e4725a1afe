/// A favourite for output.
package struct Favourite: Sendable {
  /// The data of its row.
  var record: FavouriteRecord
  /// The full path of its category.
  package var category: String
  /// Its rank in its category, from 1.
  package var rank: Int64
  /// When it was moved to the trash; nil if it is live.
  package var deletedAt: Timestamp?
  /// The last result of checking its link, stored separately: a favourite that is read without it
  /// takes no more space.
  var seen: Seen?
  /// How a search found it, if one did.
  package var hit: SearchHit?

  /// The last result of checking its link, if requested and known.
  package var sight: LinkSight? {
    get { seen?.sight }
    set { seen = newValue.map(Seen.init) }
  }

  /// The result of checking a link, in its own allocation.
  final class Seen: Equatable, Sendable {
    let sight: LinkSight

    init(_ sight: LinkSight) { self.sight = sight }

    static func == (one: Seen, other: Seen) -> Bool { one.sight == other.sight }
  }

  init(_ record: FavouriteRecord, category: String, rank: Int64, deletedAt: Timestamp?) {
    self.record = record
    self.category = category
    self.rank = rank
    self.deletedAt = deletedAt
  }

  /// Its tags.
  package var tags: [String] { JSONText.strings(tagsJSON) }

  /// Its metadata.
  package var metadata: Metadata { Metadata(stored: metadataJSON) }

  /// The value of a column.
  package subscript(column: FavouriteColumn) -> ColumnValue { record.value(column) }

  /// Whether a column has a value worth writing: not null, and not the zero that every new
  /// favourite has.
  package func says(_ column: FavouriteColumn) -> Bool {
    let value = record.value(column)
    return value != .null && (column.kind != .count || column.isOptional || value != .integer(0))
  }
}

extension Favourite: Equatable {
  /// Whether all visible data of two is the same: not the id of their category, nor their last
  /// change.
  package static func == (one: Favourite, other: Favourite) -> Bool {
    one.rank == other.rank && one.deletedAt == other.deletedAt && one.sight == other.sight
      && one.hit == other.hit && areSame(one.category, other.category)
      && FavouriteColumn.allCases.allSatisfy {
        $0 == .category || $0 == .change || one.record.value($0) == other.record.value($0)
      }
  }
}

extension Favourite {
  package init(
    id: Int64, uid: UID, title: String, url: String?, note: String?, category: String,
    rank: Int64, tagsJSON: String, metadataJSON: String, createdAt: Timestamp,
    modifiedAt: Timestamp, openedAt: Timestamp?, opened: Int64, deletedAt: Timestamp? = nil,
    sight: LinkSight? = nil, hit: SearchHit? = nil
  ) {
    var record = FavouriteRecord(
      id: id, uid: uid, category: 0, title: title, at: createdAt.milliseconds, change: 0)
    record.url = url
    record.note = note
    record.tags = tagsJSON == "[]" ? nil : tagsJSON
    record.metadata = metadataJSON == "{}" ? nil : metadataJSON
    record.modifiedAt = modifiedAt.milliseconds
    record.openedAt = openedAt?.milliseconds
    record.opened = opened
    self.init(record, category: category, rank: rank, deletedAt: deletedAt)
    self.sight = sight
    self.hit = hit
  }

  /// The id; given once, never reused.
  package var id: Int64 { record.id }

  /// The uid; the same on every machine.
  package var uid: UID { record.uid }

  /// The title, 1…4,096 bytes.
  package var title: String { record.title }

  /// The URL, any URI; optional.
  package var url: String? { record.url }

  /// The note, up to 1 MiB; optional.
  package var note: String? { record.note }

  /// Its tags as a JSON array of strings, in the order of their keys.
  package var tagsJSON: String { record.tags ?? "[]" }

  /// Its metadata as a JSON object, as the column holds it: see `Metadata.stored`.
  package var metadataJSON: String { record.metadata ?? "{}" }

  package var createdAt: Timestamp { Timestamp(milliseconds: record.createdAt) }

  package var modifiedAt: Timestamp { Timestamp(milliseconds: record.modifiedAt) }

  /// When it was last opened; nil if never.
  package var openedAt: Timestamp? { record.openedAt.map(Timestamp.init(milliseconds:)) }

  /// The number of times it was opened.
  package var opened: Int64 { record.opened }
}
