import Testing

@testable import favs

/// The words of a command line, as the footer of a page and the history have them.
struct CommandWordsTests {
  @Test(arguments: [
    (["list"], "favs list --page 2"), (["list", "--page", "1"], "favs list --page 2"),
    (["list", "--page=1", "-t", "a b"], "favs list -t 'a b' --page 2"),
    (["list", "--page", "1", "--page=5"], "favs list --page 2"),
    (["list", "--per-page", "5"], "favs list --per-page 5 --page 2"),
    (["search", "--", "-x"], "favs search --page 2 -- -x"),
    (["search", "--page", "3", "--", "--page", "7"], "favs search --page 2 -- --page 7"),
    (["list", "-c", "it's $HOME"], "favs list -c 'it'\\''s $HOME' --page 2"),
    (["list", "-c", "caf\u{E9}"], "favs list -c 'caf\u{E9}' --page 2"),
    (["list", "-c", ""], "favs list -c '' --page 2"),
    (["list", "-c", "a\u{1B}b"], "--page 2"), (["list", "-c", "a\u{202E}b"], "--page 2"),
    (["list", "-c", "a\nb"], "--page 2"),
  ])
  func `the next page is asked for by the same line`(words: [String], line: String) {
    #expect(CommandWords(words).line(page: 2) == line)
  }

  @Test func `the history keeps a long line up to a length`() {
    let kept = CommandWords(["add", String(repeating: "é", count: 300)]).kept
    #expect(kept.hasPrefix("add 'éééé") && kept.hasSuffix("é…"))
    #expect(kept.utf8.count <= 240 + "…".utf8.count)
    #expect(CommandWords(["add", "x"]).kept == "add x")
    #expect(CommandWords([]).kept == "")
  }

  @Test func `programs get the words one by one`() {
    #expect(CommandWords(["add", "a \"b\"", ""]).json == #"["add","a \"b\"",""]"#)
    #expect(CommandWords([]).json == "[]")
  }

  @Test(arguments: [
    (Deed.change(7, .undo), "change 7 was saved anyway; favs undo reverts it"),
    (.change(7, .redo), "change 7 was saved anyway; favs redo reverts it"),
    (.change(7, .never), "change 7 was saved anyway; it cannot be undone"),
    (.file("/tmp/a b"), "'/tmp/a b' was written anyway"),
    (.sights, "the state of the links was saved anyway"),
  ])
  func `what is done stays done, and that is said`(deed: Deed, hint: String) {
    #expect(deed.hint == hint)
  }

  @Test func `what was done says how to take it back, what would be does not`() {
    let told = Told(done: "moved", would: "would move", wayBack: "favs undo reverts it")
    #expect(told.text(isRehearsal: false) == "moved; favs undo reverts it")
    #expect(told.text(isRehearsal: true) == "would move")
    #expect(Told(done: "moved", would: "would move").text(isRehearsal: false) == "moved")
  }
}
