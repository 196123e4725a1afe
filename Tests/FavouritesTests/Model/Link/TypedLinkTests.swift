import Testing

@testable import Favourites

struct TypedLinkTests {
  @Test(arguments: [
    ("https://a.org/x", "https://a.org/x", nil), ("  https://a.org/x ", "https://a.org/x", nil),
    ("https://a.org/My File.pdf", "https://a.org/My%20File.pdf", nil),
    ("file:///home/me/My Notes.txt", "file:///home/me/My%20Notes.txt", nil),
    ("https://a.org/a\u{A0}b", "https://a.org/a%C2%A0b", nil),
    ("https://a.org A title", "https://a.org", "A title"),
    ("www.example.com", "https://www.example.com", nil),
    ("WWW.Example.com/x", "https://WWW.Example.com/x", nil),
    ("www.example.com Its title", "https://www.example.com", "Its title"),
    ("mailto:a@b.org", "mailto:a@b.org", nil), ("isbn:9780441013593", "isbn:9780441013593", nil),
  ])
  func `a word is a link`(word: String, url: String, title: String?) {
    let link = TypedLink(word, .word)
    #expect(link?.url == url)
    #expect(link?.title == title)
  }

  @Test(arguments: [
    "Dune", "Alien: Resurrection", "Re:Zero", "www", "www.", "www.x", "www..com",
    "see https://a.org",
    "", "www.a b.com",
  ])
  func `a word is no link`(word: String) {
    #expect(TypedLink(word, .word) == nil)
  }

  @Test(arguments: [
    ("https://a.example/1 The title", "https://a.example/1", "The title"),
    ("https://a.example/1\tThe title", "https://a.example/1", "The title"),
    ("https://a.example/2", "https://a.example/2", nil),
    ("The title https://a.example/1", "https://a.example/1", "The title"),
    ("The title\thttp://a.example/1", "http://a.example/1", "The title"),
    ("- https://a.example/1", "https://a.example/1", nil),
    ("* https://a.example/1 Title", "https://a.example/1", "Title"),
    ("12. www.a.example Title", "https://www.a.example", "Title"),
    ("<https://a.example/1>", "https://a.example/1", nil),
    ("Title <https://a.example/1>", "https://a.example/1", "Title"),
  ])
  func `a line is a link with its title`(line: String, url: String, title: String?) {
    let link = TypedLink(line, .line)
    #expect(link?.url == url)
    #expect(link?.title == title)
  }

  @Test(arguments: [
    "- a title", "1. Dune", "from https://a.org to https://b.org", "see isbn:123", "<a>",
  ])
  func `a line is no link`(line: String) {
    #expect(TypedLink(line, .line) == nil)
  }

  @Test func `the link of a path holds nothing that would end it`() {
    #expect(TypedLink(path: "/a b/c#d?e%f/é").url == "file:///a%20b/c%23d%3Fe%25f/%C3%A9")
  }
}
