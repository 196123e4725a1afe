import Testing

@testable import favs

/// The line below a page.
struct FooterLineTests {
  @Test(
    arguments: [
      (1, 1, "Page 1 of 1 · 3 favourites"),
      (1, 2, "Page 1 of 2 · 3 favourites · next: favs list -t 'a b' --page 2"),
      (2, 2, "Page 2 of 2 · 3 favourites"), (3, 2, "Page 3 is empty: the last is 2 · 3 favourites"),
      (.max, 1, "Page 9223372036854775807 is empty: the last is 1 · 3 favourites"),
    ] as [(Int64, Int64, String)])
  func `it tells the page, what there is and the next one`(
    page: Int64, pages: Int64, line: String
  ) throws {
    let words = ["list", "-t", "a b", "--page", "\(page)"]
    let context = try Context(global: GlobalOptions(), words: words, opensFile: false)
    #expect(context.footerLine(page: page, of: pages, "3 favourites") == line)
  }
}
