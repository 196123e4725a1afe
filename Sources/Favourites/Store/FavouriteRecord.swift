internal import SQLite

/// A favourite as its row holds it.
struct FavouriteRecord: Equatable {
  var id: Int64
  var uid: UID
  /// The category's id.
  var category: Int64
  /// The last change that touched it, those left out that were undone.
  var change: Int64
  var createdAt: Int64
  var modifiedAt: Int64
  var openedAt: Int64?
  var opened: Int64
  var title: String
  var url: String?
  /// A JSON array; nil when there are none.
  var tags: String?
  /// A JSON object; nil when it is empty.
  var metadata: String?
  var note: String?

  /// Reads a row that selected id, uid, category, change, created_at, modified_at, opened_at, opened,
  /// title, url, tags, metadata, note.
  init(_ row: borrowing Statement) {
    id = row.integer(0)
    uid = UID(bytes: row.bytes(1)) ?? UID(high: 0, low: 0)
    category = row.integer(2)
    change = row.integer(3)
    createdAt = row.integer(4)
    modifiedAt = row.integer(5)
    openedAt = row.integerOrNil(6)
    opened = row.integer(7)
    title = row.text(8)
    url = row.textOrNil(9)
    tags = row.textOrNil(10)
    metadata = row.textOrNil(11)
    note = row.textOrNil(12)
  }

  init(id: Int64, uid: UID, category: Int64, title: String, at time: Int64, change: Int64) {
    self.id = id
    self.uid = uid
    self.category = category
    self.change = change
    createdAt = time
    modifiedAt = time
    opened = 0
    self.title = title
  }

  /// Counts more openings, the last of them at a time. The count stops at the most that it can hold.
  mutating func addOpenings(_ count: Int64, last: Int64?) {
    let (sum, isTooMany) = opened.addingReportingOverflow(count)
    opened = isTooMany ? .max : sum
    openedAt = [openedAt, last].compactMap { $0 }.max()
  }

  /// Binds all columns but the id, from a position on, in the order that
  /// `init(_:)` reads them.
  func bind(to statement: borrowing Statement, from position: Int32) {
    statement.bind(uid.bytes, at: position)
    statement.bind(category, at: position + 1)
    statement.bind(change, at: position + 2)
    statement.bind(createdAt, at: position + 3)
    statement.bind(modifiedAt, at: position + 4)
    statement.bind(openedAt, at: position + 5)
    statement.bind(opened, at: position + 6)
    statement.bind(title, at: position + 7)
    statement.bind(url, at: position + 8)
    statement.bind(tags, at: position + 9)
    statement.bind(metadata, at: position + 10)
    statement.bind(note, at: position + 11)
  }
}

/// What is known of a favourite only while it is in the trash.
struct Trashing: Equatable {
  var categoryName: String
  var rank: Int64
  var deletedAt: Int64
}

/// Where a favourite is, and all that it holds there.
enum FavouriteState: Equatable {
  /// Not there: not yet added, or taken back.
  case absent
  /// In its category.
  case live(FavouriteRecord)
  /// In the trash.
  case trashed(FavouriteRecord, Trashing)

  /// What it holds, if it is there.
  var record: FavouriteRecord? {
    switch self {
    case .absent: nil
    case .live(let record), .trashed(let record, _): record
    }
  }
}

/// Where in its category a favourite is to stand.
enum Placing: Equatable {
  /// Where it stands, or at the end where it comes new into a category.
  case unchanged
  /// At a rank, or at the end where the category is shorter.
  case rank(Int64)
}

/// What a favourite is to become.
struct FavouriteTarget {
  let id: Int64
  var state: FavouriteState
  var placing: Placing = .unchanged
  /// True where it is opened only, which is no change of it: its date of change stays.
  var isOpening = false
}
