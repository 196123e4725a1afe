import SQLite
import Testing

@testable import Favourites

extension StoreModel {
  /// What a store holds, as the model says it; read by plain SQL, and not by what lists for a
  /// person.
  ///
  /// - Parameter moments: the numbers of the changes by their times.
  init(
    of store: borrowing Store, _ moments: [Int64: Int64], _ texts: inout ModelTexts
  ) throws {
    func moment(_ milliseconds: Int64) -> Moment {
      moments[milliseconds].map(Moment.change) ?? .given(milliseconds)
    }
    try readCategories(of: store.connection)
    try readForgotten(of: store.connection)
    var rows = try store.connection.query(
      """
      SELECT f.uid, f.title, f.url, f.note, f.tags, f.metadata, f.created_at, f.modified_at,
        f.opened_at, f.opened, f.change, f.id, b.category
      FROM block b JOIN place p ON p.block = b.id JOIN favourite f ON f.id = p.favourite
      ORDER BY b.category, b.key, p.position
      """)
    while try rows.next() {
      things[rows.integer(11)] = try Thing(rows, moment, &texts)
      categories[rows.integer(12)]?.ids.append(rows.integer(11))
    }
    rows = try store.connection.query(
      """
      SELECT uid, title, url, note, tags, metadata, created_at, modified_at, opened_at, opened,
        change, id, category, category_name, rank, deleted_at FROM trash
      """)
    while try rows.next() {
      trash[rows.integer(11)] = Trashed(
        thing: try Thing(rows, moment, &texts), category: rows.integer(12),
        categoryName: rows.text(13),
        rank: Int(rows.integer(14)), deleted: moment(rows.integer(15)))
    }
    rows = try store.connection.query("SELECT name, seq FROM sqlite_sequence")
    while try rows.next() {
      switch rows.text(0) {
      case "change": given.change = rows.integer(1)
      case "favourite": given.favourite = rows.integer(1)
      case "category": given.category = rows.integer(1)
      default: break
      }
    }
  }

  private mutating func readForgotten(of connection: borrowing Connection) throws {
    let rows = try connection.query(
      "SELECT kind, item FROM change_item WHERE before = '{}'")
    while try rows.next() {
      if rows.integer(0) == ItemKind.favourite.rawValue {
        given.forgotten.insert(rows.integer(1))
      } else {
        given.forgottenCategories.insert(rows.integer(1))
      }
    }
  }

  private mutating func readCategories(of connection: borrowing Connection) throws {
    var rows = try connection.query("SELECT id, name, note, schema FROM category")
    while try rows.next() { categories[rows.integer(0)] = try Shelf(rows) }
    rows = try connection.query("SELECT id, name, note, schema, change FROM trash_category")
    while try rows.next() {
      trashedCategories[rows.integer(0)] = TrashedShelf(
        shelf: try Shelf(rows), change: rows.integer(4))
    }
  }

  /// Says of dates that were given as times of day by which changes they were made.
  mutating func recognise(_ moments: [Int64: Int64]) {
    func known(_ moment: Moment) -> Moment {
      guard case .given(let time) = moment, let number = moments[time] else { return moment }
      return .change(number)
    }
    func known(_ thing: Thing) -> Thing {
      var thing = thing
      (thing.created, thing.modified) = (known(thing.created), known(thing.modified))
      return thing
    }
    things = things.mapValues(known)
    for (id, trashed) in trash { trash[id]?.thing = known(trashed.thing) }
  }

  /// Takes over the uids that the store gave to what is new.
  mutating func adoptUIDs(of found: StoreModel) {
    for (id, thing) in things where thing.uid == nil { things[id]?.uid = found.things[id]?.uid }
    for (id, trashed) in trash where trashed.thing.uid == nil {
      trash[id]?.thing.uid = found.trash[id]?.thing.uid
    }
  }
}

extension StoreModel.Shelf {
  /// Reads a row of id, name, note and schema.
  fileprivate init(_ row: borrowing Statement) throws {
    self.init(path: row.text(1), note: row.textOrNil(2))
    guard let schema = row.textOrNil(3) else { return }
    fields = try (columnJSON(schema) as? [[String: Any]] ?? []).map(MetadataField.init(json:))
  }
}

extension StoreModel.Thing {
  /// Reads a row that begins with uid, title, url, note, tags, metadata, three dates, a count and
  /// the change.
  fileprivate init(
    _ row: borrowing Statement, _ moment: (Int64) -> StoreModel.Moment, _ texts: inout ModelTexts
  ) throws {
    self.init(
      title: row.text(1), url: row.textOrNil(2), note: row.textOrNil(3),
      uid: UID(bytes: row.bytes(0)),
      created: moment(row.integer(6)), modified: moment(row.integer(7)),
      openedAt: row.integerOrNil(8),
      opened: row.integer(9), change: row.integer(10))
    if let stored = row.textOrNil(4) { tags = try texts.tags(stored) }
    if let stored = row.textOrNil(5) { metadata = try texts.metadata(stored) }
  }
}

extension StoreModel {
  /// The lines in which two differ: `+` for what is here, `-` for what is in the other.
  func difference(from other: StoreModel) -> String {
    let (mine, others) = (Set(lines), Set(other.lines))
    return
      (other.lines.filter { !mine.contains($0) }.map { "- " + $0 }
      + lines.filter { !others.contains($0) }.map { "+ " + $0 }).joined(separator: "\n")
  }

  private var lines: [String] {
    things.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      + categories.sorted { $0.key < $1.key }.map { "category \($0.key): \($0.value)" }
      + trash.sorted { $0.key < $1.key }.map { "trash \($0.key): \($0.value)" }
      + trashedCategories.sorted { $0.key < $1.key }.map { "trash category \($0.key): \($0.value)" }
      + ["\(given)"]
  }
}

/// Tags and metadata as they are stored, each text read once: most come again and again.
struct ModelTexts {
  private var known: [String: [String: String]] = [:]
  private var knownMetadata: [String: [String: ModelValue]] = [:]

  mutating func tags(_ stored: String) throws -> [String: String] {
    if let tags = known[stored] { return tags }
    var tags: [String: String] = [:]
    for tag in try columnJSON(stored) as? [String] ?? [] { tags[ModelNames.folded(tag)] = tag }
    known[stored] = tags
    return tags
  }

  mutating func metadata(_ stored: String) throws -> [String: ModelValue] {
    if let values = knownMetadata[stored] { return values }
    var values: [String: ModelValue] = [:]
    for (key, value) in try columnJSON(stored) as? [String: Any] ?? [:] {
      values[key] = ModelValue(json: value)
    }
    knownMetadata[stored] = values
    return values
  }
}
