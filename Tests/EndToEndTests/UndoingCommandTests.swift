import TestSupport
import Testing

/// `undo N` of a change that others came after, as a user sees it.
@Suite struct UndoingCommandTests {
  @Test func `undoing a renaming takes along what came into the category since`() throws {
    try withFavs { favs in
      for words in [
        ["add", "Dune", "-c", "books"], ["category", "rename", "books", "read"],
        ["add", "Solaris", "-c", "read/sci-fi"], ["undo", "2"],
      ] {
        let outcome = try favs.words(words)
        #expect(outcome.code == 0)
      }
      #expect(
        try favs("list", "--fields", "category,title").output
          == "books\tDune\nbooks/sci-fi\tSolaris\n")
      #expect(try favs("redo").code == 0)
      #expect(
        try favs("list", "--fields", "category,title").output
          == "read\tDune\nread/sci-fi\tSolaris\n")
    }
  }

  @Test func `undo goes on behind an undo that emptied a category`() throws {
    try withFavs { favs in
      for words in [
        ["add", "Dune", "-c", "books"], ["add", "Solaris", "-c", "books"], ["rm", "2"],
        ["undo", "1"], ["undo"],
      ] {
        let outcome = try favs.words(words)
        #expect(outcome.code == 0)
      }
      #expect(try favs("list", "--fields", "category,title").output == "books\tSolaris\n")
    }
  }

  /// Two changes of each field of a favourite, one after the other.
  private static let fields = [
    (["edit", "1", "--title", "b"], ["edit", "1", "--title", "c"]),
    (["edit", "1", "-u", "https://b.org/"], ["edit", "1", "-u", "https://c.org/"]),
    (["edit", "1", "--note", "b"], ["edit", "1", "--note", "c"]),
    (["edit", "1", "-t", "b"], ["edit", "1", "--tag=-b"]),
    (["edit", "1", "--set", "k=b"], ["edit", "1", "--set", "k=c"]),
    (["move", "1", "b/"], ["move", "1", "c/"]),
  ]

  @Test(arguments: fields.indices)
  func `only a later change of the same field is in the way of taking one back`(index: Int) throws {
    try withFavs { favs in
      try favs("add", "a")
      let before = try favs("list", "--json", "--fields", "title,url,note,category,tags,metadata")
      #expect(try favs.run(Self.fields[index].0.map { Array($0.utf8) }).code == 0)
      for other in Self.fields.indices where other != index {
        #expect(try favs.run(Self.fields[other].0.map { Array($0.utf8) }).code == 0)
      }
      #expect(try favs("undo", "2").code == 0)
      for number in 3...7 { #expect(try favs("undo", "\(number)").code == 0) }
      let after = try favs("list", "--json", "--fields", "title,url,note,category,tags,metadata")
      #expect(after.output == before.output)
      #expect(try favs.run(Self.fields[index].0.map { Array($0.utf8) }).code == 0)
      #expect(try favs.run(Self.fields[index].1.map { Array($0.utf8) }).code == 0)
      let refused = try favs("undo", "14")
      #expect(refused.code == 4, "\(refused)")
    }
  }
}
