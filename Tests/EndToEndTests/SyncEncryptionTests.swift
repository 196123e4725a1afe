import Foundation
import TestSupport
import Testing

/// What is sent through a remote that others can read.
@Suite struct SyncEncryptionTests {
  /// Where a person's key is.
  private func key(_ favs: Favs) -> String { favs.folder + "/.config/favs/sync.key" }

  private func copyKey(_ first: Favs, _ second: Favs) throws {
    try FileManager.default.createDirectory(
      atPath: second.folder + "/.config/favs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: key(first), toPath: key(second))
  }

  /// All bytes of the files of a remote.
  private func bytes(_ remote: String, _ kind: SyncRemote) throws -> Data {
    if kind == .git {
      return Data(try git(["--git-dir=\(remote)", "archive", "--format=tar", "favs"]).utf8)
    }
    let root = String(remote.dropFirst(4))
    return try FileManager.default.subpathsOfDirectory(atPath: root).reduce(into: Data()) {
      $0 += FileManager.default.contents(atPath: root + "/" + $1) ?? Data()
    }
  }

  @Test(arguments: SyncRemote.allCases)
  func `what is encrypted no file of the remote shows, and who has the key reads it`(
    kind: SyncRemote
  ) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Xylophonist", "-c", "secrets", "--note", "Quetzalcoatl")
      let begun = try first("sync", "init", remote, "--encrypt", "own")
      #expect(begun.code == 0 && begun.error.contains("sent"), "\(begun)")
      let rights = try FileManager.default.attributesOfItem(atPath: key(first))[.posixPermissions]
      #expect(rights as? Int == 0o600)
      let sent = try bytes(remote, kind)
      for word in ["Xylophonist", "Quetzalcoatl", "secrets"] {
        #expect(sent.range(of: Data(word.utf8)) == nil)
      }
      // Without the key nothing is read.
      let refused = try second("sync", "init", remote)
      #expect(refused.code == 4 && refused.error.contains("there is no key"), "\(refused)")
      #expect(try second("sync", "status").code == 3)
      try copyKey(first, second)
      #expect(try second("sync", "init", remote).code == 0)
      try second("edit", "Xylophonist", "--title", "Glockenspiel")
      try second("add", "Emma", "-c", "books")
      #expect(try second("sync").code == 0)
      #expect(try first("sync").code == 0)
      #expect(try first("export").output == second("export").output)
      #expect(try bytes(remote, kind).range(of: Data("Glockenspiel".utf8)) == nil)
      for favs in [first, second] {
        let again = try favs("sync", "--json")
        #expect(again.code == 0 && again.output.contains("\"sent\":0"), "\(again)")
        #expect(try favs("doctor").code == 0)
      }
    }
  }

  @Test func `a key that does not fit is told before anything is read`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune")
      try first("sync", "init", remote, "--encrypt", "own")
      // A key of somebody else's.
      let other = first.folder + "/other"
      try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
      try second("add", "Emma")
      try second("sync", "init", "dir:" + other, "--encrypt", "own")
      try second("sync", "leave", "--yes")
      for words in [["sync", "init", remote, "--yes"], ["sync", "init", remote, "-n"]] {
        let refused = try second.run(words.map { Array($0.utf8) })
        #expect(refused.code == 4 && refused.error.contains("does not fit"), "\(refused)")
      }
      #expect(try second("sync", "status").code == 3)
      #expect(try titles(second) == "Emma\n")
      // The same later: the key is lost, or replaced.
      try first("add", "Ubik")
      try FileManager.default.removeItem(atPath: key(first))
      try FileManager.default.copyItem(atPath: key(second), toPath: key(first))
      let before = try bytes(remote, .folder)
      let later = try first("sync")
      #expect(later.code == 4 && later.error.contains("does not fit"), "\(later)")
      #expect(try bytes(remote, .folder) == before)
    }
  }

  @Test func `a remote that is not encrypted is none that is, and the other way round`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune")
      try first("sync", "init", remote)
      let refused = try second("sync", "init", remote, "--encrypt", "own")
      #expect(refused.code == 4 && refused.error.contains("is not encrypted"), "\(refused)")
      // Whoever keeps the remote cannot have it sent in the clear.
      let root = String(remote.dropFirst(4))
      try first("sync", "leave", "--yes")
      for name in try FileManager.default.contentsOfDirectory(atPath: root) {
        try FileManager.default.removeItem(atPath: root + "/" + name)
      }
      try first("sync", "init", remote, "--encrypt", "own")
      let marker = try String(contentsOfFile: root + "/favs-sync", encoding: .utf8)
      let set = try #require(
        marker.range(of: #""set":"[0-9a-f]{32}""#, options: .regularExpression))
      try Data("{\"favs_sync\":1,\(marker[set])}\n".utf8)
        .write(to: URL(fileURLWithPath: root + "/favs-sync"))
      try first("add", "Xylophonist")
      let stripped = try first("sync")
      #expect(
        stripped.code == 4 && stripped.error.contains("not encrypted any more"), "\(stripped)")
      #expect(try bytes(remote, .folder).range(of: Data("Xylophonist".utf8)) == nil)
    }
  }

  @Test func `each of those reads it whose public keys a file has`() throws {
    try withTwo(.folder) { first, second, remote in
      var public_keys = ""
      for favs in [first, second] {
        try FileManager.default.createDirectory(
          atPath: favs.folder + "/.config/favs", withIntermediateDirectories: true)
        let made = try favs.inShell("age-keygen -o \(key(favs)) && age-keygen -y \(key(favs))")
        #expect(made.code == 0, "\(made)")
        public_keys += made.output
      }
      let file = first.folder + "/keys"
      try Data(("# ours\n" + public_keys).utf8).write(to: URL(fileURLWithPath: file))
      try first("add", "Dune")
      #expect(try first("sync", "init", remote, "--encrypt", file).code == 0)
      #expect(try second("sync", "init", remote, "--encrypt", file).code == 0)
      try second("add", "Emma")
      #expect(try second("sync").code == 0)
      #expect(try first("sync").code == 0)
      #expect(try titles(first) == "Dune\nEmma\n")
      try Data("# none\n".utf8).write(to: URL(fileURLWithPath: file))
      try second("sync", "leave", "--yes")
      let none = try second("sync", "init", remote, "--encrypt", file, "--yes")
      #expect(none.code == 2 && none.error.contains("holds no public keys"), "\(none)")
    }
  }

  @Test func `of a remote that is empty nobody is told that it is encrypted`() throws {
    try withTwo(.folder) { first, _, remote in
      try first("add", "Dune")
      let nowhere = try first("sync", "init", remote, "--encrypt", "/no/such/file")
      #expect(nowhere.code == 7 && nowhere.error.contains("'/no/such/file'"), "\(nowhere)")
      let file = first.folder + "/keys"
      try Data("age1qqqq\n".utf8).write(to: URL(fileURLWithPath: file))
      let keyless = try first("sync", "init", remote, "--encrypt", file)
      #expect(
        keyless.code == 4 && keyless.error.hasPrefix("favs: there is no key in '\(key(first))'\n"),
        "\(keyless)")
      #expect(try bytes(remote, .folder).isEmpty)
    }
  }

  @Test func `where age is missing that is said, and nothing is done`() throws {
    try withTwo(.folder) { first, _, remote in
      var bare = first
      bare.environment["PATH"] = first.folder
      try bare("add", "Dune")
      let refused = try bare("sync", "init", remote, "--encrypt", "own")
      #expect(
        refused.code == 7 && refused.error.contains("age-keygen is not installed"), "\(refused)")
      #expect(try bytes(remote, .folder).isEmpty)
      #expect(try bare("sync", "status").code == 3)
      // A rehearsal makes no key.
      #expect(try first("sync", "init", remote, "--encrypt", "own", "-n").code == 0)
      #expect(!FileManager.default.fileExists(atPath: key(first)))
      try first("sync", "init", remote, "--encrypt", "own")
      try bare("add", "Emma")
      let later = try bare("sync")
      #expect(later.code == 7 && later.error.contains("age is not installed"), "\(later)")
      #expect(try first("sync").code == 0)
    }
  }
}
