/// What was found in a damaged file.
struct SalvagedRows {
  /// A category, in use or in the trash.
  struct Category {
    let id: Int64
    /// Nil for one that was lost.
    let uid: UID?
    /// Nil for a name that was lost.
    let path: CategoryPath?
    let isNameMended: Bool
    let note: String?
    let schema: String?
    let createdAt: Int64
    let modifiedAt: Int64
    /// The last change that touched it.
    let change: Int64
    /// When it went to the trash; nil for one in use.
    let deletedAt: Int64?
    let mending: Mending
  }

  /// A favourite, in a category or in the trash.
  struct Thing {
    /// As it was, with the old file's ids. Its uid counts where it has one.
    var record: FavouriteRecord
    var hasUID: Bool
    /// What is known of it in the trash; nil for one in a category.
    var trashing: Trashing?
    var mending: Mending
  }

  private(set) var categories: [Int64: Category] = [:]
  private(set) var trashedCategories: [Int64: Category] = [:]
  private(set) var favourites: [Int64: Thing] = [:]
  private(set) var trash: [Int64: Thing] = [:]
  /// Those with the id of another, which is that of one of them only by damage.
  private var others: [Thing] = []
  private var blocks: [Int64: (category: Int64, key: Int64)] = [:]
  private var places: [Int64: (block: Int64, position: Int64)] = [:]
  /// What a tree led to, which nothing else takes the place of.
  private var reached: [SalvageTable: Set<Int64>] = [:]
  /// How many rows could not be read, on pages that could.
  private(set) var lostRows = 0
  /// How many pages could not be read.
  private(set) var damagedPages = 0

  /// Whether nothing at all was found.
  var isEmpty: Bool {
    favourites.isEmpty && trash.isEmpty && categories.isEmpty && trashedCategories.isEmpty
  }

  /// Takes a row in; false where it is of no use.
  mutating func take(_ row: RawRecord, of table: SalvageTable, isReached: Bool) -> Bool {
    let id = row.rowID
    if !isReached, reached[table]?.contains(id) == true { return true }
    let isTaken =
      switch table {
      case .favourite: takeFavourite(row)
      case .trash: takeTrashed(row)
      case .category: takeCategory(row, isTrashed: false)
      case .trashedCategory: takeCategory(row, isTrashed: true)
      case .block: takeBlock(row)
      case .place: takePlace(row)
      }
    if isReached, isTaken { reached[table, default: []].insert(id) }
    return isTaken
  }

  /// Ends the taking: nothing is both in use and in the trash, and what could not be read is known.
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

  /// Whether only the other table's tree leads to a row that was found in two.
  private func isStale(_ id: Int64, _ table: SalvageTable, beside other: SalvageTable) -> Bool {
    reached[table]?.contains(id) != true && reached[other]?.contains(id) == true
  }

  /// The favourites by category and rank; those whose place is lost stand behind the others, and before them
  /// those whose block is lost: blocks that were made one after the other stand so as a rule.
  func ordered() -> [Thing] {
    var keyed: [(spot: (Int64, Int64, Int64, Int64), thing: Thing)] = []
    for (id, thing) in favourites {
      var spot = (Int64.max, Int64.max, Int64.max)
      if let place = places[id] {
        let block = blocks[place.block]
        if block == nil || block?.category == thing.record.category {
          spot = (block?.key ?? .max, place.block, place.position)
        }
      }
      keyed.append(((spot.0, spot.1, spot.2, id), thing))
    }
    for thing in others where thing.trashing == nil {
      keyed.append(((.max, .max, .max, thing.record.id), thing))
    }
    return keyed.sorted {
      ($0.thing.record.category, $0.spot.0, $0.spot.1, $0.spot.2, $0.spot.3) < (
        $1.thing.record.category, $1.spot.0, $1.spot.1, $1.spot.2, $1.spot.3
      )
    }.map(\.thing)
  }

