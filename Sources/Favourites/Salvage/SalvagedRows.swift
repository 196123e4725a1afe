/// The things found in a damaged file.
struct SalvagedRows {
  /// A category, in use or in the trash.
  struct Category {
    let id: Int64
    /// Nil if it was lost.
    let uid: UID?
    /// Nil if the name was lost.
    let path: CategoryPath?
    let isNameMended: Bool
    let note: String?
    let schema: String?
    let createdAt: Int64
    let modifiedAt: Int64
    /// The last change that touched it.
    let change: Int64
    /// When it was moved to the trash; nil if it is in use.
    let deletedAt: Int64?
    let mending: Mending
  }

  /// A favourite, in a category or in the trash.
  struct Thing {
    /// The favourite with the old file's ids. Its uid is valid if it has one.
    var record: FavouriteRecord
    var hasUID: Bool
    /// Its data in the trash; nil if it is in a category.
    var trashing: Trashing?
    var mending: Mending
  }

  /// The rows kept, to which the following refer by number.
  private var rows = RowHeap()
  private var categories: [Int64: Int] = [:]
  private var trashedCategories: [Int64: Int] = [:]
  private var favourites: [Int64: Int] = [:]
  private var trash: [Int64: Int] = [:]
  /// Favourites that share another's id, which can only be by damage.
  private var otherFavourites: [Int] = []
  private var otherTrash: [Int] = []
  private var blocks: [Int64: (category: Int64, key: Int64)] = [:]
  private var places: [Int64: (block: Int64, position: Int64)] = [:]
  /// The rows that a tree led to, which others do not replace.
  private var reached: [SalvageTable: Set<Int64>] = [:]
  /// The number of unreadable rows on readable pages.
  private(set) var lostRows = 0
  /// The number of unreadable pages.
  private(set) var damagedPages = 0

  /// Whether nothing was found.
  var isEmpty: Bool { count == 0 }

  /// Adds a row; returns false if it is useless.
  mutating func take(_ row: RawRecord, of table: SalvageTable, isReached: Bool) -> Bool {
    let id = row.rowID
    if !isReached, reached[table]?.contains(id) == true { return true }
    let isTaken =
      switch table {
      case .favourite: take(row, Self.favourite, in: \.favourites, others: \.otherFavourites)
      case .trash: take(row, Self.trashed, in: \.trash, others: \.otherTrash)
      case .category: takeCategory(row, Self.category, in: \.categories)
      case .trashedCategory:
        takeCategory(row, Self.trashedCategory, in: \.trashedCategories)
      case .block: takeBlock(row)
      case .place: takePlace(row)
      }
    if isReached, isTaken { reached[table, default: []].insert(id) }
    return isTaken
  }

  /// Completes the collection: removes things that are both in use and in the trash, and sets the
  /// counts of losses.
  mutating func finish(lostRows: Int, damagedPages: Int) {
    self.lostRows = lostRows
    self.damagedPages = damagedPages
    for id in trash.keys where favourites[id] != nil {
      if isStale(id, .favourite, beside: .trash) { favourites[id] = nil } else { trash[id] = nil }
    }
    for id in trashedCategories.keys where categories[id] != nil {
      if isStale(id, .category, beside: .trashedCategory) {
        categories[id] = nil
      } else {
        trashedCategories[id] = nil
      }
    }
  }

  /// Whether a row was found in two tables, and only the other table's tree leads to it.
  private func isStale(_ id: Int64, _ table: SalvageTable, beside other: SalvageTable) -> Bool {
    reached[table]?.contains(id) != true && reached[other]?.contains(id) == true
  }

  /// The number of things found.
  var count: Int {
    favourites.count + trash.count + categories.count + trashedCategories.count
  }

  /// The categories in use.
  func allCategories() -> [Category] {
    categories.values.compactMap { number in rows[number].flatMap(Self.category) }
  }

  /// The categories in the trash.
  func allTrashedCategories() -> [Category] {
    trashedCategories.values.compactMap { number in rows[number].flatMap(Self.trashedCategory) }
  }

  /// The numbers of the favourites, by category and rank; those whose place is lost come last,
  /// after those whose block is lost: blocks are usually in the order in which they were made.
  func ordered() -> [Int] {
    var keyed: [(key: (Int64, Int64, Int64, Int64, Int64), number: Int)] = []
    keyed.reserveCapacity(favourites.count + otherFavourites.count)
    for (id, number) in favourites {
      guard let category = favourite(number)?.record.category else { continue }
      var spot = (Int64.max, Int64.max, Int64.max)
      if let place = places[id] {
        let block = blocks[place.block]
        if block == nil || block?.category == category {
          spot = (block?.key ?? .max, place.block, place.position)
        }
      }
      keyed.append(((category, spot.0, spot.1, spot.2, id), number))
    }
    for number in otherFavourites {
      guard let record = favourite(number)?.record else { continue }
      keyed.append(((record.category, .max, .max, .max, record.id), number))
    }
    return keyed.sorted { $0.key < $1.key }.map(\.number)
  }

  /// The numbers of favourites in the trash, by id.
  func trashed() -> [Int] {
    var keyed = trash.map { (id: $0.key, number: $0.value) }
    keyed += otherTrash.compactMap { number in trashed(number).map { ($0.record.id, number) } }
    return keyed.sorted { $0.id < $1.id }.map(\.number)
  }

