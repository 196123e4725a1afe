import Foundation
import TestSupport
import Testing

/// Completion, in the shells themselves and as they ask for it.
struct CompletionTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `Tab inserts a hostile name as one word and runs nothing`(shell: String) throws {
    let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Shells/completion.py").path
    let said = try python([scripts, shell, Favs.program])
    #expect(said.code == 0 && said.output.isEmpty, "\(said.output)")
  }

  @Test func `who completes leaves nothing behind and says nothing`() throws {
    try withFavs { favs in
      favs.environment["FAVS_LOG"] = "debug"
      for words in [
        ["bash", "favs list -c a", " ", "9"], ["zsh", "favs", "show", ""],
        ["fish", "favs", "undo", ""],
        ["fish", "favs", "--db", "\(favs.folder)/no/such", "list", "-c", ""], ["zsh"],
        ["nosh", "x"],
        ["bash", "favs list"], [],
      ] {
        let outcome = try favs.words(
          ["complete"] + (words.isEmpty ? [] : [words[0], "--"]) + words.dropFirst())
        #expect(outcome.code == 0)
        #expect(outcome.error.isEmpty, "\(outcome)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: favs.folder).isEmpty)
    }
  }

  @Test func `an unsound or busy file is no reason to say anything`() throws {
    try withFavs { favs in
      try "not a database".write(toFile: favs.database, atomically: true, encoding: .utf8)
      expectSame(
        try favs("complete", "zsh", "--", "favs", "list", "-c", ""), Outcome(0, "words\n"))
    }
  }

  @Test func `what is stored is described, and shown without what a terminal obeys`() throws {
    try withFavs { favs in
      try favs("add", "Dune\u{1B}[31m", "-c", "books", "-t", "classic")
      expectSame(
        try favs("complete", "zsh", "--", "favs", "show", ""),
        Outcome(0, "words\n1\tDune\\u{1b}[31m (books)\n"))
      expectSame(
        try favs("complete", "zsh", "--", "favs", "undo", ""),
        Outcome(0, "words\n1\t1 favourite added, 1 category added\n"))
      expectSame(
        try favs("complete", "fish", "--", "favs", "list", "--tag=c"),
        Outcome(0, "words\n--tag=classic\t1\n"))
    }
  }

  @Test func `tags after others, with a sign, and metadata to sort by are completed`() throws {
    try withFavs { favs in
      try favs("add", "Maus", "-t", "art,comics", "--set", "year=1986")
      try favs("add", "Maus II", "-t", "art,+-wip")
      for (words, offered) in [
        (["list", "-t", "art,co"], ["art,comics"]), (["list", "-t", "art,-co"], ["art,-comics"]),
        (["list", "--tag=-co"], ["--tag=-comics"]), (["add", "x", "-t", "art,c"], ["art,comics"]),
        (["edit", "1", "-t", "-a"], ["-art"]), (["list", "--sort", "-ye"], ["-year"]),
        (["config", "sort", "y"], ["year"]),
        // What is offered means the tag that it was made of.
        (["rm", "-t", ""], ["art", "+-wip", "comics"]), (["rm", "-t", "+-"], ["+-wip"]),
        (["rm", "-t", "--"], ["--wip"]), (["rm", "-t", "-w"], []),
        (["add", "x", "-t", "art,+-"], ["art,+-wip"]),
        (["add", "x", "-t", "art,"], ["art,art", "art,+-wip", "art,comics"]),
        (["list", "--no-tag", "-w"], ["-wip"]), (["edit", "1", "--untag", "art,-w"], ["art,-wip"]),
        (["import", "f", "-t", "art,+co"], ["art,+comics"]),
      ] {
        let answer = try favs.words(["complete", "zsh", "--", "favs"] + words).output
        let lines = answer.split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
        #expect(Array(lines.dropFirst()) == offered, "\(words): \(answer)")
      }
      #expect(try favs("list", "-t", "+-wip", "--count").output == "1\n")
    }
  }

  @Test func `a change is completed by its number, and as @N where a favourite may stand`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books")
      try favs("edit", "1", "-t", "classic")
      let (first, second) = ("1 favourite added, 1 category added", "1 favourite changed")
      for (words, wanted) in [
        (["history", "@"], "@2\t\(second)\n@1\t\(first)\n"),
        (["history", "@1"], "@1\t\(first)\n"), (["history", ""], "1\tDune (books)\n"),
        (["diff", "1", "--at", ""], "@2\t\(second)\n@1\t\(first)\n"),
        (["diff", "1", "--at", "@2"], "@2\t\(second)\n"), (["diff", "1", "--at", "2"], ""),
        (["show", "1", "--at=@1"], "--at=@1\t\(first)\n"),
        (["undo", "@2"], "@2\t\(second)\n"), (["undo", "2"], "2\t\(second)\n"),
      ] {
        let outcome = try favs.words(["complete", "fish", "--", "favs"] + words)
        expectSame(outcome, Outcome(0, "words\n" + wanted))
      }
    }
  }

  @Test func `no help tells of what shells call`() throws {
    try withFavs { favs in
      let help = try favs("help").output
      #expect(!help.contains("complete "))
      let nearly = try favs("complet")
      #expect(nearly.code == 2)
      let asked = try favs("help", "complete")
      #expect(asked.code == 2)
    }
  }
}
