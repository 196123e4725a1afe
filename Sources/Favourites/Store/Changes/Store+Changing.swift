internal import Host
internal import SQLite

/// The options of a change.
package struct ChangeRequest: Sendable {
  /// The command line, as shown in the history.
  package let command: String
  /// Whether to do everything and keep nothing.
  package let isRehearsal: Bool
  /// Whether it changes many rows, and so uses more memory.
  package let isLarge: Bool

  package init(command: String, isRehearsal: Bool = false, isLarge: Bool = false) {
    self.command = command
    self.isRehearsal = isRehearsal
    self.isLarge = isLarge
  }
}

extension Store {
  /// Makes one change: one transaction, one number, and the previous state of each row that it
  /// touches.
  ///
  /// This is the only place where a write begins and ends. If the body throws or changes nothing,
  /// the file and the history stay as they were. Rethrows the body's error unchanged.
  /// - Returns: the body's result, and the change's number; nil if nothing was changed.
  package mutating func change<Result, Refusal: StoreErrorConvertible>(
    _ request: ChangeRequest,
    _ body: (inout Store) throws(Refusal) -> Result
  ) throws(Refusal) -> (result: Result, change: Int64?) {
    try transaction(isLarge: request.isLarge) { (store) throws(Refusal) in
      try store.converting(to: Refusal.self) { (store) throws(StoreError) in
        try store.begin(request.command)
      }
      let result = try body(&store)
      let number = try store.converting(to: Refusal.self) { (store) throws(StoreError) in
        try store.end(isRehearsal: request.isRehearsal)
      }
      return (result, number)
    }
  }

  /// Runs a body that sees one state of the file, whatever others write meanwhile: within the
  /// transaction that is open, or within one of its own. No one can write until it has ended.
  package mutating func atOnce<Refusal: StoreErrorConvertible>(
    _ body: (inout Store) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard !connection.isInTransaction else { return try body(&self) }
    try converting(to: Refusal.self) { (store) throws(StoreError) in
      try translating { try store.connection.beginReading() }
    }
    ranks.forget()
    defer { connection.rollBack() }
    try body(&self)
  }

  /// Removes the change in progress from the history if it changed nothing.
  func withdraw() throws(StoreError) {
    try connection.run("DELETE FROM change WHERE number = ?", changeNumber)
    try connection.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'change'", changeNumber - 1)
  }

