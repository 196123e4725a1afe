import Testing

@testable import Favourites

struct HighlighterTests {
  private typealias Mark = PreparedSearch.Mark

  private func mark(
    _ tokens: String..., prefix: Bool = false, in field: TextTerm.Field? = nil
  ) -> Mark {
    Mark(tokens: tokens, isPrefix: prefix, field: field)
  }

  /// What marks hit in a favourite.
  private func hit(_ draft: Draft, _ marks: [Mark], score: Double? = nil) throws -> SearchHit {
    var store = try Store.inMemory(named: "memory")
    let id = try store.adding(draft)
    let favourite = try #require(try store.favourite(id))
    return Highlighter(try store.tokenizer(), marks).hit(favourite, score: score)
  }

  /// The pieces of a snippet that are marked.
  private func marked(_ snippet: SearchHit.Snippet?) -> [String] {
    let scalars = Array((snippet?.text ?? "").unicodeScalars)
    return (snippet?.hits ?? []).map { range in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
  }

  @Test(arguments: [
    ("Dune", ["dune"], ["Dune"]), ("The Dune sea, DUNE", ["dune"], ["Dune", "DUNE"]),
    ("Amélie", ["amelie"], ["Amélie"]), ("cafe\u{301} x", ["cafe"], ["cafe\u{301}"]),
    ("Große Straße", ["strasse"], ["Straße"]), ("Łódź", ["lodz"], ["Łódź"]),
    ("千と千尋の神隠し", ["千", "尋"], ["千尋"]), ("千と千尋", ["千"], ["千", "千"]),
    ("Learn C++ now", ["c", "cplusplus"], ["C++"]), ("Learn C# now", ["c", "csharp"], ["C#"]),
    ("the left hand of", ["left", "hand"], ["left hand"]), ("left a hand", ["left", "hand"], []),
    ("👩‍👩‍👧 Dune 👩‍👩‍👧", ["dune"], ["Dune"]), ("dunes", ["dune"], []),
    ("sci-fi", ["sci", "fi"], ["sci-fi"]),
    ("da da da", ["da", "da"], ["da da"]), ("x", [], []),
  ])
  func `the letters that were hit are marked`(
    note: String, tokens: [String], found: [String]
  ) throws {
    let marks = tokens.isEmpty ? [] : [Mark(tokens: tokens, isPrefix: false, field: nil)]
    let hit = try hit(try draft("-", note: note), marks)
    #expect(marked(hit.snippet) == found)
    #expect(hit.snippet?.text == (found.isEmpty ? nil : note))
    #expect(hit.matched == (found.isEmpty ? [] : [.note]))
  }

  @Test func `a beginning marks all of the word`() throws {
    let favourite = try draft("The Fahrenheit scale fahrt")
    #expect(
      try marked(hit(favourite, [mark("fah", prefix: true)]).snippet) == ["Fahrenheit", "fahrt"])
    #expect(
      try marked(hit(favourite, [mark("the", "fah", prefix: true)]).snippet) == ["The Fahrenheit"])
  }

  @Test func `of two that begin in one place the longer one is marked`() throws {
    let hit = try hit(try draft("left hand left"), [mark("left"), mark("left", "hand")])
    #expect(marked(hit.snippet) == ["left hand", "left"])
  }

  @Test func `every field that holds it is told, the note or else the title is shown`() throws {
    var favourite = try draft(
      "The sea", url: "https://sea.org", note: "by the sea", tags: ["deep sea", "x"],
      set: ["place=sea"])
    var found = try hit(favourite, [mark("sea")], score: 1.5)
    #expect(found.score == 1.5)
    #expect(found.matched == [.title, .tags, .url, .note, .metadata])
    #expect(found.snippet?.field == .note)
    favourite.note = nil
    found = try hit(favourite, [mark("sea")])
    #expect(found.score == nil)
    #expect(found.snippet == SearchHit.Snippet(field: .title, text: "The sea", hits: [4..<7]))
    found = try hit(favourite, [mark("deep")])
    #expect(found.snippet == SearchHit.Snippet(field: .tags, text: "deep sea, x", hits: [0..<4]))
    found = try hit(favourite, [mark("sea", in: .url)])
    #expect(found.matched == [.url])
    #expect(found.snippet?.text == "https://sea.org")
    #expect(marked(found.snippet) == ["sea"])
  }

  @Test func `a host in ASCII is marked where it is found in its own letters`() throws {
    let found = try hit(try draft("-", url: "https://xn--mnchen-3ya.de/plan"), [mark("munchen")])
    #expect(found.matched == [.url])
    #expect(marked(found.snippet) == ["xn--mnchen-3ya"])
  }

  @Test func `nothing hit is nothing shown`() throws {
    let found = try hit(try draft("Dune", note: "sand"), [mark("sea"), mark("sand", in: .title)])
    #expect(found == SearchHit(score: nil, matched: [], snippet: nil))
  }

  @Test func `a long text is cut around the first hit, at the beginning of a word`() throws {
    let before = (1...30).map { "word\($0)" }.joined(separator: " ")
    let after = (31...60).map { "word\($0)" }.joined(separator: " ")
    let snippet = try #require(
      try hit(try draft("-", note: "\(before) Dune \(after) dune"), [mark("dune")]).snippet)
    #expect(snippet.text.hasPrefix("…word26 word27 word28 word29 word30 Dune word31"))
    #expect(snippet.text.hasSuffix("…"))
    #expect(snippet.text.unicodeScalars.count <= 122)
    #expect(marked(snippet) == ["Dune"], "the other one is cut off")
    // A text that fits is shown whole, wherever the hit is.
    let short = String(repeating: "x ", count: 58) + "dune"
    #expect(try hit(try draft("-", note: short), [mark("dune")]).snippet?.text == short)
  }

  @Test func `a hit at either end of a long text has no sign of more on that side`() throws {
    let rest = String(repeating: "あ", count: 200)
    let first = try #require(
      try hit(try draft("-", note: "Dune " + rest), [mark("dune")]).snippet)
    #expect(first.text.hasPrefix("Dune あ"))
    #expect(first.text.hasSuffix("あ…"))
    #expect(first.hits == [0..<4])
    let last = try #require(
      try hit(try draft("-", note: rest + " Dune"), [mark("dune")]).snippet)
    #expect(last.text.hasPrefix("…"))
    #expect(last.text.hasSuffix("Dune"))
    #expect(marked(last) == ["Dune"])
  }

  @Test func `a hit that is longer than a snippet is marked as far as it is shown`() throws {
    let long = String(repeating: "y", count: 300)
    let snippet = try #require(
      try hit(try draft("-", note: long + " end"), [mark("yy", prefix: true)]).snippet)
    #expect(snippet.text == String(repeating: "y", count: 120) + "…")
    #expect(snippet.hits == [0..<120])
  }

  @Test func `a hit in a link is marked where it stands, encoded or not`() throws {
    for (url, tokens, found) in [
      ("https://de.example.org/wiki/K%C3%B6ln", ["koln"], ["K%C3%B6ln"]),
      ("https://e.org/a%20b", ["a", "b"], ["a%20b"]), ("https://www.e.org/x", ["e"], ["e"]),
      ("https://e.org/%FF/dune", ["dune"], ["dune"]), ("https://e.org/x", ["https"], []),
      ("https://www.e.org/x", ["www"], []),
    ] as [(String, [String], [String])] {
      let hit = try hit(
        try draft("-", url: url), [Mark(tokens: tokens, isPrefix: false, field: nil)])
      #expect(marked(hit.snippet) == found, "\(url)")
      #expect(hit.matched == (found.isEmpty ? [] : [.url]), "\(url)")
    }
  }
}
