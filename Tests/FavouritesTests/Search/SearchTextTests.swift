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
}