  /// What is in the trash, in the order in which it got its ids.
  func trashed() -> [Thing] {
    (trash.values + others.filter { $0.trashing != nil }).sorted { $0.record.id < $1.record.id }
  }

  private mutating func takeFavourite(_ row: RawRecord) -> Bool {
    let values = row.values
    guard let change = values[3].integer, let opened = values[7].integer,
      var thing = Self.thing(row, texts: 8, dates: 4, change: change)
    else { return false }
    thing.record.openedAt = values[6].time
    thing.record.opened = max(0, opened)
    keep(thing, in: \.favourites)
    return true
  }

  private mutating func takeTrashed(_ row: RawRecord) -> Bool {
    let values = row.values
    guard let name = values[3].text, let deletedAt = values[5].time,
      let change = values[6].integer, let opened = values[10].integer,
      var thing = Self.thing(row, texts: 11, dates: 7, change: change)
    else { return false }
    thing.record.openedAt = values[9].time
    thing.record.opened = max(0, opened)
    thing.trashing = Trashing(
      categoryName: name, rank: max(1, values[4].integer ?? 1), deletedAt: deletedAt)
    keep(thing, in: \.trash)
    return true
  }

  private mutating func keep(_ thing: Thing, in table: WritableKeyPath<Self, [Int64: Thing]>) {
    let id = thing.record.id
    guard let other = self[keyPath: table][id] else {
      self[keyPath: table][id] = thing
      return
    }
    guard other.hasUID, thing.hasUID, other.record.uid == thing.record.uid else {
      others.append(thing)
      return
    }
    // Of two, one was left by a write that was broken off: what a later change touched is newer.
    if other.record.change < thing.record.change { self[keyPath: table][id] = thing }
  }

  private mutating func takeCategory(_ row: RawRecord, isTrashed: Bool) -> Bool {
    let values = row.values
    guard let name = values[2].text, let createdAt = values[isTrashed ? 8 : 7].time,
      let modifiedAt = values[isTrashed ? 9 : 8].time,
      let change = values[isTrashed ? 7 : 9].integer
    else { return false }
    let deletedAt = isTrashed ? values[6].time : nil
    guard !isTrashed || deletedAt != nil else { return false }
    let path = try? CategoryPath.parse(name)
    var mending = Mending()
    let category = Category(
      id: row.rowID, uid: values[1].uid, path: path ?? Mending.path(name),
      isNameMended: path == nil || row.mended.contains(2), note: mending.note(values[4].text),
      schema: mending.schema(values[5].text), createdAt: createdAt, modifiedAt: modifiedAt,
      change: change, deletedAt: deletedAt, mending: mending.noting(row, besides: [2, 3]))
    if isTrashed {
      if let other = trashedCategories[row.rowID], other.change >= change { return true }
      trashedCategories[row.rowID] = category
    } else {
      if let other = categories[row.rowID], other.change >= change { return true }
      categories[row.rowID] = category
    }
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

  /// What favourites and trash have in common: uid, category, two dates, and the five texts.
  private static func thing(
    _ row: RawRecord, texts: Int, dates: Int, change: Int64
  ) -> Thing? {
    let values = row.values
    guard let category = values[2].integer, let text = values[texts].text,
      let createdAt = values[dates].time, let modifiedAt = values[dates + 1].time
    else { return nil }
    var mending = Mending()
    let url = mending.url(values[texts + 1].text)
    let title = mending.title(text) ?? url.map(Draft.title(fromURL:))
    let uid = values[1].uid
    var record = FavouriteRecord(
      id: row.rowID, uid: uid ?? UID(high: 0, low: 0), category: category,
      title: title ?? "untitled", at: createdAt, change: change)
    record.modifiedAt = modifiedAt
    record.url = url
    record.tags = mending.tags(values[texts + 2].text)
    record.metadata = mending.metadata(values[texts + 3].text)
    record.note = mending.note(values[texts + 4].text)
    return Thing(
      record: record, hasUID: uid != nil, trashing: nil, mending: mending.noting(row, besides: []))
  }
}
