import Foundation
import TestSupport
import Testing

/// What a person does about conflicts, and what is left running of a sync that was killed.
@Suite struct SyncSettlingTests {
  @Test func `the fields and the place of a category are told, and settled in one change`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("category", "add", "books", "--field", "year:number")
      try first("category", "add", "films")
      try first("category", "add", "old")
      try first("add", "Dune", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("category", "edit", "books", "--field", "state:enum(read,unread)")
      try first("category", "rename", "films", "old/films")
      try second("category", "edit", "books", "--field", "pages:number")
      try second("category", "rename", "films", "books/films")
      try first("sync")
      let told = try second("sync")
      #expect(told.code == 1 && told.error.contains("2 conflicts"), "\(told)")
      let listed = try second("sync", "conflicts").output.split(separator: "\n").map(String.init)
      #expect(
        listed == [
          "1\tbooks\tfields\tyear:number, pages:number\tyear:number, state:enum(read,unread)\tmine",
          "2\tbooks/films\tparent\tbooks\told\tmine",
        ], "\(listed)")
      let last = try #require(second("history", "--json").objects.first?["number"] as? Int)
      let taken = try second("sync", "conflicts", "--take", "theirs", "--all")
      #expect(taken.code == 0 && taken.error.contains("2 conflicts settled"), "\(taken)")
      #expect(try second("sync", "conflicts").output.isEmpty)
      #expect(try second("history", "--json").objects.first?["number"] as? Int == last + 1)
      try second("sync")
      try first("sync")
      for favs in [first, second] {
        let shown = try favs("category", "show", "books").output
        #expect(shown.contains("state:enum(read,unread)") && !shown.contains("pages"), "\(shown)")
        #expect(try favs("category", "show", "old/films").code == 0)
      }
    }
  }

  @Test func `a conflict whose value stands already is settled without a change`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "Dune")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("edit", "1", "--title", "Dune (first)")
      try second("edit", "1", "--title", "Dune (second)")
      try first("sync")
      #expect(try second("sync").code == 1)
      let history = try second("history", "--json").output
      #expect(try second("sync", "conflicts", "--take", "mine", "1").code == 0)
      #expect(try second("sync", "conflicts").output.isEmpty)
      #expect(try second("history", "--json").output == history)
      #expect(try second("sync", "conflicts", "--take", "mine", "1").code == 3)
      #expect(try second("doctor").code == 0)
    }
  }

  @Test func `a conflict of what is in the trash is kept until that is restored`() throws {
    try withTwo(.folder) { first, second, remote in
      try first("add", "A", "-c", "books")
      try first("sync", "init", remote)
      try second("sync", "init", remote)
      try first("edit", "1", "--title", "P")
      try first("category", "edit", "books", "--note", "one")
      try second("edit", "1", "--title", "Q")
      try second("category", "edit", "books", "--note", "two")
      try first("sync")
      #expect(try second("sync").code == 1)
      try second("category", "rm", "books", "-y")
      let before = try second("sync", "conflicts").output
      let category = try second("sync", "conflicts", "--take", "theirs", "1")
      #expect(category.code == 4 && category.error.contains("favs restore -c books"), "\(category)")
      let refused = try second("sync", "conflicts", "--take", "theirs", "--all")
      #expect(refused.code == 4 && refused.error.contains("is in the trash"), "\(refused)")
      let favourite = try second("sync", "conflicts", "--take", "theirs", "2")
      #expect(favourite.code == 4 && favourite.error.contains("favs restore 1"), "\(favourite)")
      #expect(try second("sync", "conflicts").output == before)
      // What stands already needs no change.
      #expect(try second("sync", "conflicts", "--take", "mine", "1").code == 0)
      try second("restore", "1")
      #expect(try second("sync", "conflicts", "--take", "theirs", "2").code == 0)
      #expect(try titles(second) == "P\n")
      #expect(try second("sync", "conflicts").output.isEmpty)
    }
  }

  @Test func `a git that runs on after its sync was killed is waited for`() throws {
    try withTwo(.git) { first, second, remote in
      let folder = first.folder + "/bin"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      let script = folder + "/git"
      try writeScript(
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        case " $* " in
          *" push "*)
            if [ ! -e "$0.begun" ]; then
              : >"$0.begun"
              kill -9 $PPID
              sleep 1
              git "$@"
              : >"$0.done"
              exit
            fi ;;
        esac
        if [ -e "$0.begun" ] && [ ! -e "$0.done" ]; then : >"$0.overlap"; fi
        exec git "$@"

        """, at: script)
      var slow = first
      slow.environment["PATH"] = folder + ":/usr/bin:/bin"
      try slow("add", "Dune")
      #expect(try slow("sync", "init", remote).code == 128 + 9)
      let next = try slow("sync")
      #expect(next.code == 0, "\(next)")
      #expect(FileManager.default.fileExists(atPath: script + ".done"))
      // The first look at the remote is made before anything of the repository here is touched.
      #expect(!FileManager.default.fileExists(atPath: script + ".overlap"))
      try second("sync", "init", remote)
      #expect(try titles(second) == "Dune\n")
    }
  }

  @Test(arguments: SyncRemote.allCases)
  func `how far a sync has come is shown on a terminal, and taken away`(kind: SyncRemote) throws {
    try withTwo(kind) { first, second, remote in
      try first("add", "Dune")
      let begun = try first.onTerminal("sync", "init", remote)
      #expect(begun.code == 0, "\(begun)")
      #expect(begun.output.contains("receiving\r\u{1B}[K"), "\(begun)")
      #expect(begun.output.contains("sending\r\u{1B}[Ksent 2\n"), "\(begun)")
      let quiet = try second.onTerminal("sync", "init", remote, "--quiet")
      #expect(quiet.code == 0 && !quiet.output.contains("receiving"), "\(quiet)")
    }
  }
}
