import TestSupport
import Testing

@testable import Favourites

struct UndoEverythingTests {
  @Test(arguments: 1...60)
  func `undo takes everything back and redo makes it again`(seed: UInt64) throws {
    try run(seed: seed, steps: 40)
  }

  /// Runs a random sequence, takes it all back, and makes it all again.
  private func run(seed: UInt64, steps count: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var random = RandomSteps(seed: seed)
      var told = "seed \(seed)"
      var states = [try Dump(path)]
      for _ in 0..<count {
        let step = try random.next()
        told += "\n\(states.count). \(step.text)"
        guard let before = states.last else { return }
        let (number, refusal) = attempt(step, &store)
        if let refusal { told += "  -> \(refusal)" }
        let after = try Dump(path)
        if number != nil { states.append(after) } else { expect(after, before, told) }
        try checkLaws(path, told)
        if case .sqlite(let error)? = refusal {
          Issue.record("SQLite refused a step: \(error)\n\(told)")
        }
        try checkRanks(&store, path, told)
      }
      try takeBack(&store, path, states, told)
      try makeAgain(&store, path, states, told)
    }
  }

  private func attempt(_ step: RandomStep, _ store: inout Store) -> (Int64?, StoreError?) {
    do throws(StoreError) {
      return (try store.change(ChangeRequest(command: step.text), step.run).change, nil)
    } catch {
      return (nil, error)
    }
  }

  private func takeBack(
    _ store: inout Store, _ path: String, _ states: [Dump], _ told: String
  ) throws {
    for index in states.indices.dropLast().reversed() {
      do {
        try store.undoing()
      } catch {
        Issue.record("undo to state \(index): \(error)\n\(told)")
        return
      }
      expect(try Dump(path), states[index], "undo to state \(index)\n\(told)")
      try checkLaws(path, "undo to state \(index)\n\(told)")
    }
    #expect(throws: StoreError.nothingToUndo) { try store.undoing() }
  }

  private func makeAgain(
    _ store: inout Store, _ path: String, _ states: [Dump], _ told: String
  ) throws {
    for index in states.indices.dropFirst() {
      do {
        try store.redoing()
      } catch {
        Issue.record("redo to state \(index): \(error)\n\(told)")
        return
      }
      expect(try Dump(path), states[index], "redo to state \(index)\n\(told)")
      try checkLaws(path, "redo to state \(index)\n\(told)")
    }
    #expect(throws: StoreError.nothingToRedo) { try store.redoing() }
  }

  private func expect(_ found: Dump, _ wanted: Dump, _ told: String) {
    guard found != wanted else { return }
    Issue.record("\(told)\n\(found.difference(from: wanted))")
  }

  private func checkLaws(_ path: String, _ told: String) throws {
    let broken = try brokenLaws(of: path)
    if !broken.isEmpty { Issue.record("\(broken.joined(separator: "\n"))\n\(told)") }
  }

  /// What the store says of ranks is what a new reader sees, whatever it had read before.
  private func checkRanks(_ store: inout Store, _ path: String, _ told: String) throws {
    for favourite in try listed(path).suffix(3) {
      let rank = try store.rank(of: favourite.id)
      if rank != favourite.rank {
        Issue.record("rank \(rank ?? 0) of \(favourite.id) should be \(favourite.rank)\n\(told)")
      }
    }
  }
}
