internal import Host
internal import SQLite

/// What was got out of a damaged file.
package struct Salvaged: Equatable, Sendable {
  package var favourites = 0
  package var trashed = 0
  package var categories = 0
  /// Rows whose texts or values break a rule, and rows that could not be read on pages that could.
  package var lostRows = 0
  /// Pages that could not be read at all.
  package var damagedPages = 0
}

extension Store {
  /// Gets what can be read out of a file, however damaged, into a new one, which takes its name only when it is
  /// whole. The damaged one is read page by page without SQLite and never written to; of its history nothing is
  /// taken.
  /// - Throws: `.host` with `isExists` where something has the name of the new file.
  package static func salvage(
    _ source: String, into target: String, command: String, meter: StoreMeter = StoreMeter()
  ) throws(StoreError) -> Salvaged {
    try translating {
      try Directory.createPrivate(Directory.above(target))
      let place = try resolve(target)
      let gate = try takeGate(path: place, named: target, meter: meter)
      let draft = try StagedFile(for: place)
      try build(draft.path, meter)
      var store = try open(
        draft.path, named: target, access: .readWrite, isWriting: true, meter: meter)
      store.gate = consume gate
      let found = try store.change(ChangeRequest(command: command, isLarge: true)) {
        (store) throws(StoreError) in try store.salvage(from: source)
      }.result
      _ = consume store
      try draft.name()
      return found
    }
  }

  /// Takes over what can be read, as a part of a change.
  mutating func salvage(from path: String) throws(StoreError) -> Salvaged {
    var rows = SalvagedRows()
    var found = Salvaged()
    try translating {
      var scan = LeafScan(try DatabasePages.of(path))
      while let page = scan.nextRows() {
        for row in page { rows.take(row) }
      }
      found.damagedPages = scan.damagedPages
      found.lostRows = scan.damagedRows
    }
    for category in rows.categories.values.sorted(by: { $0.id < $1.id }) {
      guard
        try keep(
          { (store) throws(StoreError) in
            try store.takeCategory(category.path, note: category.note, schema: category.schema)
          }, or: &found.lostRows)
      else { continue }
      found.categories += 1
    }
    for (_, thing) in rows.ordered() {
      var draft = thing.draft
      draft.category = rows.categories[thing.category]?.path ?? Self.home(ofLost: thing.category)
      if try keep(
        { (store) throws(StoreError) in
          _ = try store.add(draft, duplicates: .allow)
        }, or: &found.lostRows)
      {
        found.favourites += 1
      }
    }
    for (_, thing) in rows.trash.sorted(by: { $0.key < $1.key }) {
      var draft = thing.draft
      draft.category = thing.categoryName.flatMap { try? CategoryPath.parse($0) }
      if try keep(
        { (store) throws(StoreError) in
          _ = try store.takeTrashed(draft, deletedAt: thing.deletedAt)
        }, or: &found.lostRows)
      {
        found.trashed += 1
      }
    }
    return found
  }

  /// Where what stood in a category goes whose name is lost.
  private static func home(ofLost category: Int64) -> CategoryPath {
    (try? CategoryPath.parse("salvaged/\(category)")) ?? .inbox
  }

  /// Keeps one; what breaks a rule is counted as lost.
  private mutating func keep(
    _ body: (inout Store) throws(StoreError) -> Void, or lost: inout Int
  ) throws(StoreError) -> Bool {
    do throws(StoreError) {
      try body(&self)
      return true
    } catch .invalid {
      lost += 1
      return false
    } catch .sqlite(let error) where error.code.primary == .constraint {
      lost += 1
      return false
    }
  }
}
