import Testing

@testable import Favourites

@Suite struct SearchTextTests {
  @Test(arguments: [
    ("plain text, as it is", "plain text, as it is"), ("Łódź", "lódź"), ("Straße", "Strasse"),
    ("Ærø", "aero"), ("東京 x", " 東  京  x"), ("서울", " 서  울 "), ("日本語a", " 日  本  語 a"),
    ("C++", "C+ Cplusplus +"), ("C#", "C# Csharp "), ("a+b", "a+b"), ("#tag", "#tag"), ("", ""),
  ])
  func `a text is made ready for the tokenizer`(text: String, wanted: String) {
    #expect(SearchText.prepared(text) == wanted)
  }

  @Test(arguments: [
    ("https://www.example.org/a%20b/caf%C3%A9", "example.org/a b/café"),
    ("mailto:a@b", "mailto:a@b"), ("http://x/%zz%4", "x/%zz%4"), ("x://%FF", "\u{FFFD}"),
  ])
  func `a link is cut into its words`(url: String, wanted: String) {
    #expect(SearchText.prepared(url: url) == wanted)
  }

  @Test(arguments: ["Łódź C++ 東京", "a", "", "ß+#é👩‍👩‍👧", "C#C++ 서울x"])
  func `each byte knows where it comes from`(text: String) {
    let (prepared, origins) = SearchText.traced(text)
    #expect(origins.count == prepared.utf8.count)
    let size = text.utf8.count
    var last = 0
    for origin in origins {
      #expect(!origin.isEmpty && origin.lowerBound >= 0 && origin.upperBound <= size)
      #expect(origin.lowerBound >= last)
      last = origin.lowerBound
    }
  }

  @Test(arguments: [
    "", "dune", "The Left Hand of Darkness", "node.js", "don't -- 100%", "a\tb\nc", "Amélie",
    "e\u{301}tude", "Мастер и Маргарита", "👩‍👩‍👧", "a+b", "+", "++", "#tag", "# #", "2+2",
  ])
  func `what the tokenizer can deal with is left as it is`(text: String) {
    #expect(SearchText.prepared(text).utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: [
    ("C++", ["C+", "Cplusplus", "+"]), ("C#", ["C#", "Csharp"]),
    ("C++ and F#!", ["C+", "Cplusplus", "+", "and", "F#", "Fsharp", "!"]),
    ("g++-12", ["g+", "gplusplus", "+-12"]), ("Q#\n", ["Q#", "Qsharp", "\n"]),
  ])
  func `names that end in signs are words of their own`(text: String, found: [String]) {
    let words = SearchText.prepared(text).split(separator: " ").map(String.init)
    #expect(words == found)
  }

  @Test(arguments: [
    ("Łódź", "lódź"), ("Bjørn", "Bjorn"), ("Straße", "Strasse"), ("GROẞ", "GROss"),
    ("Æsir", "aesir"), ("œuvre", "oeuvre"), ("Þór", "thór"), ("Đorđe", "dorde"),
    ("Iğdır", "Iğdir"), ("Ħaż", "haż"), ("Guðrún", "Gudrún"),
  ])
  func `letters without an accent to lose are spelled out`(text: String, spelled: String) {
    #expect(SearchText.prepared(text).utf8.elementsEqual(spelled.utf8))
  }

  @Test func `of a URL that holds data only the beginning is words`() {
    let url = "data:text/plain," + String(repeating: "x", count: 5_000)
    #expect(SearchText.prepared(url: url) == String(url.prefix(2_048)))
    // One that is cut within a character, or within its percent signs, does not lose what stands before.
    let letters = SearchText.prepared(url: "ab:" + String(repeating: "é", count: 3_000))
    #expect(letters.hasPrefix("ab:" + String(repeating: "é", count: 1_022)))
  }

  @Test func `each byte is known by the characters that it comes from`() {
    let traced = SearchText.traced("aß千C++")
    #expect(traced.text == "ass 千 C+ Cplusplus +")
    #expect(
      traced.origins == [
        0..<1, 1..<3, 1..<3, 3..<6, 3..<6, 3..<6, 3..<6, 3..<6, 6..<7, 7..<8,
      ] + Array(repeating: 7..<9, count: 11) + [8..<9])
  }

  @Test func `what is prepared is traced to its text, from left to right`() {
    let pieces = [
      "a", "B", "ß", "ł", "+", "++", "#", " ", "千", "기", "é", "e\u{301}", "👩‍👩‍👧", "\u{10FFFF}", "C++",
      "1", ".", "\u{301}", "ไ",
    ]
    var random = SplitMix(seed: 5)
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let traced = SearchText.traced(text)
      #expect(SearchText.prepared(text).utf8.elementsEqual(traced.text.utf8))
      #expect(traced.origins.count == traced.text.utf8.count)
      var last = 0
      var covered = 0
      for origin in traced.origins {
        #expect(origin.lowerBound >= last && !origin.isEmpty && origin.lowerBound <= covered)
        (last, covered) = (origin.lowerBound, max(covered, origin.upperBound))
      }
      #expect(covered == text.utf8.count, "\(text.debugDescription)")
    }
  }

  @Test func `a favourite is indexed column by column`() {
    var record = FavouriteRecord(
      id: 1, uid: UID(high: 0, low: 0), category: 12, title: "Straße", at: 0, change: 1)
    var text = SearchText(record)
    #expect(
      [text.title, text.tags, text.url, text.note, text.other] == ["Strasse", "", "", "", ""])
    #expect(text.place == "k12")
    record.tags = #"["to read","ł\"q"]"#
    record.url = "https://www.x.org/%C3%A9"
    record.note = "C#"
    record.metadata = #"{"author":"Bjørn","rating":8.50,"year":{"type":"number","value":1965}}"#
    text = SearchText(record)
    #expect(text.tags == "to read l\"q")
    #expect(text.url == "x.org/é")
    #expect(text.note == "C# Csharp ")
    #expect(text.other == "Bjorn 8.50 1965")
  }
}
