import Testing

@testable import Sync
@testable import favs

/// What a sync says that it did.
struct SyncPrinterTests {
  private func things(_ count: Int) -> Set<ThingName> {
    Set((0..<count).map { ThingName(kind: .favourite, id: Int64($0)) })
  }

  private func text(
    added: Int = 0, changed: Int = 0, trashed: Int = 0, purged: Int = 0, sent: Int = 0,
    change: Int64? = nil, isFirst: Bool = false, isRehearsal: Bool = false
  ) -> String {
    var report = SyncWork.Report()
    report.tally.added = added
    report.tally.changed = things(changed)
    report.tally.trashed = things(trashed)
    report.tally.purged = things(purged)
    (report.sent, report.change, report.isFirst) = (sent, change, isFirst)
    return SyncPrinter.text(report, isRehearsal: isRehearsal)
  }

  @Test func `only what was done is told`() {
    #expect(text() == "nothing to do")
    #expect(text(isFirst: true) == "nothing to send or receive yet")
    #expect(text(sent: 5) == "sent 5")
    #expect(text(added: 3, change: 12) == "received 3 added · change 12")
    #expect(
      text(added: 1, changed: 2, trashed: 3, purged: 4, sent: 5, change: 6)
        == "received 1 added, 2 changed, 3 to the trash, 4 deleted for good · sent 5 · change 6")
  }

  @Test func `a dry run tells what would be done, and of no change`() {
    #expect(text(isRehearsal: true) == "nothing to do")
    #expect(
      text(changed: 1, sent: 2, change: 7, isRehearsal: true)
        == "would receive 1 changed · would send 2")
  }
}
