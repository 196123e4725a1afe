import Testing

@testable import Favourites

struct LooseLinkTests {
  private func loose(_ url: String) -> String {
    String(decoding: LinkKey.loose(url), as: UTF8.self)
  }

  @Test(arguments: [
    "http://example.org/a", "https://example.org/a/", "https://www.example.org/a",
    "https://m.example.org/a", "https://www.m.example.org/a", "https://example.org/a/amp",
    "https://example.org/a/amp/", "https://example.org/a?amp", "https://example.org/a?amp=1",
    "https://example.org/a?utm_source=x&fbclid=y", "https://example.org/a?",
    "HTTPS://EXAMPLE.ORG/a#top",
    "https://example.org:443/%61?utm_campaign=%20#",
  ])
  func `links to one page have one loose key`(url: String) {
    #expect(loose(url) == "http://example.org/a")
  }

  @Test(arguments: [
    ("https://example.org/a?id=1", "https://example.org/a"),
    ("https://example.org/a#!/b", "https://example.org/a"),
    ("https://example.org/a#/b", "https://example.org/a"),
    ("https://example.org/ampere", "https://example.org/ere"),
    ("https://example.org/a?ample=1", "https://example.org/a"),
    ("https://en.example.org/a", "https://example.org/a"),
    // Names of two parts stay whole.
    ("https://m.de/a", "https://de/a"), ("https://www.com/a", "https://com/a"),
    ("https://example.org:8080/a", "https://example.org/a"),
    ("ftp://example.org/a", "https://example.org/a"),
    ("mailto:a@example.org?utm_source=x", "mailto:a@example.org"),
    ("not a link", "https://not"),
  ])
  func `links to two pages have two`(one: String, other: String) {
    #expect(loose(one) != loose(other))
  }
}
