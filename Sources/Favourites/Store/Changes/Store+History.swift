internal import SQLite

extension Store {
  /// Undoes the last changes that were not undone yet, the newest first.
  ///
  /// - Parameter count: how many, at least 1; all, if there are fewer.
  /// - Returns: the changes undone; all of them, or none if one cannot be undone.
  package mutating func undo(last count: Int = 1) throws(StoreError) -> [Change] {
    var undone: [Change] = []
    for index in 0..<count {
      let last = try connection.query(
        """
        SELECT number FROM change
        WHERE undone_by IS NULL AND undoes IS NULL AND redoes IS NULL AND is_final < 2
          AND number < ?
        ORDER BY number DESC LIMIT 1
        """, changeNumber)
      guard try last.next() else {
        guard index > 0 else { throw .nothingToUndo }
        break
      }
      let number = last.integer(0)
      last.reset()
      // Each undo is a separate change, so that each can be redone separately.
      if index > 0 { try beginAnother(command) }
      undone.append(try undo(number))
    }
    return undone
  }

  private var command: String { change?.command ?? "" }

  /// Undoes one change; refused if a later one touched the same fields of the same things.
  package mutating func undo(_ number: Int64) throws(StoreError) -> Change {
    let target = try undoable(number)
    let plan = try plan(toUndo: number)
    guard plan.obstacles.isEmpty else {
      throw .overtaken(number, by: try withLater(number).filter { $0 != number })
    }
    try revert(plan, of: number)
    try connection.run(
      "UPDATE change SET undone_by = ?1 WHERE number = ?2", changeNumber, number)
    try note("undoes", number)
    return target
  }

  /// Undoes one change, and before it each later one that is in the way, the newest first.
  ///
  /// - Returns: the changes undone, the newest first; all of them, or none if one cannot be undone.
  package mutating func undo(withLater number: Int64) throws(StoreError) -> [Change] {
    var undone: [Change] = []
    for number in try withLater(number).reversed() {
      if !undone.isEmpty { try beginAnother(command) }
      undone.append(try undo(number))
    }
    return undone
  }

  /// A change and all later ones that are in the way of undoing it, in order; throws if one of them
  /// cannot be undone.
  private mutating func withLater(_ number: Int64) throws(StoreError) -> [Int64] {
    var wanted: Set<Int64> = []
    var waiting = [number]
    while let next = waiting.popLast() {
      guard wanted.insert(next).inserted else { continue }
      _ = try undoable(next)
      waiting += try plan(toUndo: next).obstacles
    }
    return wanted.sorted()
  }

  /// The change with this number, if it can be undone.
  private func undoable(_ number: Int64) throws(StoreError) -> Change {
    let target = try change(numbered: number)
    guard target.number != changeNumber else { throw .noChange(number) }
    guard target.undoes == nil, target.redoes == nil else { throw .notUndoable(number) }
    if let by = target.undoneBy { throw .alreadyUndone(number, by: by) }
    switch try finality(of: number) {
    case .revertible: return target
    case .forgets: throw .isFinal(number)
    case .opens: throw .onlyOpened(number)
    case .discards: throw .onlyDiscarded(number)
    }
  }

  /// Redoes the changes undone last; refused after a new change.
  ///
  /// - Parameter count: how many, at least 1; all, if there are fewer.
  /// - Returns: the changes redone; all of them, or none if one cannot be redone.
  package mutating func redo(last count: Int = 1) throws(StoreError) -> [Change] {
    var redone: [Change] = []
    for index in 0..<count {
      if index > 0 {
        guard let (_, by) = try lastUndone(), try overtaker(of: by) == nil else { break }
        try beginAnother(command)
      }
      redone.append(try redoLast())
    }
    return redone
  }

  /// The change undone last, and the undo that did it.
  private func lastUndone() throws(StoreError) -> (number: Int64, by: Int64)? {
    let undone = try connection.query(
      """
      SELECT number, undone_by FROM change WHERE undone_by IS NOT NULL
      ORDER BY undone_by DESC LIMIT 1
      """)
    guard try undone.next() else { return nil }
    return (undone.integer(0), undone.integer(1))
  }

  /// The last change made after an undo, which prevents a redo.
  private func overtaker(of undo: Int64) throws(StoreError) -> Int64? {
    return try connection.integer(
      """
      SELECT number FROM change
      WHERE number > ? AND number < ? AND undoes IS NULL AND redoes IS NULL AND is_final < 2
      ORDER BY number DESC LIMIT 1
      """, undo, changeNumber)
  }

  private mutating func redoLast() throws(StoreError) -> Change {
    guard let (number, by) = try lastUndone() else { throw .nothingToRedo }
    if let later = try overtaker(of: by) {
      throw .redoOvertaken(by: later, isFinal: try finality(of: later) == .forgets)
    }
    let target = try change(numbered: number)
    try revert(try plan(toRedo: by), of: by)
    try connection.run("UPDATE change SET undone_by = NULL WHERE number = ?", number)
    try note("redoes", number)
    return target
  }

  private mutating func note(_ column: StaticString, _ number: Int64) throws(StoreError) {
    let update = try connection.query(
      parts: "UPDATE change SET \(column) = ? WHERE number = ?")
    try update.run(number, changeNumber)
    change?.isTakingBack = true
  }

  /// Whether a change can be undone.
  func finality(of number: Int64) throws(StoreError) -> Finality {
    let find = try connection.query("SELECT is_final FROM change WHERE number = ?", number)
    guard try find.next() else { return .revertible }
    return Finality(rawValue: find.integer(0)) ?? .forgets
  }

