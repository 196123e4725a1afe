internal import Host
internal import SQLite

/// How a change is to be made.
package struct ChangeRequest: Sendable {
  /// The command line, as it is shown in the history.
  package let command: String
  /// True to do everything and keep nothing.
  package let isRehearsal: Bool
  /// True for a change of many rows, which holds more in memory.
  package let isLarge: Bool

  package init(command: String, isRehearsal: Bool = false, isLarge: Bool = false) {
    self.command = command
    self.isRehearsal = isRehearsal
    self.isLarge = isLarge
  }
}

extension Store {
  /// Makes one change: one transaction, one number, and the before of each row that it touches.
  ///
  /// The one place where a write begins and ends. A body that throws, or changes nothing, leaves the
  /// file and the history as they were. What it throws is thrown on as it is.
  /// - Returns: what the body gave, and the change's number; nil when nothing was changed.
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

  /// Takes the change under way out of the history, where it changed nothing.
  func withdraw() throws(StoreError) {
    let delete = try connection.query("DELETE FROM change WHERE number = ?")
    delete.bind(changeNumber, at: 1)
    try delete.run()
    let reset = try connection.query("UPDATE sqlite_sequence SET seq = ? WHERE name = 'change'")
    reset.bind(changeNumber - 1, at: 1)
    try reset.run()
  }

