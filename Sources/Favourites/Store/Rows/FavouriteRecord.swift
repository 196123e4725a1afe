internal import SQLite

/// A favourite as its row holds it.
struct FavouriteRecord {
  var id: Int64
  var uid: UID
  /// The category's id.
  var category: Int64
  /// The last change that touched it, not counting changes that were undone.
  var change: Int64
  var createdAt: Int64
  var modifiedAt: Int64
  var openedAt: Int64?
  var opened: Int64
  var title: String
  var url: String?
  /// A JSON array; nil if there are none.
  var tags: String?
  /// A JSON object; nil if it is empty.
  var metadata: String?
  var note: String?

  /// Reads a row that begins with `FavouriteColumn.list`.
  init(_ row: borrowing Statement) {
    func place(_ column: FavouriteColumn) -> Int32 { column.rawValue }
    id = row.integer(place(.id))
    uid = UID(bytes: row.bytes(place(.uid))) ?? UID(high: 0, low: 0)
    category = row.integer(place(.category))
    change = row.integer(place(.change))
    createdAt = row.integer(place(.createdAt))
    modifiedAt = row.integer(place(.modifiedAt))
    openedAt = row.integerOrNil(place(.openedAt))
    opened = row.integer(place(.opened))
    title = row.text(place(.title))
    url = row.textOrNil(place(.url))
    tags = row.textOrNil(place(.tags))
    metadata = row.textOrNil(place(.metadata))
    note = row.textOrNil(place(.note))
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

  /// Adds openings, the last of them at a given time. The count stops at its greatest value.
  mutating func addOpenings(_ count: Int64, last: Int64?) {
    let (sum, isTooMany) = opened.addingReportingOverflow(count)
    opened = isTooMany ? .max : sum
    openedAt = [openedAt, last].compactMap { $0 }.max()
  }

  /// The value of a column.
  func value(_ column: FavouriteColumn) -> ColumnValue {
    switch column {
    case .id: .integer(id)
    case .uid: .uid(uid)
    case .category: .integer(category)
    case .change: .integer(change)
    case .createdAt: .integer(createdAt)
    case .modifiedAt: .integer(modifiedAt)
    case .openedAt: ColumnValue(openedAt)
    case .opened: .integer(opened)
    case .title: .text(title)
    case .url: ColumnValue(url)
    case .tags: ColumnValue(tags)
    case .metadata: ColumnValue(metadata)
    case .note: ColumnValue(note)
    }
  }

  /// Sets the value of a column. If the value has the wrong type, an optional column becomes null,
  /// and any other stays unchanged.
  mutating func set(_ column: FavouriteColumn, _ value: ColumnValue) {
    switch column {
    case .id: id = value.whole ?? id
    case .uid: uid = value.uid ?? uid
    case .category: category = value.whole ?? category
    case .change: change = value.whole ?? change
    case .createdAt: createdAt = value.whole ?? createdAt
    case .modifiedAt: modifiedAt = value.whole ?? modifiedAt
    case .openedAt: openedAt = value.whole
    case .opened: opened = value.whole ?? opened
    case .title: title = value.text ?? title
    case .url: url = value.text
    case .tags: tags = value.text
    case .metadata: metadata = value.text
    case .note: note = value.text
    }
  }

  /// Binds some columns, starting at a position.
  func bind(
    _ columns: [FavouriteColumn] = FavouriteColumn.held, to statement: borrowing Statement,
    from position: Int32
  ) {
    for (place, column) in columns.enumerated() {
      value(column).bind(to: statement, at: position + Int32(place))
    }
  }
}

extension FavouriteRecord: Equatable {
  /// Compares bytes, as `ColumnValue` does.
  static func == (first: FavouriteRecord, second: FavouriteRecord) -> Bool {
    FavouriteColumn.allCases.allSatisfy { first.value($0) == second.value($0) }
  }
}

extension ColumnValue: Bindable {
  func bind(to statement: borrowing Statement, at position: Int32) {
    switch self {
    case .null: statement.bindNull(at: position)
    case .integer(let number): statement.bind(number, at: position)
    case .text(let text): statement.bind(text, at: position)
    case .uid(let uid): statement.bind(uid.bytes, at: position)
    }
  }
}

/// The data that a favourite only has in the trash.
struct Trashing: Equatable {
  var categoryName: String
  var rank: Int64
  var deletedAt: Int64

  init(categoryName: String, rank: Int64, deletedAt: Int64) {
    self.categoryName = categoryName
    self.rank = rank
    self.deletedAt = deletedAt
  }

  /// Reads a row with category_name, rank and deleted_at after `FavouriteColumn.list`.
  init(_ row: borrowing Statement) {
    let first = FavouriteColumn.count
    self.init(
      categoryName: row.text(first), rank: row.integer(first + 1),
      deletedAt: row.integer(first + 2))
  }

  /// Binds the three values, starting at a position.
  func bind(to statement: borrowing Statement, from position: Int32) {
    statement.bind(categoryName, rank, deletedAt, from: position)
  }
}

/// Where a favourite is, and its data there.
enum FavouriteState: Equatable {
  /// Not there: not yet added, or undone.
  case absent
  /// In its category.
  case live(FavouriteRecord)
  /// In the trash.
  case trashed(FavouriteRecord, Trashing)

  /// Its data, if it exists.
  var record: FavouriteRecord? {
    switch self {
    case .absent: nil
    case .live(let record), .trashed(let record, _): record
    }
  }
}

/// Where to put a favourite in its category.
enum Placing: Equatable {
  /// Its present place, or the end if it is new to the category.
  case unchanged
  /// At a rank, or at the end if the category is shorter.
  case rank(Int64)
}

/// The state that a favourite should get.
struct FavouriteTarget {
  let id: Int64
  var state: FavouriteState
  var placing: Placing = .unchanged
  /// Whether it is only opened, which is no edit: its modification date stays.
  var isOpening = false
}
