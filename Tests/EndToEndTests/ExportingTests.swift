import Foundation
import TestSupport
import Testing

@Suite struct ExportingTests {
  @Test func `what is exported and imported elsewhere is exported the same`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1965")
      try favs("add", "A\ttab \u{202E} \"quote\"", "--note", "line\nline", "-c", "books")
      try favs("add", "https://example.org/?a=1&b=<2>")
      for format in ["jsonl", "json"] {
        let first = try favs("export", "--format", format)
        #expect(first.code == 0)
        #expect(first.error == "")
        try withFavs { other in
          let taken = try other("import", "-", input: first.output)
          #expect(taken.code == 0)
          let second = try other("export", "--format", format)
          #expect(second.output == first.output)
        }
      }
    }
  }

  @Test func `a file is written whole, private, and in place of the old one`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-u", "https://example.org/dune")
      let path = favs.folder + "/links.txt"
      let isMade = FileManager.default.createFile(
        atPath: path, contents: Data("old".utf8), attributes: [.posixPermissions: 0o600])
      #expect(isMade)
      let outcome = try favs("export", path)
      #expect(outcome.output == "")
      #expect(
        outcome.error == """
          urls drops 1 title, 1 category, 1 date
          1 favourite in \(path)

          """)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "https://example.org/dune\n")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let names = try FileManager.default.contentsOfDirectory(atPath: favs.folder)
      #expect(!names.contains { $0.hasPrefix(".favs-new") })
    }
  }

  @Test func `a format says what it has no place for`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-t", "classic", "--note", "Slowly.", "--set", "year=1965")
      try favs("add", "https://example.org")
      let outcome = try favs("export", "--format", "urls")
      #expect(outcome.output == "https://example.org\n")
      #expect(
        outcome.error == """
          urls drops 1 favourite without a URL, 1 title, 1 category, 1 date

          """)
    }
  }

  @Test(
    "what categories lose is told",
    arguments: [
      ("jsonl", "the notes of 1 category, the fields of 1 category, 2 empty categories"),
      ("csv", "the notes of 1 category, the fields of 1 category, 2 empty categories"),
      ("elasticsearch", "the notes of 1 category, the fields of 1 category, 2 empty categories"),
      ("html", "the fields of 1 category"), ("xbel", "the fields of 1 category"),
      ("opml", "the fields of 1 category"),
      ("org", "the notes of 1 category, the fields of 1 category"),
      (
        "markdown",
        "2 dates, the exact names of 1 category, the notes of 1 category, the fields of 1 category"
      ),
      ("atom", "the notes of 1 category, the fields of 1 category, 2 empty categories"),
    ])
  func categories(format: String, losses: String) throws {
    try withFavs { favs in
      try favs("category", "add", "films", "--note", "n", "--field", "year:number")
      try favs("add", "Dune", "-c", "films/two  spaces")
      try favs("add", "Solaris", "-c", "books")
      try favs("category", "add", "empty/one")
      let hint = "hint: favs export --full keeps the categories as they are\n"
      #expect(try favs("export", "--format", format).error == "\(format) drops \(losses)\n\(hint)")
      // Only what is exported can be lost.
      let books = try favs("export", "--format", format, "-c", "books")
      #expect(books.error == (format == "markdown" ? "markdown drops 1 date\n" : ""))
      let films = try favs("export", "--format", format, "-c", "films")
      #expect(films.error.contains("the fields of 1 category"))
      #expect(!films.error.contains("empty"))
    }
  }

  @Test(
    "category names with two spaces come back",
    arguments: ["org", "atom", "html", "xbel", "opml", "csv", "jsonl"])
  func spaces(format: String) throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "two  spaces/x")
      let text = try favs("export", "--format", format).output
      try withFavs { other in
        try other("import", "-", input: text)
        #expect(try other("list", "--fields", "category").output == "two  spaces/x\n")
      }
    }
  }

  @Test func `what a format leaves out is not counted`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let path = favs.folder + "/links.txt"
      #expect(try favs("export", path).error.hasSuffix("\n0 favourites in \(path)\n"))
      try favs("add", "https://example.org")
      #expect(try favs("export", path).error.hasSuffix("\n1 favourite in \(path)\n"))
      #expect(try favs("export", favs.folder + "/all.csv").error.hasPrefix("2 favourites in "))
    }
  }

  @Test func `lines for a cluster are pairs`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965")
      let lines = try favs("export", "--format", "elasticsearch").output.split(separator: "\n")
      #expect(lines.count == 2)
      let object = { (line: Substring) in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      }
      let favourite = try object(lines[1])
      let action = try object(lines[0])?["index"] as? [String: Any]
      #expect(action?["_id"] as? String == favourite?["uid"] as? String)
      #expect((favourite?["metadata"] as? [String: Any])?["year"] as? Int == 1965)
    }
  }

  @Test func `a link is not followed, wherever it leads, and stays`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let files = FileManager.default
      let precious = favs.folder + "/precious"
      try Data("precious".utf8).write(to: URL(fileURLWithPath: precious))
      for target in [precious, favs.folder + "/nowhere"] {
        let link = favs.folder + "/out.jsonl"
        try files.createSymbolicLink(atPath: link, withDestinationPath: target)
        for words in [[], ["--full"], ["--format", "csv", "-q"]] {
          expectSame(
            try favs.words(["export", link] + words),
            Outcome(
              7,
              error:
                "favs: cannot write '\(link)': it is a symbolic link, which favs does not follow\n"
                + "hint: name the file that it points to\n"))
        }
        #expect(try files.destinationOfSymbolicLink(atPath: link) == target)
        try files.removeItem(atPath: link)
      }
      #expect(try String(contentsOfFile: precious, encoding: .utf8) == "precious")
      #expect(!files.fileExists(atPath: favs.folder + "/nowhere"))
      // A folder may be reached by one: that is where the file is wanted.
      try files.createDirectory(
        atPath: favs.folder + "/real", withIntermediateDirectories: false)
      try files.createSymbolicLink(
        atPath: favs.folder + "/folder", withDestinationPath: favs.folder + "/real")
      #expect(try favs("export", favs.folder + "/folder/out.jsonl").code == 0)
      #expect(files.fileExists(atPath: favs.folder + "/real/out.jsonl"))
    }
  }

  @Test func `a script is told what is in the file`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      for (format, option) in [("csv", "--format=csv"), ("full", "--full")] {
        let path = favs.folder + "/o\"ut.csv"
        let told = try favs("export", path, "--json", option)
        #expect(told.code == 0)
        #expect(told.error.isEmpty)
        let report = try #require(
          try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
        #expect(report["path"] as? String == path)
        #expect(report["format"] as? String == format)
        #expect(report["favourites"] as? Int == 1)
      }
      // The file has the format that it has without the report.
      let bare = favs.folder + "/bare"
      #expect(try favs("export", bare, "--json").output.contains("\"jsonl\""))
      let full = try favs.run(
        ["export", bare, "--json"].map { Array($0.utf8) }, outputTo: "/dev/full")
      #expect(full.code == 7)
      #expect(full.error.contains("'\(bare)' was written anyway"))
    }
  }

  @Test func `where nothing can be written, it is said`() throws {
    try withFavs { favs in
      try favs("add", "Dune")
      let folder = try favs("export", favs.folder)
      #expect(folder.code == 7)
      #expect(folder.error == "favs: cannot write '\(favs.folder)': not a plain file\n")
      let nowhere = try favs("export", favs.folder + "/none/x.jsonl")
      #expect(nowhere.code == 7)
      #expect(nowhere.error.contains("no such file or directory"))
    }
  }
}

