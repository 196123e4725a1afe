internal import SQLite

/// One step from a version to the next.
struct Migration: Sendable {
  /// The version that the step leads to.
  let version: Int32
  /// What it runs; several statements.
  let sql: String
}

/// The steps ever taken, oldest first. Appended to, never edited.
enum Migrations {
  /// Version 1 is the first that was ever released, so nothing leads to it.
  static let all: [Migration] = []
}
