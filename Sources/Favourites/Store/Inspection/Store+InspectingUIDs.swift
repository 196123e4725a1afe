internal import SQLite

extension Store {
  /// The first favourite that its uid does not lead to, or an entry that leads to no favourite with
  /// that uid: see Store+IndexingUIDs.swift.
  func untrueUID() throws(StoreError) -> String? {
    let rows = try connection.query("SELECT id, uid, created_at FROM favourite")
    let look = try connection.query("SELECT 1 FROM uid WHERE key = ? AND favourite = ?")
    while try rows.next() {
      guard let uid = UID(bytes: rows.bytes(1)) else { continue }
      if uid.milliseconds == rows.integer(2),
        try favourites(createdAt: rows.integer(2), most: 2).count < 2
      {
        continue
      }
      look.reset()
      look.bind(uid.indexKey, rows.integer(0))
      guard try look.next() else { return "favourite \(rows.integer(0))" }
    }
    let entries = try connection.query(
      "SELECT u.favourite, u.key, f.uid FROM uid u LEFT JOIN favourite f ON f.id = u.favourite")
    while try entries.next() {
      if UID(bytes: entries.bytes(2))?.indexKey != entries.integer(1) {
        return "favourite \(entries.integer(0))"
      }
    }
    return nil
  }

  /// The first two favourites with one uid.
  func sharedUID() throws(StoreError) -> (earlier: Int64, later: Int64)? {
    // Of two with one uid, both have an entry, or one is alone with the date in its uid.
    let rows = try connection.query(
      """
      SELECT f.id, f.uid FROM uid u CROSS JOIN favourite f ON f.id = u.favourite
      ORDER BY u.key, u.favourite
      """)
    var key: Int64?
    var known: [UID: Int64] = [:]
    while try rows.next() {
      guard let uid = UID(bytes: rows.bytes(1)) else { continue }
      if uid.indexKey != key { (key, known) = (uid.indexKey, [:]) }
      let id = rows.integer(0)
      var other = known[uid]
      if other == nil { other = try dated(withUID: uid) }
      if let other, other != id {
        return (min(id, other), max(id, other))
      }
      known[uid] = id
    }
    return nil
  }
}
