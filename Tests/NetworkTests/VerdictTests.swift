import Favourites
import Testing

@testable import Network

struct VerdictTests {
  private let now = Timestamp(milliseconds: 1_700_000_000_000)

  /// A visit to a link that is answered by a status after some redirects.
  private func visit(
    _ link: String, _ redirects: [(Int, String)] = [], _ status: Int
  ) throws -> Visit {
    var visit = Visit(try #require(WebAddress(link)), allowsPrivate: false)
    for (status, target) in redirects {
      var transfer = Transfer(status: status)
      transfer.head =
        ResponseHead.read(
          Array("HTTP/1.1 \(status) X\r\nLocation: \(target)\r\n\r\n".utf8)
        ).head
      _ = visit.take(transfer, isDirect: true, now: now)
    }
    // Twice more for what is asked for again.
    for _ in 0...2 { _ = visit.take(Transfer(status: status), isDirect: true, now: now) }
    return visit
  }

  private func state(
    _ visit: Visit, _ end: Visit.End = .answered, before: LinkSight? = nil, isStrict: Bool = false,
    isAnything: Bool = false
  ) -> LinkSight {
    Verdict(isStrict: isStrict, now: now).sight(
      visit, end, page: nil, isAnything: isAnything, before: before)
  }

  @Test func `a new address is that of the permanent redirects in front`() throws {
    let moved = state(
      try visit(
        "http://example.org/a",
        [(301, "https://example.org/a"), (308, "/b"), (302, "/c"), (301, "/d")], 200))
    #expect(moved.state == .moved)
    #expect(moved.movedTo == "https://example.org/b")
    #expect(moved.finalURL == "https://example.org/d")
    for redirects in [
      [(302, "/b"), (301, "/c")], [(301, "http://EXAMPLE.org/a/")], [(301, "/login?next=/a")],
      [(301, "https://accounts.example.org/x")],
    ] {
      #expect(state(try visit("http://example.org/a", redirects, 200)).state == .alive)
    }
  }

  @Test func `a front page in place of a page is suspect`() throws {
    for target in ["/", "https://www.example.org/index.html", "https://other.example/"] {
      #expect(
        state(try visit("https://example.org/a", [(301, target)], 200)).state == .suspect)
    }
    #expect(
      state(try visit("http://example.org/", [(301, "https://example.org/")], 200)).state == .moved)
    #expect(state(try visit("https://example.org/a", [], 200), isAnything: true).state == .suspect)
  }

  @Test func `sites of known habits are blocked, others fail`() throws {
    #expect(state(try visit("https://www.linkedin.com/in/x", [], 404)).state == .blocked)
    #expect(state(try visit("https://example.org/x", [], 404)).state == .failing)
    #expect(state(try visit("https://notlinkedin.com/x", [], 404)).state == .failing)
    for status in [401, 403, 407, 429, 451, 999] {
      #expect(state(try visit("https://example.org/x", [], status)).state == .blocked)
    }
  }

  @Test func `a second failure counts a day after the first`() throws {
    let visit = try visit("https://example.org/x", [], 404)
    var before = state(visit)
    #expect(before.state == .failing && before.failures == 1 && before.failedAt == now)
    before.failedAt = Timestamp(milliseconds: now.milliseconds - Verdict.patience + 1)
    #expect(state(visit, before: before).state == .failing)
    before.failedAt = Timestamp(milliseconds: now.milliseconds - Verdict.patience)
    let broken = state(visit, before: before)
    #expect(broken.state == .broken && broken.failures == 2)
    #expect(broken.failedAt == before.failedAt)
    #expect(state(visit, .failed(.name), before: broken).state == .broken)
    // Whatever it answers in between, it begins again.
    #expect(state(try self.visit("https://example.org/x", [], 403), before: broken).failures == 0)
    #expect(state(visit, isStrict: true).state == .broken)
  }

  @Test func `a page that is unchanged is what it was`() throws {
    var before = LinkSight(.alive, at: Timestamp(milliseconds: 1))
    before.etag = "\"x\""
    let sight = state(try visit("https://example.org/x", [], 304), before: before)
    #expect(sight.state == .alive && sight.etag == "\"x\"" && sight.checkedAt == now)
  }

  @Test func `pages are like each other by their words`() {
    let words = (0..<200).map { "word\($0)" }
    let page = Likeness(Array(words.joined(separator: " ").utf8))
    #expect(page.isLike(Likeness(Array((words + ["one", "two"]).joined(separator: " ").utf8))))
    #expect(!page.isLike(Likeness(Array(words.dropFirst(50).joined(separator: " ").utf8))))
  }
}