  /// Restores the previous state of everything that a change touched.
  private mutating func revert(_ plan: RevertPlan, of number: Int64) throws(StoreError) {
    let targets = plan.favourites
    // Categories that come back do so before their contents, parents first; those that are removed
    // go afterwards.
    var coming: [(key: String, id: Int64, state: CategoryState)] = []
    var leaving: [(id: Int64, state: CategoryState)] = []
    for (id, state) in plan.categories {
      if case .live(let record) = state {
        coming.append((record.key, id, state))
      } else {
        leaving.append((id, state))
      }
    }
    for (_, id, state) in coming.sorted(by: { ($0.key, $0.id) < ($1.key, $1.id) }) {
      if let name = state.record?.name, let parent = (try? CategoryPath.parse(name))?.parent {
        _ = try reviveParent(parent)
      }
      // Whatever was put into it since moves with it, as in a rename.
      var (name, others): (String, [CategoryRecord]) = ("", [])
      if case .live(let now) = try categoryState(id), !areSame(now.name, state.record?.name) {
        name = now.name
        others = try categoryTree(now).filter { other in
          !plan.categories.contains { $0.id == other.id }
        }
      }
      try apply(state, to: id, isNew: false)
      if !others.isEmpty { try carry(others, from: name, to: state.record?.name ?? name) }
    }
    try reviveHomes(of: targets, number)
    try apply(targets, isNew: false)
    try writeTails()
    try writeCounts()
    // Children go before their parents: their keys begin with the parent's.
    var records: [(key: String, id: Int64, state: CategoryState)] = []
    for (id, state) in leaving {
      let record = try categoryState(id).record
      records.append((record?.key ?? "", id, state))
    }
    for (_, id, state) in records.sorted(by: { ($0.key, $0.id) > ($1.key, $1.id) }) {
      if case .live(let record) = try categoryState(id) {
        // Others have come to use it since, so it stays.
        let holdsOthers = try categoryTree(record).count > 1
        let holdsFavourites = try !favourites(in: record.id).isEmpty
        if holdsOthers || holdsFavourites { continue }
      }
      try apply(state, to: id, isNew: false)
    }
  }

  /// Restores the categories that favourites return to, if something removed them later.
  private mutating func reviveHomes(
    of targets: [FavouriteTarget], _ number: Int64
  ) throws(StoreError) {
    var seen: Set<Int64> = []
    for target in targets {
      guard case .live(let record) = target.state, seen.insert(record.category).inserted else {
        continue
      }
      let state = try categoryState(record.category)
      if case .live = state { continue }
      let later = try laterChanges(.category, record.category, than: number)
      let home: CategoryRecord
      switch state {
      case .live(let category), .trashed(let category, _): home = category
      case .absent:
        // An undo removed it with its last favourite: it is restored as it was. If another change
        // removed it, nothing is left of it.
        guard later.isEmpty,
          case .live(let category)? = try versions(ofCategory: record.category).first?.before
        else { throw try overtaken(number, by: later) }
        home = category
      }
      guard try revive(home).id != record.category else { continue }
      // Its name has been taken since.
      if later.isEmpty { throw .categoryExists(home.name) }
      throw try overtaken(number, by: later)
    }
  }

  /// The error for a change that cannot be undone because of later changes.
  private func overtaken(
    _ number: Int64, by later: Set<Int64>
  ) throws(StoreError) -> StoreError {
    for change in later.sorted() where try finality(of: change) == .forgets {
      return .isFinal(change)
    }
    return .overtaken(number, by: later.sorted())
  }

  /// What a change recorded: the images of the things it touched, null for those that it added.
  func images(
    of number: Int64
  ) throws(StoreError) -> (
    favourites: [(id: Int64, image: String?)], categories: [(id: Int64, image: String?)]
  ) {
    var favourites = try added(by: number).map { (id: $0, image: String?.none) }
    var categories: [(id: Int64, image: String?)] = []
    let rows = try connection.query(
      "SELECT kind, item, before FROM change_item WHERE change = ? ORDER BY kind, item", number)
    while try rows.next() {
      let entry = (id: rows.integer(1), image: rows.textOrNil(2))
      switch ItemKind(rawValue: rows.integer(0)) {
      case .favourite: favourites.append(entry)
      case .category: categories.append(entry)
      case .mention, nil: continue
      }
    }
    return (favourites, categories)
  }

  /// The favourites that a change added as a range, if anything is known about them, so that a
  /// damaged row does not yield more than exist: each is live or in the trash, or a later change
  /// removed it and recorded its state.
  private func added(by number: Int64) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      WITH added AS MATERIALIZED (
        SELECT first_added AS first, last_added AS last FROM change WHERE number = ?)
      SELECT id FROM favourite, added WHERE id BETWEEN first AND last
      UNION SELECT id FROM trash, added WHERE id BETWEEN first AND last
      UNION SELECT item FROM change_item, added WHERE kind = 1 AND item BETWEEN first AND last
      ORDER BY 1
      """, number)
  }

  /// The changes after one that touched a thing and are still in effect.
  func laterChanges(
    _ kind: ItemKind, _ id: Int64, than number: Int64
  ) throws(StoreError) -> Set<Int64> {
    let rows = try connection.query(
      """
      SELECT i.change FROM change_item i JOIN change c ON c.number = i.change
      WHERE i.kind = ? AND i.item = ? AND i.change > ? AND c.undone_by IS NULL
        AND c.undoes IS NULL AND c.redoes IS NULL AND c.is_final < 2
      """, kind.rawValue, id, number)
    var changes: Set<Int64> = []
    while try rows.next() { changes.insert(rows.integer(0)) }
    return changes
  }
}
