import Testing

@testable import Favourites
@testable import favs

/// What is said of the state of links.
struct CheckPrinterTests {
  private let time = Timestamp(rfc3339: "2026-11-26T12:00:00Z")!

  @Test func `states are summed up in their order, and those that were not met are left out`()
    throws
  {
    let context = try Context(global: GlobalOptions(), words: [], opensFile: false)
    var printer = CheckPrinter(context, suggests: false)
    var output = Output()
    #expect(printer.summary == "")
    for state in [LinkState.broken, .alive, .skipped, .alive] {
      let link = KnownLink(
        id: 1, url: "https://a.org", title: "A", createdAt: time, isDescribed: false, sight: nil)
      try printer.add(link, LinkSight(state, at: time), &output)
    }
    #expect(printer.summary == "alive 2 · broken 1 · skipped 1")
  }

  @Test(
    arguments: [
      (.alive, 200, nil, nil, "alive (200)"),
      (.failing, nil, "no answer", nil, "failing (no answer)"),
      (.broken, 404, "not found", nil, "broken (not found)"), (.skipped, nil, nil, nil, "skipped"),
      (.moved, 301, nil, "https://b.org/\u{1B}x", "moved to https://b.org/\\u{1b}x (301)"),
      (.suspect, 200, "a\u{202E}b", nil, "suspect (a\\u{202e}b)"),
    ] as [(LinkState, Int?, String?, String?, String)])
  func `a state has its reason, else its status`(
    state: LinkState, status: Int?, reason: String?, movedTo: String?, shown: String
  ) {
    var sight = LinkSight(state, at: time)
    (sight.status, sight.reason, sight.movedTo) = (status, reason, movedTo)
    #expect(sight.shown == shown)
  }
}
