import TestSupport
import Testing

@testable import Favourites

struct CategoryNamesTests {
  /// Which categories have a word in their name is first told from its letters alone: that must
  /// leave out none.
  @Test(arguments: [false, true])
  func `each word that a category's name is indexed with is found`(isPlain: Bool) throws {
    var random = SplitMix(seed: isPlain ? 1 : 2)
    let signs = Array(isPlain ? "abBN1 -.'/_&@," : "abB1 -.+#^éß字ü/'")
    for _ in 0..<20 {
      var store = try Store.inMemory(named: "memory")
      var names: Set<String> = []
      for _ in 0..<6 {
        let length = Int.random(in: 1...12, using: &random)
        let made = (0..<length).map { _ in signs.randomElement(using: &random) ?? "a" }
        // Typed as one part of a path, with a letter at each end.
        names.insert("a" + String(made).replacing("/", with: "a/a") + "b")
      }
      try store.changing { store throws(StoreError) in
        for name in names {
          guard let path = try? CategoryPath.parse(name) else { continue }
          _ = try store.category(making: path)
        }
      }
      let tokenizer = try store.tokenizer()
      var found = try CategoryNames(store.connection)
      let rows = try store.connection.query("SELECT id, name FROM category")
      var count = 0
      while try rows.next() {
        let name = rows.text(1)
        for token in tokenizer.tokens(of: SearchText.indexed(name)) {
          let categories = found.categories(with: [WordForm([token.text])], tokenizer)
          #expect(categories.contains(rows.integer(0)), "\(token.text) in \(name)")
          count += 1
        }
      }
      #expect(count > 0)
    }
  }

  @Test func `of ordinary names only those with the word are found`() throws {
    var store = try Store.inMemory(named: "memory")
    var ids: [String: Int64] = [:]
    try store.changing { store throws(StoreError) in
      for name in ["Books/Sci-fi", "Wi-Fi", "work", ".NET", "a.b"] {
        guard let path = try? CategoryPath.parse(name) else { continue }
        ids[name] = try store.category(making: path).id
      }
    }
    let tokenizer = try store.tokenizer()
    var names = try CategoryNames(store.connection)
    for (word, expected) in [
      ("scifi", "Books/Sci-fi"), ("wifi", "Wi-Fi"), ("work", "work"), ("dotnet", ".NET"),
    ] {
      let forms = [WordForm([word]), .part([word], isPrefix: false)]
      #expect(names.categories(with: forms, tokenizer) == [ids[expected]], "\(word)")
    }
    for word in ["wor", "kwi", "nothing", "dotted"] {
      #expect(names.categories(with: [WordForm([word])], tokenizer) == [], "\(word)")
    }
  }
}
