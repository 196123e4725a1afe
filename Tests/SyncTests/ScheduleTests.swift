import Favourites
import Foundation
import Sync
import TestSupport
import Testing

/// Random commands on several machines, and syncs between them: in the end all have the same.
@Suite struct ScheduleTests {
  private static let count =
    ProcessInfo.processInfo.environment["FAVS_SCHEDULES"].flatMap(Int.init) ?? 60

  @Test func `after random commands and syncs all machines end with the same`() throws {
    for seed in 1...Self.count { try Self.run(UInt64(seed)) }
  }

  private static let year: Int64 = 365 * 86_400_000
  private static let categories = ["inbox", "a", "a/b", "a/c", "d", "d/b"]

  private static func run(_ seed: UInt64) throws {
    var dice = SplitMix(seed: seed)
    let remote = MemoryRemote()
    let homes = try (0..<Int.random(in: 2...4, using: &dice))
      .map { number in
        // Some clocks are up to a year off, and half of all take what comes in a few lines at a
        // time.
        let skew: Int64 = Bool.random(using: &dice) ? 0 : .random(in: -year...year, using: &dice)
        return try Home("h\(number)", portion: number % 2 == 0 ? 10_000 : 2, skew: skew)
      }
    for _ in 0..<Int.random(in: 10...60, using: &dice) {
      guard let home = homes.randomElement(using: &dice) else { continue }
      if Int.random(in: 0..<4, using: &dice) == 0 {
        // Killed after its transaction, or behind the push, or not at all.
        let kill = Int.random(in: 0..<8, using: &dice)
        let outcome = try home.sync(remote, publishes: kill > 1)
        if kill == 1 { remote.take(outcome) }
        #expect(outcome.refusal == nil, "seed \(seed)")
      } else {
        try act(home, &dice)
      }
    }
    for _ in 0..<4 {
      for home in homes {
        let outcome = try home.sync(remote)
        #expect(
          outcome.refusal == nil && outcome.tally.waiting.isEmpty,
          "seed \(seed): \(outcome.tally.waiting) \(outcome.tally.notes)")
      }
    }
    let first = try homes[0].canonical()
    for home in homes.dropFirst() {
      let other = try home.canonical()
      if first != other {
        let differences = Set(first).symmetricDifference(other).sorted()
        Issue.record("seed \(seed): \(home.host) differs: \(differences.joined(separator: "\n"))")
      }
    }
    for home in homes {
      let outcome = try home.sync(remote)
      #expect(
        outcome.puts.isEmpty && outcome.change == nil, "seed \(seed): something is left to do")
      for inspection in try home.store.inspect() where inspection.problem != nil {
        Issue.record("seed \(seed): \(inspection.check) \(inspection.problem ?? "")")
      }
    }
  }

  private static func attempt(
    _ home: Home, _ body: (inout Store) throws(StoreError) -> Void
  ) {
    do { try home.change(body) } catch {}
  }

  /// Something that a person does; what cannot be done is not.
  private static func act(_ home: Home, _ dice: inout SplitMix) throws {
    let living = try home.store.syncLiving(after: 0)
    let id = living.randomElement(using: &dice)
    let name = categories.randomElement(using: &dice) ?? "inbox"
    let path = try CategoryPath.parse(name)
    let number = Int.random(in: 0..<100, using: &dice)
    let other = try CategoryPath.parse(categories.randomElement(using: &dice) ?? "inbox")
    let trashed = try home.store.syncFavouriteIDs().filter { !living.contains($0) }
    switch Int.random(in: 0..<15, using: &dice) {
    case 0...3:
      try home.add(
        "t\(number)", url: number % 3 == 0 ? nil : "https://example.org/\(number % 7)", in: name,
        tags: number % 2 == 0 ? ["x"] : [])
    case 4, 5:
      guard let id else { return }
      var patch = Patch()
      if number % 3 == 0 { patch.note = "n\(number)" } else { patch.title = "e\(number)" }
      if number % 5 == 0 { patch.addedTags = [try TagName.parse("y")] }
      try home.change { (store) throws(StoreError) in try store.edit([id], patch) }
    case 6, 7:
      guard let id else { return }
      var patch = Patch()
      patch.category = path
      patch.placing = .rank(Int64(number % 5 + 1))
      attempt(home) { (store) throws(StoreError) in _ = try store.edit([id], patch) }
    case 8:
      guard let id else { return }
      try home.change { (store) throws(StoreError) in try store.remove([id]) }
    case 9:
      guard let id = trashed.randomElement(using: &dice) else { return }
      attempt(home) { (store) throws(StoreError) in _ = try store.restore([id]) }
    case 10:
      if number % 3 > 0 {
        attempt(home) { (store) throws(StoreError) in _ = try store.undo(last: 1) }
      } else {
        attempt(home) { (store) throws(StoreError) in _ = try store.redo(last: 1) }
      }
    case 11:
      attempt(home) { (store) throws(StoreError) in try store.renameCategory(path, to: other) }
    case 12:
      attempt(home) { (store) throws(StoreError) in try store.mergeCategory(path, into: other) }
    case 13:
      attempt(home) { (store) throws(StoreError) in _ = try store.removeCategory(path) }
    default:
      guard number % 3 == 0 else { return }
      try home.change { (store) throws(StoreError) in
        _ = try store.empty(trashed + store.undoneIDs(before: nil))
        _ = try store.emptyCategories(deletedBefore: nil)
      }
    }
  }
}
