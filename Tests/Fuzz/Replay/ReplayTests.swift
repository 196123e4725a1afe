import Foundation
import Testing

@testable import Exchange

/// What libFuzzer found worth keeping goes through the same doors again, without libFuzzer.
@Suite struct ReplayTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("corpus").path

  /// The inputs of a target, by name.
  private static func inputs(of target: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = corpus + "/" + target
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
      let contents = try #require(FileManager.default.contents(atPath: folder + "/" + name))
      return (name, Array(contents))
    }
  }

  @Test("every input is taken in or refused, soon and by the laws", arguments: FuzzTarget.all)
  func replays(target: FuzzTarget) throws {
    let inputs = try Self.inputs(of: target.name)
    #expect(!inputs.isEmpty)
    for input in inputs {
      let taken = ContinuousClock().measure {
        do {
          try target.run(input.bytes)
        } catch {
          Issue.record("corpus/\(target.name)/\(input.name): \(error)")
        }
      }
      // Each takes some milliseconds of a machine with nothing else to do.
      #expect(taken < .seconds(5), "corpus/\(target.name)/\(input.name)")
    }
  }

  @Test("each format that can be read has a target, and each folder belongs to one")
  func isComplete() throws {
    let names = FuzzTarget.all.map(\.name)
    #expect(Set(names).count == names.count)
    for format in Format.all { #expect(names.contains("import-\(format.name)")) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: Self.corpus).sorted() == names.sorted())
  }

  @Test("the corpus makes favourites in every format, and stays small")
  func isWorthIt() throws {
    var size = 0
    for target in FuzzTarget.all {
      let inputs = try Self.inputs(of: target.name)
      size += inputs.reduce(0) { $0 + $1.bytes.count }
      guard let format = Format.named(String(target.name.dropFirst("import-".count))),
        format.name != Format.databases.name
      else { continue }
      let isRead = inputs.contains { input in
        var file = ForeignFile(input.bytes)
        var count = 0
        try? format.read(&file, ReadingOptions()) { item, _ in
          switch item {
          case .draft, .bookmark: count += 1
          case .folder, .unreadable, .leftOut, .passedOver: break
          }
        }
        return count > 0
      }
      #expect(isRead, "nothing of corpus/\(target.name) makes a favourite")
    }
    #expect(size < 1_500_000)
  }
}

extension FuzzTarget: CustomTestStringConvertible {
  /// Its name, for a test that failed.
  var testDescription: String { name }
}
