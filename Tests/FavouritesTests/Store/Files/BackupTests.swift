import Foundation
import SQLite
import TestSupport
import Testing

@testable import Favourites

@Suite struct BackupTests {
  @Test func `a name tells when and why, and nothing else is a backup`() throws {
    let at = try #require(Timestamp(rfc3339: "2026-11-23T09:14:07.120Z"))
    for reason in Backup.Reason.allCases {
      let name = Backup.name(at, reason)
      let parsed = try #require(Backup.parse(name))
      #expect(parsed.at == at && parsed.reason == reason)
    }
    #expect(Backup.name(at, .importing) == "20261123T091407120Z-import.db")
    for name in ["", "x.db", "20261123T091407120Z-other.db", "20261323T091407120Z-import.db"] {
      #expect(Backup.parse(name) == nil)
    }
  }

  @Test func `a backup holds all that the file holds, and gives it back`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      try store.adding(draft("b"))
      _ = consume store
      let before = try Dump(path)
      let backup = try Store.backUp(path, .asked)
      #expect(try Dump(backup.path) == before)
      #expect(try Store.backups(of: path) == [backup])
      store = try Store.writing(path)
      try store.adding(draft("c"))
      _ = consume store
      let after = try Dump(path)
      let replaced = try Store.restore(path, from: backup.path)
      guard case .backedUp(let old) = replaced else {
        Issue.record("no backup was made of what was there")
        return
      }
      #expect(try Dump(path) == before)
      try checkStoreLaws(path)
      _ = try Store.restore(path, from: old.path)
      #expect(try Dump(path) == after)
    }
  }

  @Test func `of automatic backups the last five stay, of others all`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      _ = consume store
      let asked = try Store.backUp(path, .asked)
      var made: [Backup] = []
      for _ in 0..<7 { made.append(try Store.backUp(path, .importing)) }
      #expect(try Store.backups(of: path) == made.suffix(5).reversed() + [asked])
      #expect(try Store.removeAutomaticBackups(of: path) == 5)
      #expect(try Store.backups(of: path) == [asked])
    }
  }

  @Test func `a damaged file gets no backup, and makes room for one`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      _ = consume store
      let backup = try Store.backUp(path, .asked)
      let before = try Dump(path)
      var bytes = try #require(scratch.bytes("favs.db"))
      for page in 2..<bytes.count / 4_096 { bytes[page * 4_096] = 0xEE }
      scratch.write(bytes, to: "favs.db")
      #expect(throws: StoreError.self) { try Store.backUp(path, .importing) }
      #expect(try Store.backups(of: path) == [backup])
      guard case .setAside(let aside) = try Store.restore(path, from: backup.path) else {
        Issue.record("the damaged file was not set aside")
        return
      }
      #expect(try Dump(path) == before)
      #expect(scratch.bytes(String(aside.split(separator: "/").last ?? "")) == bytes)
    }
  }

  @Test func `what is no sound favourites file takes no place`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      _ = consume store
      let before = try Dump(path)
      let good = try Store.backUp(path, .asked)
      scratch.write(Array("no database".utf8), to: "text.db")
      #expect(throws: StoreError.self) {
        try Store.restore(path, from: scratch.file("text.db"))
      }
      try Connection(unhardened: good.path, access: .readWrite).execute("CREATE TABLE mine(x)")
      #expect(throws: StoreError.self) { try Store.restore(path, from: good.path) }
      #expect(throws: StoreError.self) {
        try Store.backUp(path, to: scratch.file("text.db"))
      }
      #expect(throws: StoreError.backupOfItself(path: path)) {
        try Store.backUp(path, to: path)
      }
      #expect(try Dump(path) == before)
      #expect(scratch.bytes("text.db") == Array("no database".utf8))
    }
  }

  @Test func `of those that were asked for as many stay as are to be kept`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      let folder = scratch.file("kept")
      let automatic = try Store.backUp(path, .importing)
      var made: [Backup] = []
      for _ in 0..<4 { made.append(try Store.backUp(path, .asked, in: folder)) }
      try Store.keepBackups(2, of: path, with: made.last, in: folder)
      #expect(try Store.backups(of: path, in: folder) == made.suffix(2).reversed())
      try Store.keepBackups(0, of: path, with: nil)
      #expect(try Store.backups(of: path) == [automatic])
    }
  }

  @Test func `a backup to a name of one's own takes the place of an older one only`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let target = scratch.file("copy.db")
      try Store.backUp(path, to: target)
      try store.adding(draft("a"))
      try Store.backUp(path, to: target)
      #expect(try Dump(target) == Dump(path))
      #expect(throws: StoreError.backupOfItself(path: path)) { try Store.backUp(path, to: path) }
      scratch.write(Array("mine".utf8), to: "notes")
      #expect(throws: StoreError.unusable(path: scratch.file("notes"), .notADatabase)) {
        try Store.backUp(path, to: scratch.file("notes"))
      }
      #expect(scratch.bytes("notes") == Array("mine".utf8))
    }
  }

  @Test func `a backup goes to where no file is any more`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      _ = consume store
      let before = try Dump(path)
      let backup = try Store.backUp(path, .asked)
      unlink(path)
      #expect(try Store.restore(path, from: backup.path) == .nothing)
      #expect(try Dump(path) == before)
    }
  }

  @Test func `a file that is damaged is set aside for a backup`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      _ = try Store.writing(path)
      let backup = try Store.backUp(path, .asked)
      scratch.write(Array("no database".utf8), to: "favs.db")
      guard case .setAside(let aside) = try Store.restore(path, from: backup.path) else {
        Issue.record("it was not set aside")
        return
      }
      #expect(try Dump(path) == Dump(backup.path))
      #expect(FileManager.default.contents(atPath: aside) == Data("no database".utf8))
    }
  }
}
