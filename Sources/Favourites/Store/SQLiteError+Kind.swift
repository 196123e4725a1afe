internal import Host
package import SQLite

/// What an error of SQLite comes down to, for whoever has to tell it.
package enum SQLiteKind: Equatable, Sendable {
  case busy, full, readOnly, inputOutput, damaged, tooBig, costly, other
  /// A journal is not played back.
  case journal(StrangeJournal, path: String)
}

extension SQLiteError {
  /// What the error comes down to.
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
    // A regular expression that used up what it was given.
    case .interrupted: .costly
    default: .other
    }
  }

  /// Whether it is the full-text index that cannot be used, so that a search can do without it: a statement on it
  /// meets a damaged page, or a length in one for which no memory is enough, or it is not as FTS5 makes it.
  var isOfIndex: Bool {
    switch code.primary {
    case .corrupt, .outOfMemory: code == .corruptIndex || sql?.contains(ascii: "search") ?? false
    default: isLostIndex
    }
  }

  /// Whether the full-text index says that it is not as FTS5 makes it. It has no code of its own for that.
  private var isLostIndex: Bool {
    code.rawValue == 1
      && ["invalid fts5 file format", "vtable constructor failed", "no such fts5 table"].contains {
        message.utf8.starts(with: $0.utf8)
      }
  }

  /// Whether the statement only read: a value that is too long for it was never written by favs.
  private var isReading: Bool {
    ["SELECT", "PRAGMA", "WITH"].contains { sql?.utf8.starts(with: $0.utf8) ?? false }
  }

  /// The operating system's words where it refused, else SQLite's; never a value.
  package var description: String {
    if code == .inputOutputLock { return "locking is not available there" }
    if code.primary == .full { return "disk full" }
    return systemError != 0 ? HostError(call: "", code: systemError).reason : message
  }
}
