import TestSupport
import Testing

@testable import Favourites

struct UndoEverythingTests {
  /// Sequences of fifty commands, in memory, a thousand of them with `FULL=1`: all the way back is
  /// the beginning, all the way forth the end. One that fails is told with as few of its commands
  /// as still fail.
  @Test(arguments: 0..<(isFull ? 20 : 2))
  func `all the way back and forth, again and again`(group: UInt64) throws {
    var made = 0
    for seed in 0..<50 {
      let sequence = try Sequence(seed: 10_000 + group * 50 + UInt64(seed), count: 50)
      if let fault = sequence.fault(&made) {
        throw Broken(description: sequence.shortened(from: fault))
      }
    }
    // Where most commands are refused, undo has little to show.
    #expect(made >= 1_250, "of 2,500 commands")
  }

  @Test(arguments: 1...(isFull ? 60 : 12))
  func `undo takes everything back and redo makes it again`(seed: UInt64) throws {
    try withScratch { scratch in
      var run = try RandomRun(seed: seed, path: scratch.file("favs.db"))
      var store = try Store.writing(run.path)
      for _ in 0..<40 { try run.step(&store) }
      #expect(run.made >= 15, "of 40 commands")
      try run.takeBack(&store)
      try run.makeAgain(&store)
    }
  }
}

/// Commands that are run one after another, taken back and made again.
private struct Sequence {
  private let seed: UInt64
  private var steps: [RandomStep]

  init(seed: UInt64, count: Int) throws {
    self.seed = seed
    var random = RandomSteps(seed: seed)
    steps = try (0..<count).map { _ in try random.next() }
  }

  /// What is wrong, if anything is.
  ///
  /// - Parameter total: how many commands changed something, to which those of this sequence are
  ///   added.
  func fault(_ total: inout Int) -> String? {
    do {
      var store = try Store.inMemory(named: "memory")
      let beginning = try Dump(of: store.connection)
      var made = 0
      defer { total += made }
      for step in steps {
        do throws(StoreError) {
          let number = try store.change(ChangeRequest(command: step.text), step.run).change
          if number != nil { made += 1 }
        } catch .sqlite(let error) {
          return "a rule was broken in SQL: \(error)"
        } catch {
          // Refused: nothing changed.
        }
      }
      let end = try Dump(of: store.connection)
      if let fault = try difference(store, from: end, "the end") { return fault }
      for _ in 0..<made { try store.undoing() }
      if let fault = try difference(store, from: beginning, "the beginning") { return fault }
      for _ in 0..<made { try store.redoing() }
      return try difference(store, from: end, "the end again")
    } catch {
      return "\(error)"
    }
  }

  private func difference(
    _ store: borrowing Store, from wanted: Dump, _ point: String
  ) throws -> String? {
    let found = try Dump(of: store.connection)
    guard found == wanted else { return "\(point) differs\n\(found.difference(from: wanted))" }
    let broken = try brokenLaws(in: store.connection)
    return broken.isEmpty ? nil : "\(point) breaks a law: \(broken.joined(separator: "; "))"
  }

  /// The same sequence without all that it fails without, and how it fails then.
  func shortened(from fault: String) -> String {
    var (shortest, told) = (self, fault)
    var size = steps.count / 2
    while size > 0 {
      var start = 0
      while start < shortest.steps.count {
        var shorter = shortest
        shorter.steps.removeSubrange(start..<min(start + size, shorter.steps.count))
        var made = 0
        if let fault = shorter.fault(&made) {
          (shortest, told) = (shorter, fault)
        } else {
          start += size
        }
      }
      size /= 2
    }
    let lines = shortest.steps.enumerated().map { "\($0 + 1). \($1.text)" }
    return "seed \(seed), \(shortest.steps.count) of its steps:\n"
      + lines.joined(separator: "\n") + "\n\(told)"
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

  /// How many commands changed something.
  var made: Int { states.count - 1 }

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
