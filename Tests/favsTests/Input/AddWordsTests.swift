import Testing

@testable import Favourites
@testable import favs

/// The words of `favs add`: which are titles, which are links, and which are slips.
struct AddWordsTests {
  private func items(_ words: String...) throws -> [String] {
    try AddWords(words).items.map { "\($0.title ?? "-") \($0.url ?? "-")" }
  }

  private func refusal(_ words: String...) -> Failure? {
    do throws(Failure) {
      _ = try AddWords(words)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a title and a link beside each other are one favourite`() throws {
    #expect(try items("Dune", "https://a.org/1") == ["Dune https://a.org/1"])
    #expect(try items("https://a.org/1", "Dune") == ["Dune https://a.org/1"])
    #expect(
      try items("https://a.org/1", "https://a.org/2") == ["- https://a.org/1", "- https://a.org/2"])
    #expect(try items("Dune", "Solaris") == ["Dune -", "Solaris -"])
    #expect(
      try items("Dune", "https://a.org/1", "Solaris", "https://a.org/2")
        == ["Dune https://a.org/1", "Solaris https://a.org/2"])
    #expect(
      try items("https://a.org/1", "Dune", "Solaris") == ["Dune https://a.org/1", "Solaris -"])
  }

  @Test func `a word with a slash at the end is the category of all`() throws {
    let words = try AddWords(["Dune", "Solaris", "books/sci-fi/"])
    #expect(words.category?.text == "books/sci-fi")
    #expect(words.items.map(\.title) == ["Dune", "Solaris"])
    #expect(try AddWords(["Dune", "https://a.org/"]).category == nil)
    #expect(try AddWords(["Dune", "geo:1,2"]).items.map(\.url) == ["geo:1,2"])
  }

  @Test(arguments: [
    ("work/", true), ("a b/", true), ("/", false), ("/tmp/", false), ("./x/", false),
    ("~/x/", false), ("work", false), ("https://a.org/", false), ("../", false),
  ])
  func `a category is no path and no link`(word: String, isOne: Bool) {
    #expect(AddWords.isCategory(word) == isOne)
  }

  @Test(arguments: [
    ("+sci", "-t sci"), ("#sci", "-t sci"), ("#sci's", "-t 'sci'\\''s'"), ("tag=x", "-t x"),
    ("tags:x", "-t x"), ("title=Dune", "--title Dune"), ("link:x", "-u x"), ("rank=1", "--rank 1"),
    ("year=1965", "--set year=1965"), ("htp://a.org", "http://a.org"),
    ("ttps://a.org", "https://a.org"), ("https:/a.org", "https://a.org"),
    ("http;//a.org", "http://a.org"), ("a.org/x", "https://a.org/x"),
    ("htp://a.org/it's", "'http://a.org/it'\\''s'"), ("a.org/x?y", "'https://a.org/x?y'"),
  ])
  func `a slip is refused with what was meant, and with the way to keep it`(
    word: String, right: String
  ) {
    let failure = refusal(word)
    #expect(failure?.code == .usage)
    #expect(failure?.message == "'\(word)' looks like a mistake: did you mean \(right)?")
    #expect(failure?.hint == "--title \(ShellWord.quoted(word)) keeps it as a title")
  }

  @Test(arguments: [
    "C#", "+1", "#1", "a:b", "Re:Zero", "Alien: Resurrection", "x=", "=x", "1+1=2", "AC/DC",
    "and/or", "9/11", "A=B", "e.g./i.e", "two words=x", "Dune", "é=1", "...",
  ])
  func `a title with odd signs is a title`(word: String) throws {
    #expect(try AddWords([word]).items == [AddWords.Item(title: word)])
  }

  @Test func `a category alone has nothing to add to it`() {
    let failure = refusal("work/")
    #expect(failure?.message == "'work/' is a category, but there is nothing to add to it")
    #expect(failure?.hint == "favs add TITLE work/, or --title work/ for a title")
    #expect(
      refusal("Dune", "a//b/")?.message
        == "category 'a//b' has a '/' without a name next to it")
    #expect(refusal("Dune", "films@2/")?.code == .usage)
  }

  @Test(arguments: [
    ("Dune", "Dune -"), ("https://a.org", "- https://a.org"), ("+sci", "+sci -"),
    ("year=1965", "year=1965 -"), ("work/", "work/ -"), ("htp://a.org/x", "- htp://a.org/x"),
  ])
  func `a line of a list is taken as it is`(line: String, item: String) {
    let read = AddWords.item(line: line)
    #expect("\(read.title ?? "-") \(read.url ?? "-")" == item)
  }
}
