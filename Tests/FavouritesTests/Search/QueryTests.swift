import Testing

@testable import Favourites

struct QueryTests {
  private func word(_ text: String, in field: TextTerm.Field? = nil) -> Query {
    .text(TextTerm(text, in: field))
  }

  private func metadata(
    _ key: String, _ relation: MetadataCondition.Relation, _ value: MetadataValue
  ) -> Query {
    .metadata(
      MetadataCondition(
        key: key, relation: relation, value: value,
        days: value.kind == .number
          ? MetadataCondition.Days(value.text, now: QuerySamples.now, in: .utc) : nil))
  }

  @Test func `a text knows whether it is a word, a phrase or a prefix`() {
    #expect(TextTerm("dune").kind == .word)
    #expect(TextTerm("left hand").kind == .phrase)
    #expect(TextTerm("left\u{3000}hand").kind == .phrase)
    #expect(TextTerm("left ha", isPrefix: true).kind == .prefix)
  }

  @Test func `words, phrases and prefixes are text`() {
    #expect(QuerySamples.parse("dune herbert") == .all([word("dune"), word("herbert")]))
    #expect(QuerySamples.parse(#""left hand""#) == word("left hand"))
    #expect(QuerySamples.parse("dun*") == .text(TextTerm("dun", isPrefix: true)))
    #expect(
      QuerySamples.parse(#"title:"left ha"*"#)
        == .text(TextTerm("left ha", isPrefix: true, in: .title)))
  }

