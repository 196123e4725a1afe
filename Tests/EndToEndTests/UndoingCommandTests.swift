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
}
