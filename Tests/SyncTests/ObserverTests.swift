import Favourites
import Foundation
import Sync
import TestSupport
import Testing

/// What devices of the model in Tests/SyncModel write, read by the program: it comes to the same as
/// in the model.
@Suite struct ObserverTests {
  private static let count =
    ProcessInfo.processInfo.environment["FAVS_SCHEDULES"].flatMap(Int.init) ?? 20

  private struct Look: Decodable {
    let seed: Int
    let now: Int64
    let tree: [String: String]
    let state: [String]
  }

  @Test func `what devices of the model write is read as the model reads it`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("SyncModel")
    let first = ProcessInfo.processInfo.environment["FAVS_SEED"] ?? "1"
    let (output, code) = try python(["observe.py", first, "\(Self.count)", "80"], in: folder)
    try #require(code == 0, "\(output.suffix(2_000))")
    var home = try Home("observer")
    var seed = -1
    var count = 0
    for line in output.split(separator: "\n") {
      let look = try JSONDecoder().decode(Look.self, from: Data(line.utf8))
      if look.seed != seed {
        home = try Home("observer")
        seed = look.seed
      }
      count += 1
      home.now = look.now - 1
      let remote = MemoryRemote(look.tree.mapValues { Array($0.utf8) })
      let outcome = try home.sync(remote, publishes: false)
      #expect(outcome.refusal == nil, "seed \(seed)")
      let mine = try home.canonical()
      if count % 10 == 0 {
        // Whoever joins has the same, however much is read at a time.
        let (one, other) = (try Home("one"), try Home("other", portion: 2))
        for home in [one, other] {
          home.now = look.now - 1
          #expect(try home.sync(remote, publishes: false).refusal == nil)
        }
        #expect(try one.canonical() == other.canonical(), "seed \(seed)")
      }
      guard mine != look.state else { continue }
      let differences =
        Set(mine).subtracting(look.state).sorted().map { "+ \($0)" }
        + Set(look.state).subtracting(mine).sorted().map { "- \($0)" }
      Issue.record("seed \(seed): \(outcome.tally)\n\(differences.joined(separator: "\n"))")
      return
    }
    #expect(count > Self.count, "the model's devices synced")
  }
}
