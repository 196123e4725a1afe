import Testing

@testable import favs

/// Links as other programs get them.
struct OpenerTests {
  @Test(arguments: [
    ("https://a.org/x?y=1#z", "https://a.org/x?y=1#z"),
    ("https://a.org/a b", "https://a.org/a%20b"),
    ("https://a.org/\"x\"", "https://a.org/%22x%22"),
    ("https://a.org/`id`", "https://a.org/%60id%60"),
    ("https://a.org/\n", "https://a.org/%0A"), ("https://a.org/\\", "https://a.org/%5C"),
    ("https://a.org/<{|}>^", "https://a.org/%3C%7B%7C%7D%3E%5E"),
    ("https://a.org/%20", "https://a.org/%20"), ("https://é.org/七", "https://é.org/七"),
    ("https://a.org/'$()", "https://a.org/'$()"), ("x:\u{7F}", "x:%7F"),
  ])
  func `what is no part of a link is written by its number`(url: String, escaped: String) {
    #expect(Opener.escaped(url) == escaped)
  }
}
