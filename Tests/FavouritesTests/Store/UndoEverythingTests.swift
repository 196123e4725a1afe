import TestSupport
import Testing

@testable import Favourites

struct UndoEverythingTests {
  @Test(arguments: 1...60)
  func `undo takes everything back and redo makes it again`(seed: UInt64) throws {
    try withScratch { scratch in
      var run = try RandomRun(seed: seed, path: scratch.file("favs.db"))
      var store = try Store.writing(run.path)
      for _ in 0..<40 { try run.step(&store) }
      try run.takeBack(&store)
      try run.makeAgain(&store)
    }
  }
}

/// A sequence that went wrong: what, the commands that led there, and the rows that differ.
private struct Broken: Error, CustomStringConvertible {
  let description: String
}

/// A random sequence with the state that the file had after each of its changes.
private struct RandomRun {
  let path: String
  private var random: RandomSteps
  private var told: String
  private var states: [Dump] = []

  init(seed: UInt64, path: String) throws {
    self.path = path
    random = RandomSteps(seed: seed)
    told = "seed \(seed)"
    _ = try Store.writing(path)
    states = [try Dump(path)]
  }

  /// Runs one more command; one that is refused has to leave the file as it was.
  mutating func step(_ store: inout Store) throws {
    let step = try random.next()
    told += "\n\(states.count). \(step.text)"
    var (number, refusal) = (Int64?.none, StoreError?.none)
    do throws(StoreError) {
      number = try store.change(ChangeRequest(command: step.text), step.run).change
    } catch {
      refusal = error
      told += "  -> \(error)"
    }
    if case .sqlite? = refusal { throw Broken(description: "a rule was broken in SQL\n\(told)") }
    if number != nil { states.append(try Dump(path)) }
    try expect(states.count - 1, "after a step")
    try checkRanks(&store)
  }

  /// Undoes all of it.
  func takeBack(_ store: inout Store) throws {
    for index in states.indices.dropLast().reversed() {
      do throws(StoreError) {
        try store.undoing()
      } catch {
        throw Broken(description: "undo to state \(index): \(error)\n\(told)")
      }
      try expect(index, "undo")
      try checkRanks(&store)
    }
    #expect(throws: StoreError.nothingToUndo) { try store.undoing() }
  }

  /// Redoes all of it.
  func makeAgain(_ store: inout Store) throws {
    for index in states.indices.dropFirst() {
      do throws(StoreError) {
        try store.redoing()
      } catch {
        throw Broken(description: "redo to state \(index): \(error)\n\(told)")
      }
      try expect(index, "redo")
      try checkRanks(&store)
    }
    #expect(throws: StoreError.nothingToRedo) { try store.redoing() }
  }

  private func expect(_ index: Int, _ what: String) throws {
    let found = try Dump(path)
    guard found == states[index] else {
      let difference = found.difference(from: states[index])
      throw Broken(description: "\(what): state \(index) differs\n\(told)\n\(difference)")
    }
    let broken = try brokenLaws(of: path)
    guard broken.isEmpty else {
      let laws = broken.joined(separator: "\n")
      throw Broken(description: "\(what): state \(index) breaks a law\n\(laws)\n\(told)")
    }
  }

  /// What the store says of ranks is what a new reader sees, whatever it had read before.
  private func checkRanks(_ store: inout Store) throws {
    for favourite in try listed(path).suffix(3) {
      let rank = try store.rank(of: favourite.id) ?? 0
      guard rank == favourite.rank else {
        throw Broken(
          description: "rank \(rank) of \(favourite.id) should be \(favourite.rank)\n\(told)")
      }
    }
  }
}