  @Test func `not binds closer than and, and closer than or`() {
    #expect(
      QuerySamples.parse("not a b or c and -d")
        == .any([.all([.not(word("a")), word("b")]), .all([word("c"), .not(word("d"))])]))
  }

  @Test func `tags, categories and states are what they are in filters`() throws {
    #expect(QuerySamples.parse("#SciFi") == .tag(try TagName.parse("SciFi")))
    #expect(QuerySamples.parse("in:books/old") == .category(try CategoryPath.parse("books/old")))
    #expect(QuerySamples.parse("is:untagged") == .state(.lacks(.tags)))
    #expect(QuerySamples.parse("is:opened") == .state(.opened))
    #expect(QuerySamples.parse("is:unopened") == .state(.unopened))
    #expect(QuerySamples.parse("has:url") == .state(.has(.url)))
    #expect(QuerySamples.parse("no:author") == .state(.lacks(.metadata("author"))))
  }

  @Test func `metadata has the kind that its value looks like`() throws {
    let day = try #require(CalendarDate(text: "2024-02-11"))
    #expect(QuerySamples.parse("year:>1960") == metadata("year", .greater, .number(1960)))
    #expect(QuerySamples.parse("year:=1960") == metadata("year", .equal, .number(1960)))
    #expect(QuerySamples.parse("seen:<=2024-02-11") == metadata("seen", .atMost, .date(day)))
    #expect(QuerySamples.parse("author:~herb") == metadata("author", .holds, .text("herb")))
    #expect(QuerySamples.parse("author:~1") == metadata("author", .holds, .text("1")))
    #expect(QuerySamples.parse(#"year:"1960""#) == metadata("year", .equal, .text("1960")))
    #expect(
      QuerySamples.parse("year:1960..1970")
        == .all([
          metadata("year", .atLeast, .number(1960)), metadata("year", .atMost, .number(1970)),
        ]))
  }

  @Test func `a period or an age by itself is looked for in days and in texts`() {
    #expect(
      QuerySamples.explanation("seen:2024-03 -seen:30d")
        == #"(seen:~"2024-03" OR seen:=2024-03) AND NOT (seen:~"30d" OR seen:>=30d)"#)
    #expect(QuerySamples.explanation("seen:>yesterday") == "seen:>yesterday")
    #expect(
      QuerySamples.explanation("seen:2024-03..2024-05")
        == "seen:>=2024-03 AND seen:<=2024-05")
    #expect(QuerySamples.explanation(#"seen:"2024-03""#) == #"seen:="2024-03""#)
  }

  @Test(arguments: ["category:books/", "in:books/", "category:\"books/\""])
  func `a category may end with a slash`(text: String) throws {
    #expect(QuerySamples.parse(text) == .category(try CategoryPath.parse("books")))
  }

  @Test func `names of fields and states are the same in any case`() {
    #expect(QuerySamples.parse("has:URL") == .state(.has(.url)))
    #expect(QuerySamples.parse("no:Tags") == .state(.lacks(.tags)))
    #expect(QuerySamples.parse("is:Untagged") == .state(.lacks(.tags)))
    #expect(Query.Trait("Note") == .note)
  }

  @Test func `a state that is none is answered with those that there are`() {
    var parser = QueryParser("is:nosuch", metadataKeys: [], now: QuerySamples.now)
    _ = parser.parse()
    #expect(
      parser.refusal?.reason
        == "'nosuch' is none of untagged, opened, unopened, alive, moved, blocked, failing, broken, "
        + "suspect, skipped")
  }

  @Test func `a date is bounded by instants that belong to it`() throws {
    let start = try #require(Timestamp(rfc3339: "2024-01-01T00:00:00Z"))
    let end = try #require(Timestamp(rfc3339: "2024-12-31T23:59:59.999Z"))
    let afterwards = try #require(Timestamp(rfc3339: "2025-01-01T00:00:00Z"))
    let before = try #require(Timestamp(rfc3339: "2023-12-31T23:59:59.999Z"))
    #expect(QuerySamples.parse("created:>=2024") == .date(.created, .since, start))
    #expect(QuerySamples.parse("created:>2024") == .date(.created, .since, afterwards))
    #expect(QuerySamples.parse("modified:<=2024") == .date(.modified, .until, end))
    #expect(QuerySamples.parse("opened:<2024") == .date(.opened, .until, before))
    #expect(
      QuerySamples.parse("created:2024")
        == .all([.date(.created, .since, start), .date(.created, .until, end)]))
  }

  @Test func `positive terms are those that are wanted, left to right`() {
    let query = QuerySamples.parse("a -b (c* or title:d) not (e -f) #g -(-h)")
    #expect(
      query?.positiveTerms == [
        TextTerm("a"), TextTerm("c", isPrefix: true), TextTerm("d", in: .title), TextTerm("h"),
      ])
  }

  @Test func `a term can be replaced by what was meant`() {
    let query = QuerySamples.parse("dnue -dnue (hebert or #x)")
    let mapped = query?.mapPositiveTerms { term in
      term.text == "dnue" ? .any([.text(term), word("dune")]) : .all([word("her"), word("bert")])
    }
    #expect(
      mapped?.explanation
        == #"("dnue" OR "dune") AND NOT "dnue" AND (("her" AND "bert") OR tag:x)"#)
  }

  @Test func `a replacement can fail with an error of its own`() {
    struct Refusal: Error {}
    let query = word("a")
    #expect(throws: Refusal.self) {
      try query.mapPositiveTerms { (_) throws(Refusal) in throw Refusal() }
    }
  }

  @Test func `simplifying takes out what says nothing`() {
    let nested = Query.all([
      .all([word("a")]), .not(.not(.all([word("b"), .any([word("c")])]))),
      .any([.any([word("d"), word("e")]), word("f")]),
    ])
    #expect(
      nested.simplified
        == .all([word("a"), word("b"), word("c"), .any([word("d"), word("e"), word("f")])]))
  }

  @Test func `a term more than are read is passed over, and the parser says so`() {
    let most = Array(repeating: "a", count: Query.mostTerms).joined(separator: " ")
    var parser = QueryParser(most, metadataKeys: [], now: QuerySamples.now)
    #expect(parser.parse()?.positiveTerms.count == Query.mostTerms)
    #expect(!parser.wasCut)
    for more in [" b", " (b", " or b", " or", " created:2024"] {
      var parser = QueryParser(most + more, metadataKeys: [], now: QuerySamples.now)
      #expect(parser.parse() == QuerySamples.parse(most))
      #expect(parser.wasCut)
    }
    for more in [" ", " ()", "))", " (((", #" """#] {
      var parser = QueryParser(most + more, metadataKeys: [], now: QuerySamples.now)
      #expect(parser.parse() == QuerySamples.parse(most))
      #expect(!parser.wasCut)
    }
  }

  @Test func `parentheses deeper than the bound are passed over`() {
    func nested(_ depth: Int) -> String { String(repeating: "a or b (", count: depth) + "z" }
    func count(_ query: Query?) -> Int? { query?.explanation.utf8.count { $0 == 0x28 } }
    // What is clearer with two parentheses a level has one where the bound asks for it.
    #expect(count(QuerySamples.parse(nested(32))) == 63)
    #expect(count(QuerySamples.parse(nested(Query.deepest))) == Query.deepest - 1)
    #expect(QuerySamples.parse(nested(200))?.positiveTerms.count == 401)
    let shut = String(repeating: "(", count: 300) + "a" + String(repeating: ")", count: 300) + " b"
    #expect(QuerySamples.explanation(shut) == #""a" AND "b""#)
  }
}
