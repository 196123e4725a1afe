import Foundation
import SQLite
import TestSupport

/// A file as version 1 of the layout wrote it: categories, favourites, the trash, undone and redone changes.
enum VersionOne {
  /// Writes it.
  static func write(to path: String) throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let sql = try String(
      contentsOf: tests.appending(path: "Fixtures/version-1.sql"), encoding: .utf8)
    try Connection(unhardened: path, access: .readWrite).execute(sql)
  }
}