  /// Waits for this writer's turn, and runs a transaction that the body ends; rolls it back if the
  /// body throws.
  ///
  /// - Parameters:
  ///   - isLarge: whether to hold many pages in memory until the end, so that others can read.
  ///   - cached: the cache size for data that is only read, in MiB; nil for the same as for changed
  ///     pages.
  mutating func transaction<Result, Refusal: StoreErrorConvertible>(
    isLarge: Bool, cached: Int? = nil, _ body: (inout Store) throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    precondition(change == nil, "one change at a time")
    // Cached data may be outdated, and data read from here on may be rolled back.
    ranks.forget()
    defer { ranks.forget() }
    defer {
      change = nil
      gate = nil
      derived = DerivedRows()
      words = HashesMet()
      wordsMet = []
      indexed = IndexedAmount()
      lengths = [:]
    }
    try converting(to: Refusal.self) { (store) throws(StoreError) in
      try store.beginWriting(isLarge: isLarge, cached: cached)
    }
    do throws(Refusal) {
      return try body(&self)
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Waits for this writer's turn, and begins the transaction.
  private mutating func beginWriting(isLarge: Bool, cached: Int?) throws(StoreError) {
    try takeGate()
    if isLarge {
      try translating {
        try connection.holdChangedPages(upToMebibytes: Store.heldMebibytes, cached: cached)
      }
    }
    try translating { try connection.beginImmediate() }
  }

  /// Ends the change in progress and its transaction; returns its number, or nil if nothing was
  /// changed.
  private mutating func end(isRehearsal: Bool) throws(StoreError) -> Int64? {
    let number = try finish()
    if isRehearsal || number == nil && change?.writesBeside != true {
      connection.rollBack()
    } else if let number {
      try commit(
        seenBy: { () throws(StoreError) in try isRecorded(number) },
        orElse: { .unconfirmed(change: number, $0) })
    } else {
      try withdraw()
      try translating { try connection.commit() }
    }
    return number
  }

  /// Commits the transaction. If that fails, finds out whether the data is in the file all the
  /// same: the last step of a commit is to sync the end of the journal, and by then the change is
  /// already visible.
  ///
  /// - Parameters:
  ///   - isThere: whether the change is visible. The writers' lock is held, so no other process can
  ///     have written it.
  ///   - unconfirmed: the error to throw then.
  func commit(
    seenBy isThere: () throws(StoreError) -> Bool, orElse unconfirmed: (SQLiteError) -> StoreError
  ) throws(StoreError) {
    do throws(SQLiteError) {
      try connection.commit()
    } catch {
      connection.rollBack()
      throw (try? isThere()) == true ? unconfirmed(error) : .sqlite(error)
    }
  }

  private func isRecorded(_ number: Int64) throws(StoreError) -> Bool {
    return try connection.query("SELECT 1 FROM change WHERE number = ?", number).next()
  }

  /// Takes the writers' lock of this file, if not already held.
  mutating func takeGate() throws(StoreError) {
    // Writers first queue at a lock file: the kernel wakes them in turn, while SQLite's own waiting
    // polls, which starves some if there are many.
    guard gate == nil else { return }
    gate = try Store.takeGate(path: connection.filePath, named: path, meter: meter)
  }

  /// Takes the writers' lock of a file, waiting up to `patience`; a file in memory has none.
  static func takeGate(
    path resolved: String, named path: String, meter: StoreMeter
  ) throws(StoreError) -> Lock? {
    guard !resolved.isEmpty else { return nil }
    do {
      let lock = try Lock(path: resolved + ".lock", milliseconds: Int(patience), like: resolved)
      meter.noteWaiting(milliseconds: lock.waitedMilliseconds)
      return lock
    } catch {
      if error.isTimedOut { meter.noteWaiting(milliseconds: Int(patience)) }
      throw error.isTimedOut ? .busy(path: path) : .host(error)
    }
  }

  /// Ends the change in progress and begins the next one, of the same command and in the same
  /// transaction: an undo of several changes makes several changes, but all of them or none.
  mutating func beginAnother(_ command: String) throws(StoreError) {
    guard try finish() != nil else { return }
    ranks.forget()
    change = nil
    try begin(command)
  }

  /// Begins a change within the transaction.
  mutating func begin(_ command: String) throws(StoreError) {
    let last = try connection.query("SELECT number, at FROM change ORDER BY number DESC LIMIT 1")
    // Time never runs backwards in the history, whatever the clock says, and no two changes share a
    // time: the time alone gives their order.
    let now = try last.next() ? max(Clock.now(), last.integer(1) &+ 1) : Clock.now()
    last.reset()
    let at = Timestamp(milliseconds: now)
    var uids = UIDGenerator(seed: Randomness.bytes(10))
    try connection.run(
      "INSERT INTO change(uid, device, at, command, summary) VALUES(?, ?, ?, ?, '')",
      uids.next(at: at).bytes, try device(&uids, at), now, command)
    change = PendingChange(number: connection.lastRowID, at: at, command: command, uids: uids)
    clashes = []
  }

  /// The record of this machine, by name; a copy of the file on another machine gets another.
  private func device(_ uids: inout UIDGenerator, _ at: Timestamp) throws(StoreError) -> Int64 {
    let name = Device.name()
    let find = try connection.query("SELECT id FROM device WHERE name = ?", name)
    if try find.next() { return find.integer(0) }
    try connection.run("INSERT INTO device(uid, name) VALUES(?, ?)", uids.next(at: at).bytes, name)
    return connection.lastRowID
  }

  /// Writes everything deferred to the end, and the change's summary; returns nil if nothing was
  /// changed.
  mutating func finish() throws(StoreError) -> Int64? {
    // The space that this frees is reused by what is written next.
    try joinIndex()
    try writeDerived()
    try makeMoves()
    try writeTails()
    try writeCounts()
    try writeTagCounts()
    try writeWords()
    if change?.isForgetting == true { try forgetWords() }
    guard let change, !change.tally.isEmpty || change.isTakingBack else { return nil }
    try recordMentions()
    try connection.run(
      """
      UPDATE change SET summary = ?, first_added = ?, last_added = ?, is_final = max(is_final, ?)
      WHERE number = ?
      """, change.tally.summary, change.added?.lowerBound, change.added?.upperBound,
      change.finality.rawValue, change.number)
    return change.number
  }

  /// Records the state of a thing before this change; null if it did not exist.
  ///
  /// If a change touches a thing twice, the state before the first time counts.
  /// - Returns: whether this is the first time.
  @discardableResult
  func record(_ kind: ItemKind, _ item: Int64, before: [UInt8]?) throws(StoreError) -> Bool {
    if kind == .favourite, change?.added?.contains(item) == true { return false }
    try connection.run(
      "INSERT OR IGNORE INTO change_item(kind, item, change, before) VALUES(?, ?, ?, ?)",
      kind.rawValue, item, changeNumber, before.map(TextBytes.init))
    let isFirst = connection.changes > 0
    if !isFirst, let before { try complete(kind, item, with: before) }
    return isFirst
  }

  /// Adds to the recorded state of a thing the fields that only a later touch in the same change
  /// changed.
  private func complete(
    _ kind: ItemKind, _ item: Int64, with later: [UInt8]
  ) throws(StoreError) {
    let find = try connection.query(
      "SELECT before FROM change_item WHERE kind = ? AND item = ? AND change = ?", kind.rawValue,
      item, changeNumber)
    guard try find.next(), let text = find.textOrNil(0),
      case .object(var image)? = try? JSONValue.parse(Array(text.utf8)),
      case .object(let other)? = try? JSONValue.parse(later)
    else { return }
    find.reset()
    for member in other.members where image[member.key] == nil { image.members.append(member) }
    var json = JSONWriter()
    JSONValue.object(image).write(to: &json)
    try connection.run(
      "UPDATE change_item SET before = ? WHERE kind = ? AND item = ? AND change = ?",
      TextBytes(json.bytes), kind.rawValue, item, changeNumber)
  }

  /// Records which favourites the command line names by their text, so that the text can be deleted
  /// with them, whether the change touched them or not.
  private func recordMentions() throws(StoreError) {
    for id in mentions { try record(.mention, id, before: nil) }
  }

  /// The number of the change in progress.
  var changeNumber: Int64 {
    guard let change else { preconditionFailure("a write outside of a change") }
    return change.number
  }

  /// When the change in progress began.
  var changeTime: Timestamp {
    guard let change else { preconditionFailure("a write outside of a change") }
    return change.at
  }

  /// A uid for something new in the change in progress.
  mutating func newUID() -> UID {
    let now = changeTime
    guard let uid = change?.uids.next(at: now) else { preconditionFailure("checked by changeTime") }
    return uid
  }
}
