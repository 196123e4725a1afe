import Foundation
import TestSupport
import Testing

@testable import Favourites

/// A store and a plain model of it are told the same, and have to hold the same after every step.
@Suite struct ModelTests {
  @Test func `a thousand runs of fifty steps do what the model says`() async throws {
    let tally = try await withThrowingTaskGroup(of: ModelTally.self) { group in
      for first in stride(from: UInt64(90_000), to: 91_000, by: 50) {
        group.addTask { try Self.runs(first..<first + 50) }
      }
      return try await group.reduce(into: ModelTally()) { $0 += $1 }
    }
    let steps = ModelStep.allCases.map { "\($0) \(tally.steps[$0] ?? 0)" }
    let looks = ModelLook.allCases.map { "\($0) \(tally.looks[$0] ?? 0)" }
    let refusals = StoreModel.Refusal.allCases.map { "\($0) \(tally.refusals[$0] ?? 0)" }
    if let path = ProcessInfo.processInfo.environment["FAVS_TALLY"] {
      try tally.json.write(toFile: path, atomically: true, encoding: .utf8)
    }
    print("looks: \(looks.joined(separator: ", "))")
    print("steps: \(steps.joined(separator: ", "))")
    print("refused: \(refusals.joined(separator: ", ")); rehearsed: \(tally.rehearsals)")
    // What is not made often enough is not tested any more, without a word.
    for step in ModelStep.allCases { #expect(tally.steps[step] ?? 0 >= 100, "\(step)") }
    for refusal in StoreModel.Refusal.allCases {
      #expect(tally.refusals[refusal] ?? 0 >= 10, "\(refusal)")
    }
    for look in ModelLook.allCases { #expect(tally.looks[look] ?? 0 >= 1_000, "\(look)") }
    #expect(tally.rehearsals >= 100)
  }

  private static func runs(_ seeds: Range<UInt64>) throws -> ModelTally {
    var tally = ModelTally()
    for seed in seeds {
      // Most are in memory; some in files, for what only files have.
      tally +=
        try seed.isMultiple(of: 10)
        ? withScratch { scratch in try run(seed, path: scratch.file("favs.db")) }
        : run(seed, path: nil)
    }
    return tally
  }

  private static func run(_ seed: UInt64, path: String?) throws -> ModelTally {
    var run = try ModelRun(seed: seed, path: path)
    run.tally.runs = 1
    do {
      try run.run(steps: 50)
      run.tally.failures = run.hasFailed ? 1 : 0
    } catch {
      Issue.record("\(run.comment)\n\(error)")
      run.tally.failures = 1
    }
    return run.tally
  }
}
