import Foundation
import SQLite
import Testing

@testable import Favourites

/// What SQLite's refusals come down to, and how they are told.
struct ErrorTests {
  @Test(arguments: [
    (ResultCode.busy, SQLiteKind.busy), (.locked, .busy), (.full, .full), (.readOnly, .readOnly),
    (.permission, .readOnly), (.readOnlyRollback, .readOnly), (.inputOutput, .inputOutput),
    (.inputOutputLock, .inputOutput), (.cannotOpen, .inputOutput), (.outOfMemory, .inputOutput),
    (.locking, .inputOutput), (.corrupt, .damaged), (.corruptIndex, .damaged),
    (.notADatabase, .damaged), (.tooBig, .tooBig), (.interrupted, .costly), (.constraint, .other),
  ])
  func `each code is of one kind`(code: ResultCode, kind: SQLiteKind) {
    #expect(SQLiteError(code: code, message: "").sqliteKind == kind)
  }

  @Test func `an error is told in the words of the system that refused`() {
    func told(_ code: ResultCode, _ message: String, _ system: Int32 = 0) -> String {
      SQLiteError(code: code, message: message, systemError: system).description
    }
    #expect(told(.constraint, "UNIQUE constraint failed") == "UNIQUE constraint failed")
    #expect(told(.cannotOpen, "unable to open database file", EACCES) == "permission denied")
    #expect(told(.full, "database or disk is full", ENOSPC) == "disk full")
    #expect(
      told(.inputOutputLock, "disk I/O error", EIO) == "locking is not available there")
  }
}
