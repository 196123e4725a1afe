internal import Host
package import SQLite

/// The kind of an SQLite error, for reporting it.
package enum SQLiteKind: Equatable, Sendable {
  case busy, full, readOnly, inputOutput, damaged, tooBig, costly, other
  /// A journal was not played back.
  case journal(StrangeJournal, path: String)
}

extension SQLiteError {
  /// The kind of the error.
  package var sqliteKind: SQLiteKind {
    if let journal = refusedJournal {
      return .journal(StrangeJournal(journal.reason), path: journal.path)
    }
    if isOfIndex { return .damaged }
    return switch code.primary {
    case .busy, .locked: .busy
    case .full: .full
    case .readOnly, .permission: .readOnly
    case .inputOutput, .cannotOpen, .outOfMemory, .locking: .inputOutput
    case .corrupt, .notADatabase: .damaged
    case .tooBig: isReading ? .damaged : .tooBig
    // A regular expression that used up its budget.
    case .interrupted: .costly
    default: .other
    }
  }

  /// Whether the full-text index cannot be used, so that a search can do without it: a statement on
  /// it meets a damaged page or a length too large for memory, or it is not laid out as FTS5 does.
  var isOfIndex: Bool {
    switch code.primary {
    case .corrupt, .outOfMemory: code == .corruptIndex || sql?.contains(ascii: "search") ?? false
    default: isLostIndex
    }
  }

  /// Whether the full-text index reports that it is not laid out as FTS5 does. FTS5 has no separate
  /// code for that.
  private var isLostIndex: Bool {
    code.rawValue == 1
      && ["invalid fts5 file format", "vtable constructor failed", "no such fts5 table"].contains {
        message.utf8.starts(with: $0.utf8)
      }
  }

  /// Whether the statement only read: favs never writes a value that is too long for it.
  private var isReading: Bool {
    ["SELECT", "PRAGMA", "WITH"].contains { sql?.utf8.starts(with: $0.utf8) ?? false }
  }

  /// The operating system's message where it refused, otherwise SQLite's; never a value.
  package var description: String {
    if code == .inputOutputLock { return "locking is not available there" }
    if code.primary == .full { return "disk full" }
    return systemError != 0 ? HostError(call: "", code: systemError).reason : message
  }
}
