import TestSupport
import Testing

@testable import Favourites

struct QueryFuzzTests {
  private static let pieces =
    [
      "(", ")", "(", ")", "-(", "\"", "\"\"", "\"", "-", "#", ":", "|", "||", "*", " ", " ", " ",
      " ", " ", "\t", "\u{3000}", "\u{85}", "\u{2028}", "not ", " or ", " and ", "NOT", "OR", "&&",
      "a", "b", "dune", "sci-fi", "title:", "Url:", "note:(", "tags:", "tag:", "category:", "in:",
      "year:", "author:~", "new:>", "isbn:=", "has:", "no:", "is:opened", "is:", "created:",
      "age:<", "opened:!=", "..", "2024", "2024-05-01", "6m", "1960", "-5", "1e3", "0.5", "007",
      ">", "<=", "=", "!=", "!", "~", ",", "/", "\\", "'", "e\u{301}", "\u{301}", "👩‍👩‍👧",
      "\u{202E}", "\u{200D}", "\u{FFFF}", "\u{10FFFF}", "ß", "İ", "\u{212A}", "\u{1}", "\u{7F}",
    ]

  /// The law: what was understood can be written down, and is understood again.
  private func check(_ text: String) {
    guard let query = QuerySamples.parse(text) else {
      #expect(text.trimmed.isEmpty)
      return
    }
    let explanation = query.explanation
    let again = QuerySamples.parse(explanation)
    #expect(again == query, "\(text.debugDescription) as \(explanation.debugDescription)")
    // `==` of strings is that of letters; this is that of bytes.
    #expect(again?.explanation.utf8.elementsEqual(explanation.utf8) ?? false)
    #expect(query.simplified == query)
  }

  @Test func `any text is a query that can be explained`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...24, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? ""
      }
      check(text)
    }
  }

  @Test func `any beginning and any end of a query is a query`() {
    for query in QuerySamples.long {
      let scalars = Array(query.unicodeScalars)
      for count in 0...scalars.count {
        var beginning = String.UnicodeScalarView()
        beginning.append(contentsOf: scalars[..<count])
        check(String(beginning))
        var end = String.UnicodeScalarView()
        end.append(contentsOf: scalars[count...])
        check(String(end))
      }
    }
  }

  @Test func `deep nesting can be explained up to the bound`() {
    for depth in [31, 32, 33, 63, 64, 65, 66, 200] {
      for openings in [
        ["a (", "b or ("], ["-(a ", "b or -("], ["-(", "x | title:("], ["("], ["a or b ("],
      ] {
        var text = ""
        for level in 0..<depth { text += openings[level % openings.count] }
        check(text + "-created:2024")
        check(text + "y (not year:1..2 z")
        check(text + "y" + String(repeating: ")", count: depth / 2) + " or z")
      }
    }
  }

  @Test(arguments: [
    "(", ")", "-(", "title:(", "()", "\"", "\"\"", "\" ", "a\"", "a:\"", "a:\" ", "#\"", "#\" ",
    "-\"", "-\" ", "x:\"\" ", "x:\"b\"", "title:\"b", "\"a\"*", "not ", "or ", "a or ", "a ", "a",
    "-", "- ", ":", "a:", "year:", "|", "*", "\u{3000}", "é", "👩‍👩‍👧", "9", ".", "1..", "a(", "(a)",
    "created:2024 ", " ",
  ])
  func `a long query is read in linear time`(piece: String) {
    let text = String(repeating: piece, count: 131_072 / piece.utf8.count)
    for text in [text, "title:" + text, "created:" + text, "year:" + text, "\"" + text] {
      // Reading in quadratic time would take thousands of millions of steps, and minutes.
      #expect(time(toRead: text) < .seconds(5))
    }
  }

  @Test(arguments: ["(", "a", "a ", "a:\"", "title:", "\"\"", "not ", "-("])
  func `a mebibyte is read at once`(piece: String) {
    // A tenth of this in a debug build on a machine with nothing else to do.
    let text = String(repeating: piece, count: 1_048_576 / piece.utf8.count)
    #expect(time(toRead: text) < .seconds(10))
  }

  private func time(toRead text: String) -> Duration {
    ContinuousClock().measure { _ = QuerySamples.parse(text)?.explanation }
  }
}
