import Foundation
import TestSupport
import Testing

@testable import Favourites

@Suite struct VocabularyTests {
  /// A store whose vocabulary gets words in lots, as changes bring them.
  private func withVocabulary(_ lots: [[String]], _ body: (inout Store) throws -> Void) throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      for lot in lots {
        _ = try store.change(ChangeRequest(command: "add")) { store throws(StoreError) in
          var draft = Draft()
          draft.title = "Words"
          draft.note = lot.joined(separator: " ")
          _ = try store.add(draft, duplicates: .allow)
        }
      }
      try body(&store)
    }
  }

  private func words(_ store: borrowing Store) throws -> [String] {
    var words: [String] = []
    try store.forEachWord(of: 0...30) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words
  }

  private func expect(_ word: String, isIn expected: Bool, _ store: borrowing Store) throws {
    let isIn = try store.isInVocabulary(word)
    #expect(isIn == expected, "\(word)")
  }

  /// Words of six letters, all different.
  private func made(_ numbers: some Sequence<Int>) -> [String] {
    numbers.map { number in
      var (word, left) = ("", number)
      for _ in 0..<6 {
        word.append(Character(Unicode.Scalar(UInt8(97 + left % 26))))
        left /= 26
      }
      return word
    }
  }

  private func inOrder(_ words: [String]) -> [String] {
    Set(words).sorted { ($0.unicodeScalars.count, $0) < ($1.unicodeScalars.count, $1) }
  }

  @Test func `words stand in their order, whatever the order that they came in`() throws {
    let lots =
      [made(stride(from: 0, to: 3_000, by: 3)), ["zebra", "apple", "ant", "otter"]]
      + (0..<40).map { made([$0 * 53 + 1, $0 * 7]) } + [made(0..<600)]
    try withVocabulary(lots) { store in
      let expected = inOrder((lots + [["words"]]).flatMap { $0 }.filter { $0 != "ant" })
      let all = try words(store)
      #expect(all == expected)
      for word in expected { try expect(word, isIn: true, store) }
      for word in ["ant", "ebra", "zebr", "zebras", "aaaaa", "zzzzzz", ""] {
        try expect(word, isIn: false, store)
      }
    }
  }

  @Test func `words of hosts are in it, and words with marks that belong to their letters`() throws
  {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.adding(
        draft(
          "हिन्दी", url: "https://de.wikipedia.org:80/wiki/Seitenname", note: "தமிழ்"))
      try store.adding(draft("Town", url: "https://xn--mnchen-3ya.de?question#place"))
      try store.adding(draft("Écluse", url: "mailto:somebody@example.org"))
      let found = try words(store)
      #expect(
        found.sorted()
          == [
            "ecluse", "example", "mailto", "munchen", "somebody", "town", "wikipedia", "தமிழ்", "हिन्दी",
          ]
          .sorted())
      #expect(try store.inspect().filter { $0.problem != nil } == [])
    }
  }

  @Test func `no run is longer than a quarter of a page, and none is left short`() throws {
    try withVocabulary([made(0..<2_000), made(1_500..<4_000)]) { store in
      let sizes = try store.connection.query(
        "SELECT count(*), max(length(words)), avg(length(words)) FROM word WHERE length = 6")
      try #require(try sizes.next())
      #expect(sizes.integer(1) <= 901)
      #expect(sizes.integer(2) > 300)
      #expect(sizes.integer(0) < 100)
    }
  }

  @Test func `a word is found inside others, the shorter first`() throws {
    try withVocabulary([["overflowing", "flow", "overflow", "flowers", "sunflower", "low"]]) {
      store in
      var found: [String] = []
      try store.forEachWord(holding: "flow", among: 100) { word in
        found.append(word)
        return found.count < 3
      }
      #expect(found == ["flowers", "overflow", "sunflower"])
      for part in ["", " ", "r o", "xyz"] {
        try store.forEachWord(holding: part, among: 100) { word in
          Issue.record("\(word) has \(part)")
          return true
        }
      }
    }
  }

  @Test func `what is forgotten is in no run, nor the beginning of one`() throws {
    let all = made(0..<1_000)
    try withVocabulary([all]) { store in
      let firsts = try store.connection.query("SELECT first FROM word WHERE length = 6")
      var gone = Array(all.prefix(150))
      while try firsts.next() { gone.append(firsts.text(0)) }
      firsts.reset()
      #expect(gone.count > 155)
      try store.forget(gone)
      let left = inOrder(all.filter { !gone.contains($0) } + ["words"])
      let kept = try words(store)
      #expect(kept == left)
      for word in left { try expect(word, isIn: true, store) }
      let held = try store.connection.query(
        "SELECT count(*) FROM word WHERE length = 6 AND first <> '' AND first = ?")
      for word in gone where !word.isEmpty {
        held.reset()
        held.bind(word, at: 1)
        try #require(try held.next())
        #expect(held.integer(0) == 0, "\(word)")
      }
      try store.forget(left)
      let none = try words(store)
      #expect(none == [])
    }
  }
}
