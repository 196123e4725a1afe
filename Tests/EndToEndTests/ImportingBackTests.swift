import Foundation
import TestSupport
import Testing

/// What favs wrote, imported again: nothing of it is lost, and what it does not tell stays.
@Suite struct ImportingBackTests {
  private func run(
    _ favs: Favs, _ words: [String], _ input: String = ""
  ) throws -> Outcome {
    try favs.run(words.map { Array($0.utf8) }, input: Array(input.utf8))
  }

  @Test(
    "an update leaves what the file does not tell",
    arguments: [
      ["list", "--json", "--fields", "uid,title"],
      ["list", "--format", "jsonl", "--fields", "uid,url"],
      ["list", "--format", "csv", "--fields", "uid,title,url"], ["export", "--format", "atom"],
      ["export", "--format", "html"], ["export", "--format", "org"],
    ])
  func untold(words: [String]) throws {
    try withFavs { favs throws in
      try favs(
        "add", "Dune", "https://a.example", "-c", "films", "-t", "classic", "--set", "year=1965",
        "--note", "n")
      let text = try run(favs, words).output.replacingOccurrences(of: "Dune", with: "Dune!")
      let taken = try favs("import", "-", "--on-duplicate", "update", "-t", "new", input: text)
      #expect(taken.code == 0)
      let fields = "title,note,tags,metadata"
      let title = text.contains("Dune!") ? "Dune!" : "Dune"
      #expect(
        try favs("list", "--fields", fields).output == "\(title)\tn\tclassic,new\tyear=1965\n")
    }
  }

  @Test func `an update clears what the file says is empty`() throws {
    try withFavs { favs throws in
      try favs("add", "Dune", "-t", "classic", "--set", "year=1965")
      let rows = try favs("list", "--json", "--fields", "uid,title").output
      for (member, left) in [(#""tags":[]"#, "\tyear=1965\n"), (#""metadata":{}"#, "\t\n")] {
        let text = rows.replacingOccurrences(of: "{", with: "{\(member),")
        #expect(try favs("import", "-", "--on-duplicate", "update", input: text).code == 0)
        #expect(try favs("list", "--fields", "tags,metadata").output == left)
      }
    }
  }

  @Test(
    "favourites with one link that were kept on purpose come back",
    arguments: ["full", "db", "list", "jsonl", "json", "csv", "tsv", "html", "xbel", "opml", "org"])
  func twice(form: String) throws {
    try withFavs { favs throws in
      try favs("add", "X", "https://a.example", "-c", "f")
      try favs("add", "X again", "https://a.example", "-c", "f", "--duplicate", "--note", "second")
      var path = favs.folder + "/x.\(form)"
      switch form {
      case "full": try favs("export", "--full", path)
      case "db": path = try favs("backup", path).code == 0 ? path : ""
      case "list":
        let rows = try favs("list", "--json").output
        try rows.write(toFile: path, atomically: true, encoding: .utf8)
      default: try favs("export", path)
      }
      try withFavs { other throws in
        try other("add", "other")
        #expect(try other("import", path).error.hasPrefix("2 read: 2 added\n"))
        #expect(
          try other("list", "-c", "f", "--fields", "title,note").output == "X\t\nX again\tsecond\n")
        #expect(try other("import", path).error.hasPrefix("2 read: 2 skipped as duplicates\n"))
      }
    }
  }

  @Test(
    "what is older than the fields of its category comes to another file",
    arguments: ["full", "db"])
  func older(form: String) throws {
    try withFavs { favs throws in
      try favs("add", "Dune", "-c", "films", "--set", "seen=in spring")
      try favs("category", "edit", "films", "--field", "seen:enum(yes,no)")
      let path = favs.folder + "/x.\(form)"
      let words = form == "full" ? ["export", "--full", path] : ["backup", path]
      #expect(try run(favs, words).code == 0)
      try withFavs { other throws in
        try other("add", "other")
        let taken = try other("import", path)
        #expect(taken.code == 0 && taken.error.hasPrefix("1 read: 1 added\n"))
        let there = try other("list", "-c", "films", "--fields", "title,metadata").output
        #expect(there == "Dune\tseen=in spring\n")
      }
    }
  }

  @Test(
    "an update may tell again what is older than the fields of its category, and nothing else",
    arguments: ["jsonl", "csv", "html", "xbel", "opml", "org"])
  func toldAgain(format: String) throws {
    try withFavs { favs throws in
      try favs("add", "Dune", "-c", "films", "--set", "seen=in spring")
      try favs("category", "edit", "films", "--field", "seen:enum(yes,no)")
      let text = try favs("export", "--format", format).output
      for (word, other, code) in [("Dune", "Dune!", Int32(0)), ("in spring", "in autumn", 1)] {
        let changed = text.replacingOccurrences(of: word, with: other)
        let taken = try favs("import", "-", "--on-duplicate", "update", input: changed)
        #expect(taken.code == code, "\(taken)")
      }
      #expect(try favs("list", "--fields", "title,metadata").output == "Dune!\tseen=in spring\n")
    }
  }

  @Test(
    "a second favourite of a link comes to an older copy, whatever its rank",
    arguments: [["export", "--full"], ["export"], ["export", "--format", "csv"]])
  func older(words: [String]) throws {
    try withFavs { favs throws in
      try favs("add", "X", "https://a.example", "-c", "f")
      let old = try favs("export").output
      try favs("add", "X again", "https://a.example", "-c", "f", "--duplicate", "--rank", "1")
      let new = try run(favs, words).output
      try withFavs { other throws in
        try other("import", "-", input: old)
        #expect(
          try other("import", "-", input: new).error
            .hasPrefix("2 read: 1 added, 1 skipped as duplicates\n"))
        #expect(try other("list", "--fields", "title").output == "X\nX again\n")
      }
    }
  }

  @Test func `a link that was there before is no second favourite`() throws {
    try withFavs { favs throws in
      try favs("add", "X", "https://a.example", "-c", "f")
      let rows = try favs("export").output
      try withFavs { other throws in
        try other("add", "Mine", "https://a.example/", "-c", "f")
        #expect(
          try other("import", "-", input: rows).error == "1 read: 1 skipped as duplicates\n")
        #expect(try other("list", "--fields", "title").output == "Mine\n")
      }
    }
  }

  @Test(
    "--into and --folders do with favs' own formats what they do with others",
    arguments: ["jsonl", "json", "csv", "tsv", "org", "html", "xbel", "opml"])
  func into(format: String) throws {
    try withFavs { favs throws in
      try favs("add", "A", "https://a.example", "-c", "x", "-t", "t")
      try favs("add", "B", "https://b.example", "-c", "y/z")
      let text = try favs("export", "--format", format).output
      let wanted: [([String], String)] = [
        (["--into", "sub"], "A\tsub/x\tt\nB\tsub/y/z\t\n"),
        (["--folders", "tags"], "A\tinbox\tt,x\nB\tinbox\ty,z\n"),
        (["--folders", "ignore", "--into", "sub"], "A\tsub\tt\nB\tsub\t\n"),
      ]
      for (options, lines) in wanted {
        try withFavs { other throws in
          #expect(try run(other, ["import", "-"] + options, text).code == 0)
          #expect(
            try other("list", "--sort", "title", "--fields", "title,category,tags").output == lines)
        }
      }
    }
  }

  @Test func `an object with a further key leaves the form of the others`() throws {
    let rows = [
      #"{"title":"A","rank":2,"tags":["t"],"metadata":{"ISBN":"7","day":"2024-01-31"},"metadata_types":{}}"#,
      #"{"title":"B","rank":1,"rating":5}"#,
    ]
    let lines = rows.joined(separator: "\n") + "\n"
    for text in [lines, "[\(rows.joined(separator: ","))]"] {
      try withFavs { favs throws in
        #expect(try favs("import", "-", input: text).code == 0)
        #expect(
          try favs("list", "--json", "--fields", "title,tags,metadata,metadata_types").output
            .contains(
              #"{"title":"A","tags":["t"],"metadata":{"ISBN":"7","day":"2024-01-31"},"metadata_types":{}}"#
            ))
        #expect(
          try favs("list", "--fields", "title,metadata").output
            == "B\trating=5\nA\tISBN=7;day=2024-01-31\n")
      }
    }
  }

  @Test func `a key that all objects got leaves the form of their metadata`() throws {
    try withFavs { favs throws in
      try favs(
        "import", "-", input: #"[{"title":"A","metadata":{"year":1965},"rating":5}]"#)
      #expect(try favs("list", "--fields", "title,metadata").output == "A\trating=5;year=1965\n")
    }
  }

  @Test func `what list prints as CSV comes back with its ranks, and without its ids`() throws {
    try withFavs { favs throws in
      try favs("add", "A", "https://a.example", "-c", "x", "-t", "t")
      try favs("add", "B", "https://b.example", "-c", "x", "--rank", "1")
      let table = try favs("list", "--sort", "-rank", "--format", "csv").output
      try withFavs { other throws in
        #expect(try other("import", "-", input: table).error == "2 read: 2 added\n")
        #expect(
          try other("list", "--fields", "title,category,rank,tags,metadata").output
            == "B\tx\t1\t\t\nA\tx\t2\tt\t\n")
      }
    }
  }

  @Test func `a category that ends like a rank is made by no door`() throws {
    try withFavs { favs throws in
      let row = #"{"title":"A","category":"x@3","uid":"01a20819-c8ca-7b1e-8a1e-60f2d6995487"}"#
      #expect(try favs("add", "A", "-c", "x@3").code == 2)
      #expect(try favs("add", "-", input: row).code == 8)
      #expect(try favs("import", "-", input: row).code == 0)
      try favs(
        "import", "-", input: "uid,title,folder\n01a20819-c8ca-7b1e-8a1e-60f2d6995488,B,x@3\n")
      try favs("import", "-", input: "Title,Folder\nC,x@3\n")
      #expect(
        try favs("list", "--fields", "title,category").output == "A\tx＠3\nB\tx＠3\nC\tx＠3\n")
    }
  }
}
