import Foundation
import TestSupport
import Testing

/// What people type who have not read the help.
struct FirstGuessesTests {
  private func kept(_ favs: Favs, _ format: String = "{category}|{title}|{url}\\n") throws
    -> [String]
  {
    try favs("list", "--sort", "id", "--format", format).output.split(separator: "\n").map(
      String.init)
  }

  @Test(arguments: [
    (["Brandur", "https://brandur.org"], ["inbox|Brandur|https://brandur.org"]),
    (["https://brandur.org", "Brandur"], ["inbox|Brandur|https://brandur.org"]),
    (
      ["A", "https://a.org", "https://b.org", "B"],
      ["inbox|A|https://a.org", "inbox|B|https://b.org"]
    ),
    (["A", "B", "https://b.org"], ["inbox|A|", "inbox|B|https://b.org"]),
    (["https://a.org/x", "work/"], ["work|a.org/x|https://a.org/x"]),
    (["A", "https://a.org/", "work/web/"], ["work/web|A|https://a.org/"]),
    (
      ["https://a.org/", "https://b.org/"],
      ["inbox|a.org|https://a.org/", "inbox|b.org|https://b.org/"]
    ),
    (["www.example.com", "-c", "work/"], ["work|example.com|https://www.example.com"]),
    (
      ["https://example.com/My File.pdf"],
      ["inbox|example.com/My%20File.pdf|https://example.com/My%20File.pdf"]
    ),
    (["--title", "+1", "https://a.org"], ["inbox|+1|https://a.org"]),
    (["--title", "work/"], ["inbox|work/|"]),
    (["-u", "https://a.org", "A"], ["inbox|A|https://a.org"]),
    (["-u", "https://a.org"], ["inbox|a.org|https://a.org"]),
    (
      ["Alien: Resurrection", "AC/DC", "C#", "E=mc²", "1984"],
      ["inbox|Alien: Resurrection|", "inbox|AC/DC|", "inbox|C#|", "inbox|E=mc²|", "inbox|1984|"]
    ),
  ])
  func `add keeps what is meant`(words: [String], rows: [String]) throws {
    try withFavs { favs in
      let outcome = try favs.run((["add"] + words).map { Array($0.utf8) })
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try kept(favs) == rows)
    }
  }

  @Test func `the path of a file that is there is its link, with its name for a title`() throws {
    try withFavs { favs in
      try Data().write(to: URL(fileURLWithPath: favs.folder + "/My notes #1.txt"))
      try FileManager.default.createDirectory(
        atPath: favs.folder + "/Dune", withIntermediateDirectories: false)
      #expect(try favs("add", favs.folder + "/My notes #1.txt").code == 0)
      #expect(try favs("add", favs.folder + "/Dune/").code == 0)
      #expect(try favs("add", "Notes", favs.folder + "/My notes #1.txt", "files/").code == 0)
      let folder = favs.folder.utf8.contains(UInt8(ascii: " ")) ? "" : favs.folder
      #expect(
        try kept(favs) == [
          "inbox|My notes #1.txt|file://\(folder)/My%20notes%20%231.txt",
          "inbox|Dune|file://\(folder)/Dune",
          "files|Notes|file://\(folder)/My%20notes%20%231.txt",
        ])
    }
  }

  @Test(arguments: [
    ("+classic", "-t classic"), ("#classic", "-t classic"), ("year=1965", "--set year=1965"),
    ("url=https://a.org", "-u https://a.org"), ("category:books", "-c books"),
    ("htp://a.org/x", "http://a.org/x"), ("https:/a.org", "https://a.org"),
    ("https//a.org", "https://a.org"), ("a.org/path", "https://a.org/path"),
    ("note=it's", #"--note 'it'\''s'"#),
  ])
  func `a word that looks like a slip is refused with what to type instead`(
    word: String, right: String
  ) throws {
    try withFavs { favs in
      let outcome = try favs("add", word)
      #expect(outcome.code == 2, "\(outcome)")
      #expect(outcome.error.contains("did you mean \(right)?"), "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: favs.database))
      #expect(try favs("add", "--title", word).code == 0)
    }
  }

  @Test(arguments: [
    ["add", "work/"], ["add"], ["add", "A", "https://a.org", "-u", "https://b.org"],
    ["add", "A", "work/", "-c", "books"], ["add", "A", "-t", "-x"],
    ["add", "A", "--on-duplicate", "skip"],
    ["move", "1", "work/", "--to", "books"], ["undo", "--with-later"],
  ])
  func `what says two things, or nothing, is a matter of usage`(words: [String]) throws {
    try withFavs { favs in
      let outcome = try favs.run(words.map { Array($0.utf8) })
      #expect(outcome.code == 2, "\(outcome)")
    }
  }

  @Test func `a slash at the end of a category and tags with commas and signs are understood`()
    throws
  {
    try withFavs { favs in
      try favs("add", "A", "-t", "+x", "-t", "y,z")
      #expect(try kept(favs, "{tags}\n") == ["x,y,z"])
      try favs("edit", "1", "-t", "+w,-y", "-c", "work/")
      try favs("edit", "1", "-t", "-x")
      #expect(try kept(favs, "{category} {tags}\n") == ["work w,z"])
      #expect(try favs("list", "--in", "work/", "-t", "w,z", "--count").output == "1\n")
      #expect(try favs("list", "work/", "-t", "-w", "--count").output == "0\n")
      #expect(try favs("category", "show", "work/").code == 0)
      #expect(try favs("move", "1", "books/", "--first").code == 0)
      #expect(try favs("move", "--in", "books", "inbox/").code == 0)
      #expect(try kept(favs, "{category}\n") == ["inbox"])
    }
  }

  @Test func `several added at the first rank keep their order`() throws {
    try withFavs { favs in
      try favs("add", "Z", "-c", "l")
      try favs("add", "A", "B", "C", "-c", "l", "--rank", "first")
      #expect(try favs("list", "l", "--format", "{title}").output == "ABCZ")
    }
  }

  @Test func `one line that cannot be kept does not lose the others where that is asked for`()
    throws
  {
    try withFavs { favs in
      let long = String(repeating: "x", count: 5_000)
      let lines = "one\nhttps://a.org/1\n\(long)\nhttps://a.org/1 again\nlast\n"
      #expect(try favs("add", "-", input: lines).code == 8)
      #expect(try favs("list", "--count").output == "0\n")
      let outcome = try favs("add", "-", "-c", "new", "--on-duplicate", "skip", "-q", input: lines)
      #expect(outcome.code == 1)
      #expect(outcome.error.contains("line 3"), "\(outcome)")
      #expect(try kept(favs) == ["new|one|", "new|a.org/1|https://a.org/1", "new|last|"])
      let json = "{\"title\":\"a\"}\n{\"title\":7}\n{broken\n{\"title\":\"b\"}\n"
      #expect(try favs("add", "-", "-c", "json", "--on-duplicate", "keep", input: json).code == 1)
      #expect(try favs("list", "json", "--format", "{title}").output == "ab")
      let bytes = Array("a\n".utf8) + [0xFF, 0x0A] + Array("b\n".utf8)
      let words = ["add", "-", "-c", "bytes", "--on-duplicate", "update"].map { Array($0.utf8) }
      #expect(try favs.run(words, input: bytes).code == 1)
      #expect(try favs("list", "bytes", "--format", "{title}").output == "ab")
    }
  }

  @Test func `an array of JSON goes back in as it came out, and a title in brackets is a title`()
    throws
  {
    try withFavs { favs in
      let array = " [\n {\"title\":\"a\",\"url\":\"https://a.org/1\"},\n {\"title\":\"b\"}]\n"
      try favs("add", "-", "-q", input: array)
      #expect(try kept(favs) == ["inbox|a|https://a.org/1", "inbox|b|"])
      try favs("add", "-", "-q", input: "[]")
      try favs("add", "-", "-q", input: "[a] title\n- https://a.org/2 Two\nThree https://a.org/3\n")
      #expect(
        try kept(favs).suffix(3) == [
          "inbox|[a] title|", "inbox|Two|https://a.org/2", "inbox|Three|https://a.org/3",
        ])
    }
  }

  @Test func `a category is not made for what is refused`() throws {
    try withFavs { favs in
      let long = String(repeating: "x", count: 5_000)
      let lines = "{\"title\":\"a\"}\n{\"title\":\"\(long)\",\"category\":\"gone\"}\n"
      let outcome = try favs("add", "-", "--on-duplicate", "skip", input: lines)
      #expect(outcome.code == 1)
      #expect(try favs("category", "list", "--format", "{name}\\n").output == "inbox\n")
    }
  }

  @Test func `templates know metadata and dates by short names, and refuse slips`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965", "--set", "titel=x")
      #expect(
        try favs("list", "--format", "{year} {metadata.titel} {nothing}.").output == "1965 x .")
      let time = try favs("list", "--format", "{created_at}")
      #expect(try favs("list", "--format", "{created}") == time)
      #expect(try favs("list", "--format", "{titel}").code == 2)
    }
  }

  @Test(arguments: [
    ("remove", "rm"), ("delete", "rm"), ("create", "add"), ("view", "show"), ("tags", "tag"),
  ])
  func `what others call a command leads to it`(name: String, command: String) throws {
    try withFavs { favs in
      let outcome = try favs(name)
      #expect(outcome.error.contains("did you mean '\(command)'?"))
    }
  }

  @Test(arguments: ["filters", "query", "fields", "dates", "formats", "exit-codes"])
  func `help tells about more than commands`(topic: String) throws {
    try withFavs { favs in
      let outcome = try favs("help", topic)
      #expect(outcome.code == 0)
      #expect(outcome.output.split(separator: "\n").count > 4)
      #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(outcome)")
      #expect(try favs("help").output.contains(topic))
    }
  }

  @Test func `a change is named by its number behind an at sign`() throws {
    try withFavs { favs in
      try favs("add", "A")
      try favs("edit", "1", "--title", "B")
      let marked = try favs("history", "#2")
      #expect(try favs("history", "@2") == marked)
      #expect(try favs("history", "@2").output.contains("\tB"))
      #expect(try favs("show", "1", "--at", "@1", "--format", "{title}").output == "A")
      #expect(try favs("diff", "1", "--at", "@1").output.contains("- title: A"))
      #expect(try favs("list", "--change", "@2", "--count").output == "1\n")
      #expect(try favs("undo", "@2").code == 0)
      #expect(try kept(favs) == ["inbox|A|"])
    }
  }

  @Test func `what was opened is never what undo takes back`() throws {
    try withFavs { favs in
      favs.environment["BROWSER"] = "/bin/true"
      try favs("add", "A", "https://a.org/1")
      try favs("add", "B", "https://a.org/2")
      try favs("rm", "1")
      #expect(try favs("open", "2").code == 0)
      #expect(try favs("undo").output.contains("rm 1"))
      #expect(try favs("list", "--count").output == "2\n")
      let outcome = try favs("undo", "4")
      #expect(outcome.code == 4)
      #expect(outcome.error == "favs: change 4 only counted an opening: nothing to undo\n")
    }
  }

  @Test
  func `an older change of another field is undone, and with later ones where they are in the way`()
    throws
  {
    try withFavs { favs in
      try favs("add", "A")
      try favs("edit", "1", "--title", "B")
      try favs("edit", "1", "--note", "n", "-t", "x")
      try favs("edit", "1", "--title", "C", "-t", "y")
      let refused = try favs("undo", "2")
      #expect(
        refused
          == Outcome(
            4,
            error: "favs: change 2 cannot be undone: later changes touched the same fields\n"
              + "hint: favs undo 2 --with-later also undoes change 4\n"))
      #expect(try favs("undo", "3").code == 0)
      #expect(try kept(favs, "{title}|{note}|{tags}\\n") == ["C||y"])
      #expect(try favs("undo", "2", "--with-later").code == 0)
      #expect(try kept(favs, "{title}|{note}|{tags}\\n") == ["A||"])
    }
  }
}
