import TestSupport
import Testing

@testable import Favourites

struct LikenessTests {
  @Test func `a title is compared with what was typed`() {
    func likeness(_ title: String, _ typed: String) -> Likeness {
      Likeness(
        of: title.split(separator: " ").map(String.init),
        to: typed.split(separator: " ").map(String.init))
    }
    #expect(likeness("the sea", "the sea") == .whole)
    #expect(likeness("the sea wolf", "the sea") == .beginning)
    #expect(likeness("by the sea", "the sea") == .within)
    #expect(likeness("the deep sea", "the sea") == .none)
    #expect(likeness("by sea", "sea") == .none)
    #expect(likeness("sea", "the sea") == .none)
    #expect(likeness("sea", "") == .none)
  }

  @Test func `one word in a title is not a row of words`() {
    #expect(LikenessBounds(.within, .within, typed: 1) == .known(.none))
    #expect(LikenessBounds(.within, .within, typed: 2) == .known(.within))
  }

  @Test(arguments: [
    (1, Likeness.whole, Likeness.whole), (3, .beginning, .whole), (4, .beginning, .beginning),
  ])
  func `the length of a title bounds its likeness`(
    length: Int, least: Likeness, most: Likeness
  ) throws {
    var bounds = LikenessBounds(.beginning, .beginning, typed: 1)
    try bounds.learn(length: length, typed: 1) { false }
    #expect((bounds.least, bounds.most) == (least, most))
    // A long one is read only if it is the same in letters.
    var same = LikenessBounds(.beginning, .beginning, typed: 1)
    try same.learn(length: length, typed: 1) { true }
    #expect(same.most == .whole)
  }

  /// Titles are ordered as if all had been read, by the index as it is in the file and by FTS5.
  @Test(arguments: [true, false], ["sea", "the sea", "sea*", "\"the sea\"", "sea or wave"])
  func `hits are ordered by what their titles are`(readsIndex: Bool, text: String) throws {
    var store = try Store.inMemory(named: "memory")
    store.readsIndex = readsIndex
    let titles = [
      "Sea", "The Sea", "the sea wolf", "A wolf of the sea", "Sea of the wolf", "seaside, the sea",
      "Sea! The sea", "The-Sea", "SeaWolf sea", "wolf", "wave", "a wave of the sea and more of it",
    ]
    let drafts = try (0..<60).map { try draft(titles[$0 % titles.count], in: "films") }
    try store.changing { store throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
    }
    let query = try #require(
      Query.parse(text, metadataKeys: [], now: Timestamp(milliseconds: 1_795_000_000_000)))
    var selection = Selection()
    selection.search = try store.prepare(query, .never)
    let all = try store.rankedHits(selection, atLeast: nil).ids
    #expect(Set(all).count == all.count && all.count >= 25)
    for wanted in [1, 5, 21, 60] {
      let first = try store.rankedHits(selection, atLeast: wanted)
      #expect(first.ids.prefix(wanted) == all.prefix(wanted), "\(wanted)")
      for id in all {
        guard let rank = first.ranks[id] else { continue }
        #expect(try store.rank(of: id) == rank)
      }
    }
    // What was typed is the whole title of the first ones.
    let typed = text.split(separator: " ").map { $0.filter(\.isLetter).lowercased() }
    guard typed.count <= 2 else { return }
    let best = try #require(try store.favourite(all[0]))
    #expect(best.title.lowercased().split { !$0.isLetter }.map(String.init) == typed)
  }
}
