import Testing

@testable import Favourites

/// Regular expressions: what they find, and what they may cost.
struct PatternTests {
  private func finds(_ pattern: String, _ text: String) throws -> Bool? {
    PatternSearch(try Pattern(pattern)).finds(in: Array(text.utf8))
  }

  @Test(
    arguments: [
      ("dune", "Dune Messiah", true), ("^dune$", "Dune", true), ("^dune$", "Dune ", false),
      ("", "x", true), ("a|b", "xb", true), ("a|", "x", true), ("(a|b)c", "xbc", true),
      ("ab*c", "ac", true), ("ab+c", "ac", false), ("ab?c", "abc", true),
      ("^a{2,3}$", "aaaa", false),
      ("^a{2,3}$", "aaa", true), ("^a{2}$", "aa", true), ("^a{2,}$", "aaaaa", true),
      ("^a{,2}$", "", true), ("^(ab){2}$", "abab", true), ("a.c", "a\nc", true), ("^.$", "é", true),
      ("[a-c]x", "BX", true), ("[^a-c]x", "bx", false), ("[^a-c]x", "dx", true),
      ("[]x]", "]", true),
      ("[^]x]", "]", false), ("[[:digit:]]{4}", "in 1965", true), ("[[:alpha:]]", "1", false),
      ("[[:upper:]]", "a", true), ("[[.-.]]", "-", true), ("[[=a=]]", "A", true),
      ("[a-]", "-", true),
      ("[\\]", "\\", true), ("a\\.b", "axb", false), ("a\\.b", "a.b", true), ("\\(", "(", true),
      ("\\bund\\b", "Frost und Eis", true), ("\\bund\\b", "hundert", false),
      ("\\<ei", "Frost Eis", true),
      ("st\\>", "Frost Eis", true), ("\\w\\s\\W", "a !", true), ("\\Bun", "hund", true),
      ("über", "ÜBER", true), ("[à-ü]ber", "Über", true), ("^$", "", true), ("$^", "", true),
      ("(a*)*b", "aaac", false), ("(a*)+$", "aaa", true), ("()", "", true), ("x()*y", "xy", true),
      ("a{0}b", "b", true), ("千.の", "千と千尋の", true), ("千.x", "千と千尋の", false), ("千尋", "千と千尋の", true),
      ("k", "\u{212A}", true),
      ("^rain|ston.$", "Gravestone", true), ("🏴+", "🏴🏴", true),
    ] as [(String, String, Bool)])
  func `a pattern finds what it says`(pattern: String, text: String, isFound: Bool) throws {
    #expect(try finds(pattern, text) == isFound)
  }

  @Test(arguments: [
    "(", ")", "a)", "[", "[a", "a{", "a{2", "a{3,2}", "*", "a|*", "\\", "\\1", "[[:no:]]", "[z-a]",
  ])
  func `what is none is refused`(pattern: String) {
    #expect((try? Pattern(pattern)) == nil)
  }

  @Test func `back references are known, and brackets and escapes told from them`() {
    for pattern in ["(a)\\1", "\\(\\9", "[a]\\2", "[^]]\\1", "[]]\\1", "\\\\\\1"] {
      #expect(Pattern.hasBackReference(pattern), "\(pattern)")
    }
    for pattern in ["a1", "\\\\1", "[\\1]", "[]\\1]", "[^]\\1]", "\\0", "\\(1"] {
      #expect(!Pattern.hasBackReference(pattern), "\(pattern)")
    }
  }

  /// In the C library these take time or memory that doubles with each letter.
  @Test(arguments: [
    "(a*)*b", "(a|aa)*c", "(a|b)*a(a|b){20}c", "(.*)(.*)(.*)(.*)(.*)x", "((a{1,9}){1,9}){1,9}b",
    "(a?){30}a{30}x", "(a|a)*$x", "([ab]*)*c",
  ])
  func `no text takes more steps than its length times that of the pattern`(source: String) throws {
    let pattern = try Pattern(source)
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 3_000)
    let budget = 3 * (text.count + 1) * pattern.steps.count
    let search = PatternSearch(pattern, budget: budget)
    #expect(search.finds(in: text) == false)
    #expect(search.budget > 0)
  }

  @Test func `what is spent is spent for all texts, and then nothing is found any more`() throws {
    let search = PatternSearch(try Pattern("(a|b)*c"), budget: 10_000)
    let text = Array(String(repeating: "a", count: 100).utf8)
    var answers: [Bool?] = []
    for _ in 0..<200 { answers.append(search.finds(in: text)) }
    #expect(answers.first == false)
    #expect(answers.last == .some(nil))
  }

  @Test func `a pattern that is far too long for its size is refused`() {
    #expect((try? Pattern("(((a{99}){99}){99}){99}")) == nil)
    let nested = String(repeating: "(", count: 600) + String(repeating: ")", count: 600)
    #expect((try? Pattern(nested)) == nil)
  }

  @Test func `where letters cannot begin a match they are passed over at no cost`() throws {
    let search = PatternSearch(try Pattern("dune"), budget: 100)
    #expect(search.finds(in: Array(String(repeating: "x", count: 10_000).utf8)) == false)
    #expect(search.budget > 90)
  }

  @Test func `ranges that lie over each other are asked for once`() {
    var ranges = RangeSet()
    func add(_ range: ClosedRange<Int64>) -> [String] {
      ranges.add(range).map { "\($0.part.lowerBound)-\($0.part.upperBound)\($0.isNew ? "+" : "")" }
    }
    #expect(add(5...10) == ["5-10+"])
    #expect(add(5...10) == ["5-10"])
    #expect(add(1...20) == ["1-4+", "5-10", "11-20+"])
    #expect(add(15...Int64.max) == ["15-20", "21-\(Int64.max)+"])
    #expect(add(3...4) == ["3-4"])
    #expect(add(-5...0) == ["-5-0+"])
    #expect(add(Int64.min...Int64.max) == ["\(Int64.min)--6+", "-5-0", "1-\(Int64.max)"])
  }
}
