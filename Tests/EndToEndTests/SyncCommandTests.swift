import Foundation
import TestSupport
import Testing

/// Two machines and a remote, each run a process of its own.
@Suite struct SyncCommandTests {
  @Test(arguments: SyncRemote.allCases)
  func `the lines of README do what they say, from nothing to a conflict and its end`(
    kind: SyncRemote
  ) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Dune", "https://example.org/dune", "-c", "books", "-t", "classic")
      let begun = try first("sync", "init", remote)
      #expect(begun.code == 0 && begun.error.contains("sent"), "\(begun)")
      let joined = try second("sync", "init", remote)
      #expect(joined.code == 0 && joined.error.contains("received 1 added"), "\(joined)")
      #expect(try first("export").output == second("export").output)
      // Both change the title before they sync.
      try first("edit", "1", "--title", "Dune (first)")
      try second("edit", "1", "--title", "Dune (second)")
      #expect(try first("sync").code == 0)
      let second1 = try second("sync")
      #expect(second1.code == 1 && second1.error.contains("1 conflict"), "\(second1)")
      let told = try second("sync", "conflicts", "--json").objects
      #expect(told.first?["mine"] as? String == "Dune (second)")
      #expect(told.first?["theirs"] as? String == "Dune (first)")
      #expect(told.first?["kept"] as? String == "mine")
      #expect(try second("sync", "conflicts", "--take", "theirs", "1").code == 0)
      #expect(try second("sync", "conflicts").output.isEmpty)
      #expect(try second("sync").code == 0)
      #expect(try first("sync").code == 0)
      #expect(try titles(first) == "Dune (first)\n")
      #expect(try first("export").output == second("export").output)
      // Nothing is left to be done, on either side.
      for favs in [first, second] {
        let again = try favs("sync", "--json")
        #expect(again.code == 0 && again.output.contains("\"sent\":0"), "\(again)")
        #expect(try favs("doctor").code == 0)
      }
    }
  }

  @Test(arguments: SyncRemote.allCases)
  func `a sync is one change, and its undo travels on`(kind: SyncRemote) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("add", "Solaris", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("rm", "1")
      try first("sync")
      #expect(try second("sync").error.contains("1 to the trash"))
      #expect(try titles(second) == "Solaris\n")
      #expect(try second("history").output.contains("\tsync\t"))
      #expect(try second("undo").code == 0)
      #expect(try titles(second) == "Dune\nSolaris\n")
      try second("sync")
      try first("sync")
      #expect(try titles(first) == "Dune\nSolaris\n")
    }
  }

  @Test func `undo passes over a sync that only puts into the trash what an undo removed`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("add", "Solaris", "-c", "films")
      try first("sync")
      try first("undo")
      try first("sync")
      let sync = try first("history", "--json").output
      #expect(sync.contains("1 favourite to the trash, 1 category to the trash"), "\(sync)")
      #expect(try first("undo", "--list").output.split(separator: "\n").count == 1)
      let refused = try first("undo", "4")
      #expect(refused.code == 4, "\(refused)")
      #expect(refused.error.contains("next sync would do it again"), "\(refused)")
      // What was undone comes back, and the next undo is that of the change before.
      #expect(try first("redo").code == 0)
      #expect(try titles(first) == "Solaris\nDune\n")
      try first("undo")
      try first("sync")
      #expect(try first("undo").output.contains("Dune"))
      #expect(try titles(first) == "")
      try first("sync")
      try second("sync")
      #expect(try titles(second) == "")
      #expect(try second("trash", "list").output.contains("Dune"))
      #expect(try first("sync", "--json").output.contains("\"sent\":0"))
      for favs in [first, second] { #expect(try favs("doctor").code == 0) }
    }
  }

  @Test(arguments: SyncRemote.allCases)
  func `what is emptied is in no file any more`(kind: SyncRemote) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Xylophonist", "-c", "secrets", "--note", "Quetzalcoatl")
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("rm", "1")
      try first("trash", "empty", "--all", "--yes")
      try first("sync")
      try second("sync")
      try first("sync")
      for favs in [first, second] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: favs.database))
        for word in ["Xylophonist", "Quetzalcoatl"] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
          #expect(bytes.range(of: Data(word.lowercased().utf8)) == nil, "\(word)")
        }
        #expect(try favs("doctor").code == 0)
      }
      switch kind {
      case .git:
        let text = try git(["--git-dir=\(remote)", "archive", "--format=tar", "favs"])
        #expect(!text.contains("Xylophonist"))
      case .folder:
        let root = String(remote.dropFirst(4))
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
          let bytes = FileManager.default.contents(atPath: root + "/" + name) ?? Data()
          #expect(bytes.range(of: Data("Xylophonist".utf8)) == nil, "\(name)")
        }
      }
    }
  }

  @Test func `two collections are put together only when asked for`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune", "https://example.org/dune", "-c", "books")
      try second("add", "Dune!", "https://example.org/dune", "-c", "books", "-t", "sand")
      try second("add", "Solaris", "-c", "books")
      try first("sync", "init", remote)
      let refused = try second("sync", "init", remote)
      #expect(refused.code == 4 && refused.error.contains("--yes"), "\(refused)")
      #expect(try second("sync", "status").code == 3)
      let rehearsed = try second("sync", "init", remote, "-n")
      #expect(
        rehearsed.error == "would receive 2 changed · would send 4 · would leave 1 conflict\n",
        "\(rehearsed)")
      #expect(rehearsed.code == 1)
      #expect(try second("sync", "status").code == 3)
      // The title of the remote stands, and what only this machine has is added.
      #expect(try second("sync", "init", remote, "--yes").code == 1)
      try first("sync")
      #expect(try titles(first) == "Dune\nSolaris\n")
      #expect(try first("export").output.contains("sand"))
      #expect(try second("sync", "conflicts").output.contains("Dune!"))
    }
  }

  @Test func `more than a fifth does not go without being asked`() throws {
    try withTwo(.folder) { first, second, remote in
      let many = (1...40).map { "Book \($0)\n" }.joined()
      try first("add", "-", "-c", "books", input: many)
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("rm", "--all", "--yes")
      try first("sync")
      let refused = try second("sync")
      #expect(refused.code == 4 && refused.error.contains("40 of 40"), "\(refused)")
      let looked = try second("sync", "-n")
      #expect(looked.code == 0, "\(looked)")
      #expect(looked.error.contains("would receive 40 to the trash"), "\(looked)")
      #expect(
        looked.error.contains(
          "this sync would move 40 of 40 favourites to the trash, and needs --yes for that"),
        "\(looked)")
      #expect(try titles(second).split(separator: "\n").count == 40)
      #expect(try second("sync", "--yes").code == 0)
      #expect(try titles(second).isEmpty)
    }
  }

  @Test(arguments: SyncRemote.allCases)
  func `a remote that went back is noticed, and made whole`(kind: SyncRemote) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      let place = kind == .git ? remote : String(remote.dropFirst(4))
      let copy = place + ".copy"
      try FileManager.default.copyItem(atPath: place, toPath: copy)
      try first("add", "Solaris", "-c", "books")
      try first("sync")
      try FileManager.default.removeItem(atPath: place)
      try FileManager.default.moveItem(atPath: copy, toPath: place)
      let refused = try first("sync")
      #expect(refused.code == 6 && refused.error.contains("--again"), "\(refused)")
      let again = try first("sync", "--again")
      #expect(again.code == 0, "\(again)")
      try second("sync")
      #expect(try titles(second) == "Dune\nSolaris\n")
    }
  }

  @Test func `a damaged file of another device is named, and waited for`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      let root = String(remote.dropFirst(4))
      let names = try FileManager.default.subpathsOfDirectory(atPath: root)
      let segment = try #require(names.first { $0.hasSuffix(".seg") })
      // Half of it has arrived; a conflicted copy, a link and a foreign file lie beside it.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: root + "/" + segment))
      try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: root + "/" + segment))
      try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/d/desktop.ini"))
      try FileManager.default.createSymbolicLink(
        atPath: root + "/d/00000000000000000000000000000000", withDestinationPath: "/etc")
      let waiting = try second("sync", "init", remote)
      #expect(waiting.code == 1 && waiting.error.contains("waiting for files of"), "\(waiting)")
      try bytes.write(to: URL(fileURLWithPath: root + "/" + segment))
      #expect(try second("sync").code == 0)
      #expect(try titles(second) == "Dune\n")
    }
  }

  @Test func `a repository that a killed git left in part is made again`() throws {
    try withTwo(.git) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      #expect(try first("sync", "init", remote).code == 0)
      let place = first.database + ".sync/git"
      // What git had made of it before it was killed.
      for left in [["HEAD", "config"], ["HEAD"], []] {
        for folder in [place, place + ".new"] {
          try? FileManager.default.removeItem(atPath: folder)
          try FileManager.default.createDirectory(
            atPath: folder + "/refs/heads", withIntermediateDirectories: true)
          for name in left + ["HEAD.lock"] {
            try Data("x\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
          }
        }
        try first("add", "Emma \(left.count)", "-c", "books")
        let synced = try first("sync")
        #expect(synced.code == 0, "\(left): \(synced)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).contains("objects"))
        #expect(!FileManager.default.fileExists(atPath: place + ".new"))
      }
      #expect(try second("sync", "init", remote).code == 0)
      #expect(try titles(second) == titles(first))
    }
  }

  @Test func `a branch of somebody else that is called favs is left alone`() throws {
    try withTwo(.git) { first, _, remote in
      let tree = try git(["--git-dir=\(remote)", "mktree"]).prefix { !$0.isNewline }
      let commit = try git([
        "--git-dir=\(remote)", "-c", "user.name=a", "-c", "user.email=a@example.org",
        "commit-tree", "-m", "x", String(tree),
      ]).prefix { !$0.isNewline }
      try git(["--git-dir=\(remote)", "update-ref", "refs/heads/favs", String(commit)])
      try first("add", "Dune", "-c", "books")
      let refused = try first("sync", "init", remote)
      #expect(refused.code == 4 && refused.error.contains("something else"), "\(refused)")
      let now = try git(["--git-dir=\(remote)", "rev-parse", "favs"]).prefix { !$0.isNewline }
      #expect(now == commit)
      #expect(try first("sync", "status").code == 3)
    }
  }

  @Test func `who begins with an empty file is told that there is nothing to send yet`() throws {
    try withTwo(.folder) { first, _, remote in
      let begun = try first("sync", "init", remote)
      #expect(begun.code == 0 && begun.error == "nothing to send or receive yet\n", "\(begun)")
      #expect(try first("sync").error == "nothing to do\n")
    }
  }

  @Test func `a branch that another push holds is waited for, and why a push was refused is told`()
    throws
  {
    try withTwo(.git) { first, _, remote in
      try first("add", "Dune", "-c", "books")
      #expect(try first("sync", "init", remote).code == 0)
      try first("add", "Emma", "-c", "books")
      let lock = remote + "/refs/heads/favs.lock"
      try Data().write(to: URL(fileURLWithPath: lock))
      let held = try first("sync")
      #expect(held.code == 7 && held.error.contains("git: remote: error: cannot lock"), "\(held)")
      let hook = remote + "/hooks/pre-receive"
      for (words, told) in [
        ("echo no room >&2; exit 1", "git: remote: no room\n"),
        ("exit 1", "git: ! [remote rejected]"),
      ] {
        try? FileManager.default.removeItem(atPath: lock)
        try Data("#!/bin/sh\n\(words)\n".utf8).write(to: URL(fileURLWithPath: hook))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
        let refused = try first("sync")
        #expect(refused.code == 7 && refused.error.contains(told), "\(refused)")
      }
      try FileManager.default.removeItem(atPath: hook)
      try Data().write(to: URL(fileURLWithPath: lock))
      let waited = try first.inShell("(sleep 0.3; rm '\(lock)') & $F --db '\(first.database)' sync")
      #expect(waited.code == 0, "\(waited)")
      #expect(try first("sync").error == "nothing to do\n")
    }
  }

  @Test func `of a folder that is no repository, git says so`() throws {
    try withTwo(.folder) { first, _, remote in
      let refused = try first("sync", "init", String(remote.dropFirst(4)))
      #expect(refused.code == 7, "\(refused)")
      #expect(refused.error.contains("does not appear to be a git repository"), "\(refused)")
    }
  }

  @Test(arguments: [("link", "1\n"), ("none", "2\n")])
  func `the same link is one favourite at the first sync, or stays two where that is wanted`(
    how: String, count: String
  ) throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "https://example.com/", "Here", "-c", "links")
      try second("add", "https://example.com/", "There", "-c", "links")
      try first("sync", "init", remote)
      #expect(try second("sync", "init", remote, "--match", how, "--yes").code <= 1)
      #expect(try first("sync").code == 0)
      for favs in [first, second] { #expect(try favs("list", "--count").output == count) }
    }
  }

  @Test func `of what lies half written in its folder it removes its own alone`() throws {
    try withTwo(.folder) { first, _, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      let root = String(remote.dropFirst(4))
      let names = try FileManager.default.subpathsOfDirectory(atPath: root)
      let manifest = try #require(names.first { $0.hasSuffix("/manifest") })
      let folder = root + "/" + manifest.dropLast("manifest".utf8.count)
      let own = [".manifest.123.tmp", ".0123abcd.seg.77.tmp"]
      let others = [
        ".syncthing.0123abcd.seg.tmp", ".notes.txt.tmp", ".keep.12.tmp", ".x.y.seg.1.tmp",
      ]
      for name in own + others { try Data("x".utf8).write(to: URL(fileURLWithPath: folder + name)) }
      try first("add", "Emma", "-c", "books")
      #expect(try first("sync").code == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(Set(left).isSuperset(of: others) && Set(left).isDisjoint(with: own), "\(left)")
    }
  }

  @Test func `what cannot be reached is said, and nothing is changed`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      #expect(try favs("sync").code == 3)
      #expect(try favs("sync", "init", "dir:" + favs.folder + "/nowhere").code == 7)
      #expect(try favs("sync", "init", favs.folder + "/nowhere.git").code == 7)
      #expect(try favs("sync", "init", "ext::sh -c true").code == 2)
      #expect(try favs("sync", "init", "--", "--upload-pack=true").code == 2)
      #expect(try favs("sync", "status").code == 3)
      #expect(try favs("doctor").code == 0)
    }
  }

  @Test func `a device that is gone is removed, and one that leaves keeps all`() throws {
    try withTwo(.git) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try second("add", "Solaris", "-c", "books")
      try second("sync")
      try first("sync")
      let devices = try first("sync", "devices", "--json").objects
      #expect(devices.count == 2)
      let other = try #require(devices.first { $0["this"] as? Bool == false }?["uid"] as? String)
      #expect(try first("sync", "devices", "--retire", "nobody", "--yes").code == 3)
      #expect(try first("sync", "devices", "--retire", other, "--yes").code == 0)
      #expect(try first("sync", "devices", "--json").objects.count == 1)
      // It wakes up, and joins again.
      try second("add", "Ubik", "-c", "books")
      #expect(try second("sync").code == 0)
      #expect(try first("sync").code == 0)
      #expect(try first("export").output == second("export").output)
      #expect(try titles(first) == "Dune\nSolaris\nUbik\n")
      #expect(try second("sync", "leave", "--yes").code == 0)
      #expect(try titles(second) == "Dune\nSolaris\nUbik\n")
      #expect(try second("sync", "status").code == 3)
      #expect(try second("doctor").code == 0)
      #expect(!FileManager.default.fileExists(atPath: second.database + ".sync"))
    }
  }

  @Test func `a rehearsal of any of it changes nothing, here and there`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      // Where no file is yet none is made.
      let joining = try second("sync", "init", remote, "-n")
      #expect(joining.code == 0 && joining.error.contains("would receive 1 added"), "\(joining)")
      #expect(!FileManager.default.fileExists(atPath: second.database))
      try second("sync", "init", remote)
      try first("edit", "1", "--title", "Dune (first)")
      try first("sync")
      try second("edit", "1", "--title", "Dune (second)")
      for _ in 0..<2 {
        let rehearsed = try second("sync", "-n")
        #expect(rehearsed.code == 1 && rehearsed.error.contains("would"), "\(rehearsed)")
      }
      #expect(try second("sync", "conflicts").output.isEmpty)
      #expect(try second("sync").code == 1)
      #expect(try second("sync", "conflicts", "--take", "theirs", "--all", "-n").code == 0)
      #expect(try titles(second) == "Dune (second)\n")
      #expect(try second("sync", "leave", "-n").code == 0)
      #expect(try second("sync", "status").code == 0)
      let other =
        try second("sync", "devices", "--json").objects
        .first { $0["this"] as? Bool == false }?["uid"] as? String
      #expect(try second("sync", "devices", "--retire", try #require(other), "-n").code == 0)
      #expect(try second("sync", "devices", "--json").objects.count == 2)
    }
  }

  @Test func `a file that was copied becomes a device of its own`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      try FileManager.default.copyItem(atPath: first.database, toPath: second.database)
      try first("add", "Solaris", "-c", "books")
      try first("sync")
      try second("add", "Ubik", "-c", "books")
      #expect(try second("sync").code == 0)
      #expect(try first("sync").code == 0)
      #expect(try second("sync").code == 0)
      #expect(try first("export").output == second("export").output)
      #expect(try first("sync", "devices", "--json").objects.count == 2)
    }
  }
}
