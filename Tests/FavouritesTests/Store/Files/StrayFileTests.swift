import Foundation
import Host
import TestSupport
import Testing

@testable import Favourites

/// Files that are not made, and things that stand where files of ours should.
struct StrayFileTests {
  @Test func `opened for writing without making one, a missing file stays missing`() throws {
    try withScratch { scratch in
      let path = scratch.file("a/favs.db")
      let missing = #expect(throws: StoreError.self) {
        _ = try Store.writing(path, isQueueing: true, makesFile: false)
      }
      guard case .host(let error) = missing else { throw try #require(missing) }
      #expect(error.isNotFound)
      #expect(scratch.names.isEmpty)
    }
  }

  @Test func `an archive that breaks off makes no file, and one is not put over another`() {
    withScratch { scratch in
      let path = scratch.file("favs.db")
      #expect(throws: StoreError.besideItself) {
        try Store.loading(new: path) { (_) throws(StoreError) in throw .besideItself }
      }
      #expect(scratch.names.isEmpty)
      #expect(throws: StoreError.notUntouched(path: path)) {
        try Store.loading(new: path) { (_) throws(StoreError) in _ = try Store.writing(path) }
      }
      #expect(scratch.names == ["favs.db", "favs.db.lock"])
    }
  }

  @Test func `an older file stays as it is where it is not to be upgraded`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      scratch.write([], to: "favs.db")
      try VersionOne.write(to: path)
      let bytes = scratch.bytes("favs.db")
      let outdated = StoreError.outdated(path: path)
      #expect(throws: outdated) { _ = try Store.reading(path, upgrades: false) }
      #expect(throws: outdated) { _ = try Store.writing(path, isQueueing: true, upgrades: false) }
      #expect(scratch.names == ["favs.db"])
      #expect(scratch.bytes("favs.db") == bytes)
    }
  }

  @Test func `what is no plain file is not opened as the journal`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      #expect(mkfifo(path + "-journal", 0o600) == 0)
      let stray = StoreError.unusable(path: path, .strayJournal)
      #expect(throws: stray) { _ = try Store.reading(path) }
      #expect(throws: stray) { _ = try Store.writing(path) }
    }
  }
}
