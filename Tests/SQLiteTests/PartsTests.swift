import TestSupport
import Testing

@testable import SQLite

/// `favs_holds`, which looks at sixteen places at a time.
struct PartsTests {
  @Test(arguments: ["ab", "aBuqz", "abcdefghijklmnopqrstuvwxyzABCXYZ", "a/. é字_%"])
  func `a part is found wherever it is, whatever its case`(letters: String) throws {
    let connection = try Connection(unhardened: ":memory:", access: .memory)
    try connection.prepareForParts({ $0 }, values: { $0 })
    let find = try connection.prepare(
      "SELECT favs_holds(?1, 1, ?2), favs_holds(?1, 3, 'zzz', NULL, ?2)")
    var random = SplitMix(seed: 7)
    func text(upTo length: Int) -> String {
      String(
        (0..<Int.random(in: 0...length, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? "a"
        })
    }
    var hits = 0
    for _ in 0..<3_000 {
      let whole = text(upTo: 90)
      // Often one that is in it, in another case.
      var part = text(upTo: 7)
      if Bool.random(using: &random), let start = whole.indices.randomElement(using: &random) {
        let piece = String(whole[start...].prefix(Int.random(in: 1...9, using: &random)))
        part = Bool.random(using: &random) ? piece.asciiUppercased : piece
      }
      find.bind(part, at: 1)
      find.bind(whole, at: 2)
      #expect(try find.step())
      let expected = holds(Array(whole.asciiUppercased.utf8), Array(part.asciiUppercased.utf8))
      #expect(find.integer(0) == (expected ? 1 : 0), "\(part) in \(whole)")
      let besides = expected || "ZZZ".hasPrefix(part.asciiUppercased)
      #expect(find.integer(1) == (besides ? 1 : 0), "\(part) in zzz or \(whole)")
      hits += expected ? 1 : 0
      find.reset()
    }
    #expect((500..<3_000).contains(hits))
  }

  private func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { start in
      text[start..<(start + part.count)].elementsEqual(part)
    }
  }
}

extension String {
  /// With `a` to `z` as capitals, and everything else as it is.
  fileprivate var asciiUppercased: String {
    String(
      decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
  }
}
