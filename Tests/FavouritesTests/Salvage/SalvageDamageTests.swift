import TestSupport
import Testing

@testable import Favourites

/// `doctor --salvage` of files that were damaged page by page: what was not hit is there, and what
/// is missing is told.
struct SalvageDamageTests {
  /// A file, what it holds, and which page holds what.
  private struct Sample {
    let bytes: [UInt8]
    let entered: Entered
    /// The uids of favourites, live and trashed, with the pages that each needs.
    var needed: [String: Set<Int>] = [:]
    /// The pages of the tables from which something is taken.
    var leaves: [SalvageTable: [Int]]

    init(_ scratch: Scratch) throws {
      let path = scratch.file("favs.db")
      try fillWithEverything(path, 150, long: 3_000)
      bytes = try #require(scratch.bytes("favs.db"))
      entered = try Entered(path)
      leaves = try leavesByTable(of: path)
      let pages = try DatabasePages.of(path)
      for table in [SalvageTable.favourite, .trash] {
        for number in leaves[table] ?? [] {
          guard let content = pages.page(number),
            let page = TreePage(content, number: number, usableSize: pages.usableSize)
          else { continue }
          for row in rows(page, content, in: pages) {
            guard let uid = row.values[1].uid else { continue }
            needed[uid.text.filter { $0 != "-" }.uppercased()] = [number]
          }
        }
      }
    }

    /// Those that stand on none of some pages.
    func besides(_ pages: Set<Int>) -> Set<String> {
      Set(needed.filter { $0.value.isDisjoint(with: pages) }.keys)
    }
  }

  /// What is found in `bad.db`; nil where nothing is left in it.
  private func salvaged(_ scratch: Scratch, into target: String) throws -> Salvaged? {
    let source = scratch.file("bad.db")
    let outcome = Result { () throws -> Salvaged in
      try Store.salvage(source, into: target, command: "salvage")
    }
    if case .failure(let error) = outcome,
      error as? StoreError == .unusable(path: source, .nothingLeft)
    {
      return nil
    }
    return try outcome.get()
  }

  private func attempt(
    _ bytes: [UInt8], hit: Set<Int>, _ sample: Sample, _ scratch: Scratch, _ comment: Comment,
    mayAlter: Bool = false
  ) throws {
    scratch.write(bytes, to: "bad.db")
    let target = scratch.file("new-\(UInt64.random(in: 0 ... .max)).db")
    guard let found = try salvaged(scratch, into: target) else {
      #expect(sample.besides(hit).isEmpty, comment)
      return
    }
    let new = try Entered(target)
    #expect(new.uids.isSuperset(of: sample.besides(hit)), comment)
    #expect(scratch.bytes("bad.db") == bytes)
    if new != sample.entered {
      // A byte of a uid may be hit as one of a text may, and nothing tells either.
      #expect(
        !found.isComplete || (mayAlter && new.uids.count == sample.entered.uids.count),
        "\(comment): \(found)")
    }
    if hit.isDisjoint(with: sample.leaves.values.joined()), found.isComplete {
      #expect(new == sample.entered, comment)
    }
    #expect(try brokenLaws(of: target) == [], comment)
  }

  @Test func `whatever page is zeroed, the others give what they have`() throws {
    try withScratch { scratch in
      let sample = try Sample(scratch)
      for number in 1...sample.bytes.count / 4_096 {
        var bytes = sample.bytes
        let page = (number - 1) * 4_096..<number * 4_096
        bytes.replaceSubrange(page, with: repeatElement(0, count: 4_096))
        try attempt(bytes, hit: [number], sample, scratch, "page \(number)")
      }
    }
  }

  @Test func `wherever a file is cut off, what is missing is told`() throws {
    try withScratch { scratch in
      let sample = try Sample(scratch)
      let count = sample.bytes.count / 4_096
      for left in stride(from: 1, to: count, by: 3) {
        let bytes = Array(sample.bytes.prefix(left * 4_096 + left % 2 * 100))
        try attempt(bytes, hit: Set(left + 1...count), sample, scratch, "\(left) pages of \(count)")
        let found = try salvaged(scratch, into: scratch.file("cut-\(left).db"))
        #expect(found.map { $0.damagedPages >= count - left } ?? (left < count / 2))
      }
    }
  }

  @Test(arguments: 1...4)
  func `bytes that were changed on one page hide no other`(seed: UInt64) throws {
    try withScratch { scratch in
      let sample = try Sample(scratch)
      var random = SplitMix(seed: seed)
      let leaves = sample.leaves.values.flatMap { $0 }.sorted()
      for attempt in 0..<40 {
        var bytes = sample.bytes
        // A leaf as a rule, and any page now and then.
        let number =
          attempt % 4 == 0
          ? Int.random(in: 1...bytes.count / 4_096, using: &random)
          : leaves.randomElement(using: &random) ?? 1
        for _ in 0..<Int.random(in: 1...30, using: &random) {
          // The beginning of a page says what is on it.
          let offset =
            Bool.random(using: &random)
            ? Int.random(in: 0..<4_096, using: &random) : Int.random(in: 0..<40, using: &random)
          bytes[(number - 1) * 4_096 + offset] = .random(in: 0...255, using: &random)
        }
        try self.attempt(
          bytes, hit: [number], sample, scratch, "page \(number), \(attempt)", mayAlter: true)
      }
    }
  }

  @Test(arguments: [(20, 1), (20, 255), (20, 9), (16, 32), (17, 2), (16, 0), (18, 9), (56, 7)])
  func `a wrong byte in the header loses nothing`(offset: Int, value: UInt8) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fillWithEverything(path, 150)
      let entered = try Entered(path)
      var bytes = try #require(scratch.bytes("favs.db"))
      bytes[offset] = value
      scratch.write(bytes, to: "favs.db")
      let found = try salvage(path, to: scratch.file("new.db"))
      #expect(try Entered(scratch.file("new.db")) == entered)
      #expect(found.isComplete, "\(found)")
    }
  }

  @Test func `a page that was cut off is told where the header does not tell it`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      try fillWithEverything(path, 40)
      var bytes = try #require(scratch.bytes("favs.db"))
      bytes.replaceSubrange(24..<28, with: [9, 9, 9, 9])
      scratch.write(Array(bytes.dropLast(100)), to: "favs.db")
      #expect(try salvage(path, to: scratch.file("new.db")).damagedPages > 0)
    }
  }
}