  /// The favourite with a number.
  func favourite(_ number: Int) -> Thing? { rows[number].flatMap(Self.favourite) }

  /// The trashed favourite with a number.
  func trashed(_ number: Int) -> Thing? { rows[number].flatMap(Self.trashed) }

  private static func favourite(_ row: RawRecord) -> Thing? {
    thing(row) { row.values[Int($0.rawValue)] }
  }

  private static func trashed(_ row: RawRecord) -> Thing? {
    let values = row.values
    let own = FavouriteColumn.category.placeInTrash + 1
    guard let name = values[own].text, let deletedAt = values[own + 2].time,
      var thing = thing(row, { values[$0.placeInTrash] })
    else { return nil }
    thing.trashing = Trashing(
      categoryName: name, rank: max(1, values[own + 1].integer ?? 1), deletedAt: deletedAt)
    return thing
  }

  private mutating func take(
    _ row: RawRecord, _ read: (RawRecord) -> Thing?,
    in table: WritableKeyPath<Self, [Int64: Int]>, others: WritableKeyPath<Self, [Int]>
  ) -> Bool {
    guard let thing = read(row) else { return false }
    let id = thing.record.id
    guard let number = self[keyPath: table][id], let other = rows[number].flatMap(read) else {
      let number = rows.append(row)
      self[keyPath: table][id] = number
      return true
    }
    guard other.hasUID, thing.hasUID, other.record.uid == thing.record.uid else {
      let number = rows.append(row)
      self[keyPath: others].append(number)
      return true
    }
    // If there are two, an interrupted write left one behind: the one with the later change is
    // newer.
    guard other.record.change < thing.record.change else { return true }
    let newer = rows.append(row)
    self[keyPath: table][id] = newer
    return true
  }

  private static func category(_ row: RawRecord) -> Category? { category(row, isTrashed: false) }

  private static func trashedCategory(_ row: RawRecord) -> Category? {
    category(row, isTrashed: true)
  }

  private static func category(_ row: RawRecord, isTrashed: Bool) -> Category? {
    let values = row.values
    guard let name = values[2].text, let createdAt = values[isTrashed ? 8 : 7].time,
      let modifiedAt = values[isTrashed ? 9 : 8].time,
      let change = values[isTrashed ? 7 : 9].integer
    else { return nil }
    let deletedAt = isTrashed ? values[6].time : nil
    guard !isTrashed || deletedAt != nil else { return nil }
    let path = try? CategoryPath.parse(name)
    var mending = Mending()
    return Category(
      id: row.rowID, uid: values[1].uid, path: path ?? Mending.path(name),
      isNameMended: path == nil || row.mended.contains(2), note: mending.note(values[4].text),
      schema: mending.schema(values[5].text), createdAt: createdAt, modifiedAt: modifiedAt,
      change: change, deletedAt: deletedAt, mending: mending.noting(row, besides: [2, 3]))
  }

  private mutating func takeCategory(
    _ row: RawRecord, _ read: (RawRecord) -> Category?,
    in table: WritableKeyPath<Self, [Int64: Int]>
  ) -> Bool {
    guard let category = read(row) else { return false }
    if let number = self[keyPath: table][row.rowID], let other = rows[number].flatMap(read),
      other.change >= category.change
    {
      return true
    }
    let number = rows.append(row)
    self[keyPath: table][row.rowID] = number
    return true
  }

  private mutating func takeBlock(_ row: RawRecord) -> Bool {
    guard let category = row.values[1].integer, let key = row.values[2].integer else {
      return false
    }
    blocks[row.rowID] = (category, key)
    return true
  }

  private mutating func takePlace(_ row: RawRecord) -> Bool {
    guard let block = row.values[1].integer, let position = row.values[2].integer else {
      return false
    }
    places[row.rowID] = (block, position)
    return true
  }

  /// The columns common to favourites and trash. A row that lacks a required value is not one of
  /// theirs, unless that is the uid or can be repaired.
  private static func thing(
    _ row: RawRecord, _ value: (FavouriteColumn) -> RawRecord.Value
  ) -> Thing? {
    var mending = Mending()
    var record = FavouriteRecord(
      id: row.rowID, uid: UID(high: 0, low: 0), category: 0, title: "", at: 0, change: 0)
    for column in FavouriteColumn.held {
      let held = mending.value(value(column), of: column.kind)
      guard held != .null || column.isOptional || column.isMended else { return nil }
      // A favourite that was never edited has no date of an edit.
      record.set(column, column == .modifiedAt && held == .null ? .integer(record.createdAt) : held)
    }
    guard value(.title).text != nil else { return nil }
    if record.title.isEmpty { record.title = record.url.map(Draft.title(fromURL:)) ?? "untitled" }
    return Thing(
      record: record, hasUID: value(.uid).uid != nil, trashing: nil,
      mending: mending.noting(row, besides: []))
  }
}

extension FavouriteColumn {
  /// Whether a missing value can be replaced.
  fileprivate var isMended: Bool { self == .uid || self == .title || self == .modifiedAt }
}
