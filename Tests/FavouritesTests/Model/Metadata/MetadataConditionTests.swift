import TestSupport
import Testing

@testable import Favourites

/// What `--where` takes.
struct MetadataConditionTests {
  @Test(
    arguments: [
      ("year > 1960", "year", .greater, .number(1960)),
      ("year==1965", "year", .equal, .number(1965)),
      ("year <> 1965", "year", .notEqual, .number(1965)), ("year>=1", "year", .atLeast, .number(1)),
      ("year<=1", "year", .atMost, .number(1)), ("a<b", "a", .less, .text("b")),
      ("heroes = Tom and Jerry", "heroes", .equal, .text("Tom and Jerry")),
      ("genre = Drama or Comedy", "genre", .equal, .text("Drama or Comedy")),
      (#"q = "year != 1 and x = 2""#, "q", .equal, .text("year != 1 and x = 2")),
      ("q = 'a = \"b\"'", "q", .equal, .text("a = \"b\"")),
      (#"q = "say \"x\" \\ y""#, "q", .equal, .text(#"say "x" \ y"#)),
      (#"year = "1965""#, "year", .equal, .text("1965")), (#"x = """#, "x", .equal, .text("")),
      (#""title" ~ x"#, "title", .holds, .text("x")), ("who = Yes!", "who", .equal, .text("Yes!")),
      ("author ~ O'Brien", "author", .holds, .text("O'Brien")),
      ("n ~ 3.10", "n", .holds, .text("3.10")),
    ] as [(String, String, MetadataCondition.Relation, MetadataValue)])
  func `one comparison is read`(
    text: String, key: String, relation: MetadataCondition.Relation, value: MetadataValue
  ) throws {
    var read = try MetadataCondition.parse(text)
    read.days = nil
    #expect(read == MetadataCondition(key: key, relation: relation, value: value))
  }

  @Test(arguments: [
    ("read = 2024", "2024-01-01", "2024-12-31"), ("read > 2024-02", "2024-02-01", "2024-02-29"),
    ("read < 2024-W13", "2024-03-25", "2024-03-31"), ("read = 2024-02-11", nil, nil),
    ("read = '2024'", nil, nil), ("read ~ 2024", nil, nil), ("read = 0202", nil, nil),
    ("read = 20240", nil, nil), ("read > 2024-02-11 10:00", nil, nil), ("read = 30", nil, nil),
  ])
  func `a period is its days too`(text: String, first: String?, last: String?) throws {
    let days = try MetadataCondition.parse(text).days
    #expect(days?.first.text == first)
    if let last { #expect(days?.last.text == last) }
  }

  @Test func `an age and the name of a day are days`() throws {
    let now = try #require(Timestamp(rfc3339: "2024-03-31T09:14:07Z"))
    let days = ["30d", "yesterday", "2 weeks ago", "soon", "12"].map { text in
      MetadataCondition.Days(text, now: now, in: .utc)
    }
    #expect(days.map { $0?.first.text } == ["2024-03-01", "2024-03-30", "2024-03-17", nil, nil])
    #expect(days.map { $0?.isAge } == [true, false, true, nil, nil])
  }

  @Test(arguments: [
    ("year", "is not 'KEY OP VALUE' with one of = == != <> < <= > >= ~"),
    ("", "is not 'KEY OP VALUE' with one of = == != <> < <= > >= ~"),
    ("year ! 3", "has '!', which is not one of = == != <> < <= > >= ~"),
    ("year =< 3", "has '=<', which is not one of = == != <> < <= > >= ~"),
    ("a =~ b", "has '=~', which is not one of = == != <> < <= > >= ~"),
    ("year === 3", "has '===', which is not one of = == != <> < <= > >= ~"),
    ("= 3", "metadata needs a key"),
    (
      "a b = 3",
      "'a b' is not a metadata key: it has a space, a control character or one of : = < > ! ~"
    ),
    ("year != 1965 and author = Lem", "has a second operator, '='"),
    ("year > 1960 && seen", "has more than one comparison"),
    ("year = 1965 or 1966", "has more than one comparison"),
    ("read > 2024-01-01 AND rating", "has more than one comparison"),
    ("x = and", "has 'and' without a comparison next to it"),
    ("x = a and", "has 'and' without a comparison next to it"),
    ("x = a > b", "has a second operator, '>'"), ("x =", "has no value"), ("x ~", "has no value"),
    (#"x ~ """#, "has nothing to search for"), (#"x = "a" b"#, "has text after the quotes"),
    ("x = 'tis", "has an unclosed quote"),
    ("title ~ x", "names 'title', which is not metadata"),
    ("Tags = x", "names 'Tags', which is not metadata"),
  ])
  func `what could mean more, or nothing, is refused`(text: String, reason: String) {
    do throws(InvalidValue) {
      _ = try MetadataCondition.parse(text)
      Issue.record("taken")
    } catch {
      #expect(error.field == "'\(text)'" && error.reason == reason)
    }
  }
}
