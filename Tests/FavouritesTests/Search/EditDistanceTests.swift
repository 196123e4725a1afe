import TestSupport
import Testing

@testable import Favourites

@Suite struct EditDistanceTests {
  private func distance(_ first: String, _ second: String, limit: Int = 3) -> Int? {
    EditDistance.between(Array(first.unicodeScalars), Array(second.unicodeScalars), limit: limit)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("dune", "dune", 0), ("dune", "dun", 1),
    ("dune", "dunes", 1), ("dune", "dude", 1), ("dune", "udne", 1), ("dune", "ednu", 3),
    ("solaris", "solairs", 1), ("ca", "abc", 3), ("żółw", "zółw", 1),
  ])
  func `inserting, removing, replacing and swapping count one each`(
    first: String, second: String, wanted: Int
  ) {
    #expect(distance(first, second) == wanted)
    #expect(distance(second, first) == wanted)
  }

  @Test func `what is further apart than the limit is not counted`() {
    #expect(distance("abcdef", "uvwxyz") == nil)
    #expect(distance("a", "abcde") == nil)
    #expect(distance("dune", "dude", limit: 0) == nil)
    #expect(distance("dune", "dune", limit: 0) == 0)
  }

  @Test func `parts of arrays are compared as they are`() {
    let letters = Array("xxdunexxdudexx".utf8)
    #expect(EditDistance.between(letters[2..<6], letters[8..<12], limit: 2) == 1)
  }

  @Test func `it is the same as by the definition`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<400 {
      let words = (0..<2).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          UInt8.random(in: 0x61...0x63, using: &random)
        }
      }
      let wanted = byDefinition(words[0][...], words[1][...])
      for limit in 0...7 {
        #expect(
          EditDistance.between(words[0], words[1], limit: limit)
            == (wanted <= limit ? wanted : nil))
      }
    }
  }

  /// The recurrence, without a table.
  private func byDefinition(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    guard let a = first.last, let b = second.last else { return max(first.count, second.count) }
    let (shorter, other) = (first.dropLast(), second.dropLast())
    var least = min(
      byDefinition(shorter, second) + 1, byDefinition(first, other) + 1,
      byDefinition(shorter, other) + (a == b ? 0 : 1))
    if shorter.last == b, other.last == a {
      least = min(least, byDefinition(shorter.dropLast(), other.dropLast()) + 1)
    }
    return least
  }
}