  /// Waits for the turn of this writer, and runs a transaction that the body ends, or that is taken back where it throws.
  ///
  /// - Parameters:
  ///   - isLarge: whether many pages are to be held in memory until the end, so that readers are served.
  ///   - cached: how much is held of what is only read, in MiB; nil for as much.
  mutating func transaction<Result, Refusal: StoreErrorConvertible>(
    isLarge: Bool, cached: Int? = nil, _ body: (inout Store) throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    precondition(change == nil, "one change at a time")
    // What was read before may not hold any more, and what is read meanwhile may be rolled back.
    ranks.forget()
    defer { ranks.forget() }
    defer {
      change = nil
      gate = nil
      derived = DerivedRows()
      words = HashesMet()
      wordsMet = []
      indexed = 0
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

  /// Waits for the turn of this writer, and begins the transaction.
  private mutating func beginWriting(isLarge: Bool, cached: Int?) throws(StoreError) {
    try takeGate()
    if isLarge {
      try translating {
        try connection.holdChangedPages(upToMebibytes: Store.heldMebibytes, cached: cached)
      }
    }
    try translating { try connection.beginImmediate() }
  }

  /// Ends the change under way, and its transaction with it; gives its number, nil when nothing was changed.
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

  /// Ends the transaction. Where that fails, says whether what was written stands in the file all the same: the last
  /// thing a commit does is to ask that the end of the journal is on the disk, and then it can be seen already.
  ///
  /// - Parameters:
  ///   - isThere: whether it can be seen. The writers' lock is held, so that nobody else can have written it.
  ///   - unconfirmed: what is thrown then.
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
    let rows = try connection.query("SELECT 1 FROM change WHERE number = ?")
    rows.bind(number, at: 1)
    return try rows.next()
  }

  /// Takes the writers' lock of this file, where it is not held already.
  mutating func takeGate() throws(StoreError) {
    // Writers queue at a lock file first: the kernel wakes them in turn, while SQLite's own waiting
    // is by polling, which starves some when there are many.
    guard gate == nil else { return }
    gate = try Store.takeGate(path: connection.filePath, named: path, meter: meter)
  }

  /// Takes the writers' lock of a file, waiting as long as the house waits; none for one in memory.
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

  /// Ends the change under way and begins the next one, of the same command and in the same transaction:
  /// an undo of several changes is as many changes, and yet all of it or nothing.
  mutating func beginAnother(_ command: String) throws(StoreError) {
    guard try finish() != nil else { return }
    ranks.forget()
    change = nil
    try begin(command)
  }

  /// Begins a change within the transaction.
  mutating func begin(_ command: String) throws(StoreError) {
    let last = try connection.query("SELECT number, at FROM change ORDER BY number DESC LIMIT 1")
    // Time never runs backwards in the history, whatever the clock says, and no two changes share one: what
    // happened first is told by the time alone.
    let now = try last.next() ? max(Clock.now(), last.integer(1) &+ 1) : Clock.now()
    last.reset()
    let at = Timestamp(milliseconds: now)
    var uids = UIDGenerator(seed: Randomness.bytes(10))
    let insert = try connection.query(
      "INSERT INTO change(uid, device, at, command, summary) VALUES(?, ?, ?, ?, '')")
    insert.bind(uids.next(at: at).bytes, at: 1)
    insert.bind(try device(&uids, at), at: 2)
    insert.bind(now, at: 3)
    insert.bind(command, at: 4)
    try insert.run()
    change = PendingChange(number: connection.lastRowID, at: at, command: command, uids: uids)
  }

  /// This machine, by its name; a copy of the file on another machine gets another.
  private func device(_ uids: inout UIDGenerator, _ at: Timestamp) throws(StoreError) -> Int64 {
    let name = Device.name()
    let find = try connection.query("SELECT id FROM device WHERE name = ?")
    find.bind(name, at: 1)
    if try find.next() { return find.integer(0) }
    let insert = try connection.query("INSERT INTO device(uid, name) VALUES(?, ?)")
    insert.bind(uids.next(at: at).bytes, at: 1)
    insert.bind(name, at: 2)
    try insert.run()
    return connection.lastRowID
  }

  /// Writes what was put off until the end, and the change's summary; nil when nothing was changed.
  mutating func finish() throws(StoreError) -> Int64? {
    // What that leaves free is used by what is written next.
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
    let update = try connection.query(
      """
      UPDATE change SET summary = ?, first_added = ?, last_added = ?, is_final = max(is_final, ?)
      WHERE number = ?
      """)
    update.bind(change.tally.summary, at: 1)
    update.bind(change.added?.lowerBound, at: 2)
    update.bind(change.added?.upperBound, at: 3)
    let finality: Finality = change.tally.hasOnlyOpenings ? .opens : .revertible
    update.bind(finality.rawValue, at: 4)
    update.bind(change.number, at: 5)
    try update.run()
    return change.number
  }

  /// Keeps what a thing was before this change touched it; null for what did not exist.
  ///
  /// Of one that is touched twice, what it was before the first time counts.
  func record(_ kind: ItemKind, _ item: Int64, before: [UInt8]?) throws(StoreError) {
    if kind == .favourite, change?.added?.contains(item) == true { return }
    let insert = try connection.query(
      "INSERT OR IGNORE INTO change_item(kind, item, change, before) VALUES(?, ?, ?, ?)")
    insert.bind(kind.rawValue, at: 1)
    insert.bind(item, at: 2)
    insert.bind(changeNumber, at: 3)
    if let before {
      insert.bind(text: before, at: 4)
    } else {
      insert.bindNull(at: 4)
    }
    try insert.run()
    if connection.changes == 0, let before { try complete(kind, item, with: before) }
  }

  /// Adds to what is kept of a thing those fields that only a second touch in one change made other.
  private func complete(
    _ kind: ItemKind, _ item: Int64, with later: [UInt8]
  ) throws(StoreError) {
    let find = try connection.query(
      "SELECT before FROM change_item WHERE kind = ? AND item = ? AND change = ?")
    find.bind(kind.rawValue, at: 1)
    find.bind(item, at: 2)
    find.bind(changeNumber, at: 3)
    guard try find.next(), let text = find.textOrNil(0),
      case .object(var image)? = try? JSONValue.parse(Array(text.utf8)),
      case .object(let other)? = try? JSONValue.parse(later)
    else { return }
    find.reset()
    for member in other.members where image[member.key] == nil { image.members.append(member) }
    var json = JSONWriter()
    JSONValue.object(image).write(to: &json)
    let update = try connection.query(
      "UPDATE change_item SET before = ? WHERE kind = ? AND item = ? AND change = ?")
    update.bind(text: json.bytes, at: 1)
    update.bind(kind.rawValue, at: 2)
    update.bind(item, at: 3)
    update.bind(changeNumber, at: 4)
    try update.run()
  }

  /// Notes which favourites the command line calls by their text, so that the text can be forgotten with
  /// them, whether the change touched them or not.
  private func recordMentions() throws(StoreError) {
    for id in mentions { try record(.mention, id, before: nil) }
  }

  /// The number of the change under way.
  var changeNumber: Int64 {
    guard let change else { preconditionFailure("a write outside of a change") }
    return change.number
  }

  /// When the change under way began.
  var changeTime: Timestamp {
    guard let change else { preconditionFailure("a write outside of a change") }
    return change.at
  }

  /// A uid for something that the change under way makes.
  mutating func newUID() -> UID {
    let now = changeTime
    guard let uid = change?.uids.next(at: now) else { preconditionFailure("checked by changeTime") }
    return uid
  }
}
