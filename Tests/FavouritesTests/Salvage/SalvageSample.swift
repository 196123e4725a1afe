import SQLite
import TestSupport
import Testing

@testable import Favourites

/// What a person entered in a file, without ids and changes: of a file and of what was salvaged
/// from it when it was sound, the same.
struct Entered: Equatable {
  let favourites: Set<String>
  let categories: Set<String>
  let trash: Set<String>
  let trashedCategories: Set<String>

  init(_ path: String) throws {
    let connection = try Connection(unhardened: path, access: .readOnly)
    func rows(_ sql: String) throws -> Set<String> {
      let rows = try connection.prepare(sql)
      var lines: Set<String> = []
      while try rows.step() {
        lines.insert(
          (0..<rows.columnCount).map { rows.textOrNil($0) ?? "-" }.joined(separator: "|"))
      }
      return lines
    }
    let thing = """
      hex(t.uid), t.created_at, t.modified_at, t.opened_at, t.opened, t.title, t.url, t.tags,
      t.metadata, t.note
      """
    favourites = try rows(
      """
      SELECT \(thing), c.name, row_number() OVER (PARTITION BY c.id ORDER BY b.key, p.position)
      FROM favourite t JOIN category c ON c.id = t.category JOIN place p ON p.favourite = t.id
      JOIN block b ON b.id = p.block
      """)
    categories = try rows(
      "SELECT hex(uid), name, key, note, schema, count, created_at, modified_at FROM category")
    // What went together: by the order of the changes.
    let changes = """
      (SELECT count(DISTINCT change) FROM (SELECT change FROM trash UNION SELECT change FROM trash_category) o
      WHERE o.change <= t.change)
      """
    trash = try rows(
      """
      SELECT \(thing), t.category_name, t.rank, t.deleted_at, \(changes), c.name, hex(g.uid)
      FROM trash t LEFT JOIN category c ON c.id = t.category
      LEFT JOIN trash_category g ON g.id = t.category
      """)
    trashedCategories = try rows(
      """
      SELECT hex(uid), name, key, note, schema, deleted_at, created_at, modified_at, \(changes)
      FROM trash_category t
      """)
  }

  /// The uids of favourites, wherever they are.
  var uids: Set<String> { Set(favourites.union(trash).map { String($0.prefix(32)) }) }
}

/// Fills a file with some of everything: tags, metadata, fields, nested categories, ranks, a note
/// of a MiB, and a trash with categories in it that went at different times.
func fillWithEverything(_ path: String, _ count: Int = 400, long: Int = 80_000) throws {
  var store = try Store.writing(path)
  try store.changing { (store) throws(StoreError) in
    guard let year = try? MetadataField(key: "year", kind: .number, choices: []) else { return }
    for (name, note) in [("books", "what I read"), ("gone", "to go"), ("gone/far", "farther")] {
      guard let path = try? CategoryPath.parse(name) else { continue }
      try store.addCategory(path, note: note, fields: [year])
    }
  }
  try store.changing { (store) throws(StoreError) in
    for index in 0..<count {
      var draft = Draft()
      draft.title = "favourite \(index)"
      draft.url = index % 3 == 0 ? nil : "https://example.org/\(index)"
      draft.note = index % 5 == 0 ? String(repeating: "note \(index) ", count: index % 97) : nil
      draft.category = try? CategoryPath.parse(["books", "inbox", "books/sci-fi"][index % 3])
      draft.tags = [index % 2, index % 7].compactMap { try? TagName.parse("tag \($0)") }
      draft.metadata = ["year=\(1900 + index)", "by=someone"]
        .compactMap { try? MetadataAssignment.parse($0) }
      draft.rank = index % 11 == 0 ? 1 : nil
      _ = try store.add(draft, duplicates: .allow)
    }
  }
  try store.adding(try draft("long", note: String(repeating: "a long note ", count: long)))
  let near = try store.adding(draft("near", in: "gone", note: "n", tags: ["x"], set: ["year=1"]))
  let early = try store.adding(draft("early", in: "gone"))
  _ = try store.adding(draft("far", in: "gone/far"))
  try store.changing { (store) throws(StoreError) in try store.remove([early]) }
  _ = near
  let gone = try CategoryPath.parse("gone")
  try store.changing { (store) throws(StoreError) in try store.removeCategory(gone) }
  try store.changing { (store) throws(StoreError) in try store.remove([10, 20, 21]) }
  try store.changing { (store) throws(StoreError) in try store.remove([30]) }
}

/// Salvages a file, and checks that what came of it is sound.
func salvage(_ path: String, to target: String) throws -> Salvaged {
  let found = try Store.salvage(path, into: target, command: "doctor --salvage")
  try checkStoreLaws(target)
  var store = try Store.writing(target)
  let looks = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
    (store) throws(StoreError) in try store.inspect()
  }.result
  for look in looks {
    if let problem = look.problem { throw UnsoundFile("\(look.check): \(problem)") }
  }
  return found
}

/// What is wrong with a file that was made.
struct UnsoundFile: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The pages on which rows of each table stand.
func leavesByTable(of path: String) throws -> [SalvageTable: [Int]] {
  let pages = try DatabasePages.of(path)
  var found: [SalvageTable: [Int]] = [:]
  for number in 1...pages.count {
    guard let bytes = pages.page(number),
      let page = TreePage(bytes, number: number, usableSize: pages.usableSize), page.isLeaf,
      let row = rows(page, bytes, in: pages).first,
      let table = SalvageTable(of: row)
    else { continue }
    found[table, default: []].append(number)
  }
  return found
}

/// The rows on a page.
func rows(_ page: TreePage, _ bytes: [UInt8], in pages: borrowing DatabasePages) -> [RawRecord] {
  var budget = ScanBudget(size: pages.size, pages: pages.count)
  return PageRows(page, bytes, in: pages, &budget, isTaken: { _ in false }).rows
}
