/// What was found in a damaged file, told by the shape of its rows: names of tables may be lost.
struct SalvagedRows {
  struct Category {
    var id: Int64
    var path: CategoryPath
    var note: String?
    var schema: String?
  }

  struct Thing {
    var draft: Draft
    /// The id of its category.
    var category: Int64
    /// The last change that touched it.
    var change: Int64
    /// When it went to the trash, and from where.
    var deletedAt: Int64?
    var categoryName: String?
  }

  private(set) var categories: [Int64: Category] = [:]
  private(set) var favourites: [Int64: Thing] = [:]
  private(set) var trash: [Int64: Thing] = [:]
  private var blocks: [Int64: (category: Int64, key: Int64)] = [:]
  private var places: [Int64: [(block: Int64, position: Int64)]] = [:]

  /// Takes a row in, if it is of use.
  mutating func take(_ row: RawRecord) {
    let values = row.values
    switch values.count {
    case 13: takeFavourite(row)
    case 16: takeTrashed(row)
    case 10: takeCategory(row)
    case 4:
      guard let category = values[1].integer, let key = values[2].integer else { return }
      blocks[row.rowID] = (category, key)
    case 3:
      guard let block = values[1].integer, let position = values[2].integer else { return }
      places[row.rowID, default: []].append((block, position))
    default: break
    }
  }

  /// The favourites by category and rank; those whose place is lost stand behind the others.
  func ordered() -> [(id: Int64, thing: Thing)] {
    let keyed = favourites.map { id, thing in
      let spot = places[id]?.lazy.compactMap { place in
        blocks[place.block].flatMap {
          $0.category == thing.category ? ($0.key, place.position) : nil
        }
      }.first
      return (id: id, thing: thing, key: spot?.0 ?? .max, position: spot?.1 ?? .max)
    }
    return keyed.sorted {
      ($0.thing.category, $0.key, $0.position, $0.id) < (
        $1.thing.category, $1.key, $1.position, $1.id
      )
    }.map { ($0.id, $0.thing) }
  }

  private mutating func takeFavourite(_ row: RawRecord) {
    let values = row.values
    guard var thing = Self.thing(values, texts: 8, dates: 4), let category = values[2].integer,
      let change = values[3].integer, let opened = values[7].integer
    else { return }
    thing.category = category
    thing.change = change
    thing.draft.openedAt = values[6].integer.map(Timestamp.init(milliseconds:))
    thing.draft.opened = max(0, opened)
    // Of two, one was left by a write that was broken off: what a later change touched is newer.
    if let other = favourites[row.rowID], other.change >= change { return }
    favourites[row.rowID] = thing
  }

  private mutating func takeTrashed(_ row: RawRecord) {
    let values = row.values
    guard var thing = Self.thing(values, texts: 11, dates: 7), let category = values[2].integer,
      let name = values[3].text, let deletedAt = values[5].integer, let change = values[6].integer,
      let opened = values[10].integer
    else { return }
    thing.category = category
    thing.categoryName = name
    thing.deletedAt = deletedAt
    thing.change = change
    thing.draft.openedAt = values[9].integer.map(Timestamp.init(milliseconds:))
    thing.draft.opened = max(0, opened)
    if let other = trash[row.rowID], other.change >= change { return }
    trash[row.rowID] = thing
  }

  private mutating func takeCategory(_ row: RawRecord) {
    let values = row.values
    // A trashed category has the time there at which a living one has its count.
    guard let count = values[6].integer, count < 100_000_000_000, values[1].uid != nil,
      let path = values[2].text.flatMap({ try? CategoryPath.parse($0) })
    else { return }
    categories[row.rowID] = Category(
      id: row.rowID, path: path, note: values[4].text, schema: values[5].text)
  }

  /// What favourites and trash have in common: uid, two dates, and the five texts.
  private static func thing(_ values: [RawRecord.Value], texts: Int, dates: Int) -> Thing? {
    guard let uid = values[1].uid, let title = values[texts].text,
      let createdAt = values[dates].integer, let modifiedAt = values[dates + 1].integer
    else { return nil }
    var draft = Draft()
    draft.uid = uid
    draft.title = title
    draft.url = values[texts + 1].text
    draft.tags = JSONText.strings(values[texts + 2].text ?? "[]")
      .compactMap { try? TagName.parse($0) }
    draft.values = Metadata(stored: values[texts + 3].text ?? "{}")
    draft.note = values[texts + 4].text
    draft.createdAt = Timestamp(milliseconds: createdAt)
    draft.modifiedAt = Timestamp(milliseconds: modifiedAt)
    return Thing(draft: draft, category: 0, change: 0)
  }
}

extension RawRecord.Value {
  fileprivate var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  fileprivate var text: String? { if case .text(let value) = self { value } else { nil } }

  fileprivate var uid: UID? { if case .blob(let value) = self { UID(bytes: value) } else { nil } }
}