@Suite struct ArchiveCommandTests {
  @Test func `everything is written and comes back as it was`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books", "-t", "classic", "--set", "year=1965")
      try favs("add", "Gone", "-c", "films")
      try favs("rm", "Gone")
      try favs("edit", "1", "--note", "Slowly.\n")
      try favs("category", "edit", "books", "--field", "year:number")
      let archive = try favs("export", "--full")
      #expect(archive.code == 0)
      try withFavs { other in
        let rehearsal = try other("import", "-", "--dry-run", input: archive.output)
        #expect(rehearsal.code == 0)
        #expect(try other("list").output == "")
        let taken = try other("import", "-", input: archive.output)
        #expect(taken.code == 0)
        let again = try other("export", "--full")
        #expect(again.output == archive.output)
        #expect(try other("undo", "--last", "2").code == 0)
        #expect(try other("restore", "--last").code == 0)
        let merged = try favs("import", "-", input: try other("export", "--full").output)
        #expect(merged.output.hasPrefix("skip\t1\tDune\n"))
      }
    }
  }

  @Test func `what a merge leaves in the archive is told`() throws {
    try withFavs { favs in
      try favs("add", "Gone", "-c", "films/old")
      try favs("category", "edit", "films/old", "--note", "Seen.")
      try favs("category", "rm", "films", "--yes")
      let archive = try favs("export", "--full").output
      try withFavs { other in
        try other("add", "Dune")
        let merged = try other("import", "-", input: archive)
        #expect(merged.code == 0)
        #expect(
          merged.error.contains(
            "history in the archive was not imported, nor were the note and fields of 1 category"),
          "\(merged)")
        #expect(try other("trash").output.contains("\tfilms/old\tGone"))
      }
    }
  }

  @Test func `one that was cut off, or says too much, is refused`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books")
      let archive = try favs("export", "--full").output
      let lines = archive.split(separator: "\n").map(String.init)
      for count in 1..<lines.count {
        let cut = lines.prefix(count).joined(separator: "\n") + "\n"
        try withFavs { other in
          let outcome = try other("import", "-", input: cut)
          #expect(outcome.code == 8)
          #expect(try other("list").output == "")
        }
      }
      try withFavs { other in
        let longer = try other("import", "-", input: archive + lines[1] + "\n")
        #expect(longer.code == 8)
        let aimed = try other("import", "-", "--into", "x", input: archive)
        #expect(aimed.code == 2)
      }
      #expect(try favs("export", "--full", "-c", "books").code == 2)
    }
  }

  @Test func `an archive in which two favourites have one uid is refused`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "-c", "books")
      try favs("add", "Emma", "-c", "books")
      let uids = try favs("list", "--format", "{uid}\n", "--sort", "id").output.split(
        separator: "\n")
      try #require(uids.count == 2)
      let archive = try favs("export", "--full").output.replacing(uids[1], with: uids[0])
      try withFavs { other in
        let outcome = try other("import", "-", input: archive)
        #expect(outcome.code == 8)
        #expect(outcome.error == "favs: favourite 2 has the uid of 1\n")
        #expect(try other("list").output == "")
      }
    }
  }
}
