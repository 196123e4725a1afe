import Testing

@testable import Favourites

/// What a text means that stands where a link belongs.
struct WrittenLinkTests {
  @Test(arguments: [
    ("https://a.org/x", "https://a.org/x"), (" mailto:a@b.org ", "mailto:a@b.org"),
    ("isbn:9780441013593", "isbn:9780441013593"), ("x-my+app:1", "x-my+app:1"),
    ("javascript: alert(1)", "javascript: alert(1)"),
    ("www.a.org", "https://www.a.org"), ("WWW.a.org/My File", "https://WWW.a.org/My File"),
    ("a.org", "https://a.org"), ("a.org/x.html", "https://a.org/x.html"),
    ("a.org:8080/x", "https://a.org:8080/x"), ("münchen.de", "https://münchen.de"),
    ("//a.org/x", "https://a.org/x"),
  ])
  func `a text in the place of a link is a link, or is completed to one`(
    text: String, url: String
  ) {
    #expect(WrittenLink.url(in: text) == url)
  }

  @Test(arguments: [
    "", "n/a", "N/A", "-", "—", "none", "/x", "./x", "../a.org", "page.html", "docs/page.html",
    "=HYPERLINK(\"https://a.org\")", "Alien: Resurrection", "see https://a.org", "4.5", "1.2.3.4",
    "a@b.org", "e.g.", "a.org and b.org", "//", "mailto:",
  ])
  func `a placeholder, a path or a sentence in the place of a link is none`(text: String) {
    #expect(WrittenLink.url(in: text) == nil)
  }

  @Test func `what is no link is kept beside the title, or for a title`() {
    var draft = Draft()
    draft.url = "n/a"
    draft.settleLink()
    #expect(draft.title == "n/a")
    #expect(draft.url == nil)
    draft.url = "-"
    draft.settleLink()
    draft.url = "/x"
    draft.settleLink()
    #expect(draft.values["url"] == .text("-"))
    #expect(draft.values["url_2"] == .text("/x"))
    draft.uid = UID(high: 1, low: 1)
    draft.url = "as it was"
    draft.settleLink()
    #expect(draft.url == "as it was")
  }
}
