internal import CSQLite

extension Connection {
  /// Runs the statements of a text one by one, so that each is profiled.
  ///
  /// Their rows are not counted, as without profiling.
  func executeEach(_ sql: String) throws(SQLiteError) {
    let rowsRead = meter.rowsRead
    defer { meter.rowsRead = rowsRead }
    let bytes = Array(sql.utf8)
    var position = 0
    while position < bytes.count {
      var compiled: OpaquePointer?
      let (code, length) = unsafe bytes.withUnsafeBytes { buffer in
        let start = unsafe buffer.baseAddress?.advanced(by: position)
          .assumingMemoryBound(to: CChar.self)
        var tail: UnsafePointer<CChar>?
        let rest = Int32(bytes.count - position)
        let code = unsafe sqlite3_prepare_v3(handle, start, rest, 0, &compiled, &tail)
        guard let start = unsafe start, let tail = unsafe tail else { return (code, bytes.count) }
        return (code, unsafe tail - start)
      }
      guard code == SQLITE_OK else { throw failure(code, sql) }
      position += length
      // Only white space or a comment is left.
      guard let compiled = unsafe compiled else { continue }
      try unsafe Statement(handle: compiled, pool: nil, key: 0, meter: meter).execute()
    }
  }

  /// Reads the plans of statements that have none yet; a statement without a plan gets no lines.
  func explainStatements() {
    for slot in meter.profiles.indices where meter.profiles[slot].plan == nil {
      meter.profiles[slot].plan = plan(of: meter.profiles[slot].sql)
    }
  }

  private func plan(of sql: String) -> [StatementProfile.PlanLine] {
    // Not of a PRAGMA: "Some pragmas run during the SQL compilation stage", EXPLAIN or not.
    let verb = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
    guard ["SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE"].contains(verb) else {
      return []
    }
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle, "EXPLAIN QUERY PLAN " + sql, -1, 0, &compiled, nil)
    guard code == SQLITE_OK, let compiled = unsafe compiled else { return [] }
    // Uses a separate meter: this is not part of the run.
    let rows = unsafe Statement(handle: compiled, pool: nil, key: 0, meter: Meter())
    var depths: [Int64: Int] = [:]
    var lines: [StatementProfile.PlanLine] = []
    while (try? rows.step()) == true {
      let depth = depths[rows.integer(1)].map { $0 + 1 } ?? 0
      depths[rows.integer(0)] = depth
      lines.append(StatementProfile.PlanLine(depth: depth, text: rows.text(3)))
    }
    return lines
  }
}
