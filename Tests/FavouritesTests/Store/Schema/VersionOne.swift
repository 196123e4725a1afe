import Foundation
import SQLite
import TestSupport

/// Files as older versions of the layout wrote them: categories, favourites, the trash, undone and
/// redone changes.
enum VersionOne {
  /// Writes one.
  static func write(to path: String, _ name: String = "version-1.sql") throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let sql = try String(
      contentsOf: tests.appending(path: "Fixtures/" + name), encoding: .utf8)
    try Connection(unhardened: path, access: .readWrite).execute(sql)
  }
}
