import Testing

@testable import Favourites

/// The grammar, line by line: each query next to how it is understood.
struct QueryLanguageTests {
  @Test(arguments: [
    ("dune", #""dune""#),
    ("dune herbert", #""dune" AND "herbert""#),
    (#""left hand""#, #""left hand""#),
    (#""  left hand ""#, #""left hand""#),
    (#""dune""#, #""dune""#),
    ("dun*", #""dun"*"#),
    (#""left ha"*"#, #""left ha"*"#),
    (#"say "she said ""hello""" now"#, #""say" AND "she said ""hello""" AND "now""#),
    (#""a""b""#, #""a""b""#),
    (#""left"hand"#, #""left" AND "hand""#),
    ("dune\u{3000}herbert\u{A0}x\ty", #""dune" AND "herbert" AND "x" AND "y""#),
  ])
  func `words, phrases and prefixes`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("-film", #"NOT "film""#),
    ("not film", #"NOT "film""#),
    ("NOT film", #"NOT "film""#),
    ("dune not film", #""dune" AND NOT "film""#),
    (#"-"left hand""#, #"NOT "left hand""#),
    ("-dun*", #"NOT "dun"*"#),
    ("not not film", #""film""#),
    ("not -film", #""film""#),
    ("-not", #"NOT "not""#),
    ("dune or solaris", #""dune" OR "solaris""#),
    ("dune OR solaris", #""dune" OR "solaris""#),
    ("dune | solaris", #""dune" OR "solaris""#),
    ("dune|solaris", #""dune" OR "solaris""#),
    ("dune || solaris", #""dune" OR "solaris""#),
    ("dune and herbert", #""dune" AND "herbert""#),
    ("dune AND herbert", #""dune" AND "herbert""#),
    ("dune && herbert", #""dune" AND "herbert""#),
    ("a and not b", #""a" AND NOT "b""#),
    ("a b or c d", #"("a" AND "b") OR ("c" AND "d")"#),
    ("a or -b c", #""a" OR (NOT "b" AND "c")"#),
  ])
  func `not, and, or`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("and", #""and""#),
    ("or", #""or""#),
    ("not", #""not""#),
    ("|", #""|""#),
    ("or dune", #""or" AND "dune""#),
    ("dune or", #""dune" AND "or""#),
    ("dune not", #""dune" AND "not""#),
    ("&& dune &&", #""&&" AND "dune" AND "&&""#),
    ("this or that and", #""this" OR ("that" AND "and")"#),
    ("a or or b", #"("a" AND "or") OR "b""#),
    ("a or not", #""a" OR "not""#),
    ("not or b", #""not" OR "b""#),
    ("not not", #"NOT "not""#),
    ("(or a)", #""or" AND "a""#),
    ("a (or) b", #""a" AND "or" AND "b""#),
    (#"a "or" b"#, #""a" AND "or" AND "b""#),
    (#""not" a"#, #""not" AND "a""#),
    ("a Or b Not c", #""a" AND "Or" AND "b" AND "Not" AND "c""#),
    ("title:(or)", #"title:"or""#),
    ("nothing order", #""nothing" AND "order""#),
  ])
  func `an operator between no operands is a word`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("(a or b) c", #"("a" OR "b") AND "c""#),
    ("-(a b)", #"NOT ("a" AND "b")"#),
    ("not (a or b)", #"NOT ("a" OR "b")"#),
    ("(a (b (c or d)))", #""a" AND "b" AND ("c" OR "d")"#),
    ("((a))", #""a""#),
    ("a(b)c", #""a" AND "b" AND "c""#),
    ("(a or b c", #""a" OR ("b" AND "c")"#),
    ("x (a or b", #""x" AND ("a" OR "b")"#),
    ("a) or b)", #""a" OR "b""#),
    ("a () b", #""a" AND "b""#),
    ("a or () b", #""a" OR "b""#),
    ("a or ()", #""a""#),
    ("-() a", #""a""#),
    ("not () a", #"NOT "a""#),
  ])
  func `parentheses`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("title:dune", #"title:"dune""#),
    ("Title:dune", #"title:"dune""#),
    ("url:github", #"url:"github""#),
    ("url:https://x.y/z", #"url:"https://x.y/z""#),
    (#"note:"two words""#, #"note:"two words""#),
    ("tags:sci*", #"tags:"sci"*"#),
    (#"-title:"left ha"*"#, #"NOT title:"left ha"*"#),
    ("title:(dune or solaris)", #"title:"dune" OR title:"solaris""#),
    ("title:(dune (x y*)) z", #"title:"dune" AND title:"x" AND title:"y"* AND "z""#),
    ("title:(dune note:x #t)", #"title:"dune" AND note:"x" AND tag:t"#),
    ("-title:(a b)", #"NOT (title:"a" AND title:"b")"#),
    ("title:not a", #"title:"not" AND "a""#),
  ])
  func `fields`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("#tag", "tag:tag"),
    ("tag:x", "tag:x"),
    (#"tag:"two words""#, #"tag:"two words""#),
    (#"#"two words""#, #"tag:"two words""#),
    ("-#film", "NOT tag:film"),
    ("#c++", #"tag:"c++""#),
    ("#größe", #"tag:"größe""#),
    ("category:books", "category:books"),
    ("in:books/sci-fi", "category:books/sci-fi"),
    (#"in:"my books""#, #"category:"my books""#),
    ("is:untagged", "no:tags"),
    ("is:opened -is:unopened", "is:opened AND NOT is:unopened"),
    ("is:broken -is:moved", "is:broken AND NOT is:moved"),
    ("has:url has:note has:tags has:author", "has:url AND has:note AND has:tags AND has:author"),
    ("no:url no:year", "no:url AND no:year"),
    (#"has:"odd(key""#, #"has:"odd(key""#),
  ])
  func `tags, categories and states`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("year:>1960", "year:>1960"),
    ("year:1960", "year:1960"),
    ("year:=1960", "year:=1960"),
    ("year:>=1960", "year:>=1960"),
    ("year:<1960.50", "year:<1960.50"),
    ("year:<=-5", "year:<=-5"),
    ("year:!=1960", "year:!=1960"),
    ("-year:1960", "NOT year:1960"),
    ("author:~herb", #"author:~"herb""#),
    (#"author:"frank herbert""#, #"author:~"frank herbert""#),
    (#"author:="frank herbert""#, #"author:="frank herbert""#),
    (#"author:~"k h""#, #"author:~"k h""#),
    ("isbn:0441", #"isbn:~"0441""#),
    ("seen:>=2024-02-11", "seen:>=2024-02-11"),
    ("year:1960..1970", "year:=1960..1970"),
    ("-year:1960..1970", "NOT year:=1960..1970"),
    ("year:1960..", "year:>=1960"),
    ("year:..1970", "year:<=1970"),
    ("seen:2024-01-01..2024-02-11", "seen:=2024-01-01..2024-02-11"),
    ("year:1960..x", #"year:~"1960..x""#),
    ("jahr-grün:1", "jahr-grün:1"),
    ("unknown:>5", "unknown:>5"),
    ("unknown:~x", #"unknown:~"x""#),
    ("unknown:=1..2", "unknown:=1..2"),
    ("year:99999999999999e9", "year:99999999999999e9"),
  ])
  func `metadata`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("created:>2024-01-01", "created:>=2024-01-02"),
    ("created:>=2024-01-01", "created:>=2024-01-01"),
    ("created:<=2024-01-01", "created:<=2024-01-01"),
    ("modified:<2024", "modified:<=2023-12-31"),
    ("opened:>2023", "opened:>=2024-01-01"),
    ("created:2024", "created:2024-01-01..2024-12-31"),
    ("created:=2024", "created:2024-01-01..2024-12-31"),
    ("created:2024-05", "created:2024-05-01..2024-05-31"),
    ("created:2024-05-01", "created:2024-05-01..2024-05-01"),
    ("created:!=2024", "NOT created:2024-01-01..2024-12-31"),
    ("created:2022..2024-05", "created:2022-01-01..2024-05-31"),
    ("created:2022..", "created:>=2022-01-01"),
    ("created:..2022", "created:<=2022-12-31"),
    ("created:today", "created:2024-03-31..2024-03-31"),
    ("created:>=2024-01-31T10:00:00+01:00", "created:>=2024-01-31T09:00:00.000Z"),
    ("created:30d", "created:>=2024-03-01T09:14:07.120Z"),
    ("created:>30d", "created:>=2024-03-01T09:14:07.121Z"),
    ("age:<6m", "created:>=2023-09-30T09:14:07.121Z"),
    ("age:<=6m", "created:>=2023-09-30T09:14:07.120Z"),
    ("age:6m", "created:>=2023-09-30T09:14:07.120Z"),
    ("age:>1y", "created:<=2023-03-31T09:14:07.119Z"),
    ("age:>=1y", "created:<=2023-03-31T09:14:07.120Z"),
    ("created:2024 x", #"created:>=2024-01-01 AND created:<=2024-12-31 AND "x""#),
    ("-created:2024 x", #"NOT created:2024-01-01..2024-12-31 AND "x""#),
  ])
  func `dates and ages`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: [
    ("c++", #""c++""#), ("---", #""---""#), ("don't", #""don't""#), ("sci-fi", #""sci-fi""#),
    (#"foo"bar"#, #""foo""bar""#), (#"foo"bar baz""#, #""foo""bar" AND "baz""""#),
    (":", #"":""#), ("title:", #""title:""#), ("title: dune", #""title:" AND "dune""#),
    ("#", ##""#""##), ("-", #""-""#), ("()", #""()""#), (#""""#, #""""""""#), ("*", #""*""#),
    ("a - b", #""a" AND "b""#), ("- -", #""-" AND "-""#), ("--help", #""--help""#),
    ("(((", #""(((""#),
    (#"""#, #""""""#), (#""left hand"#, #""left" AND "hand""#), (#"a "" b"#, #""a" AND "b""#),
    (#"-"left hand"#, #""-""left" AND "hand""#), (#"title:"""#, #""title:""""""#),
    ("http://x", #""http://x""#), ("c:d", #""c:d""#), ("c:!d", #""c:!d""#), ("year:", #""year:""#),
    ("year:>", #""year:>""#), ("year: >1960", #""year:" AND ">1960""#),
    (#"foo:"two words""#, #""foo:""two words""""#),
    (#"year:"two words"#, #""year:""two" AND "words""#),
    ("#a,b", ##""#a,b""##), (#"#"two words"#, ##""#""two" AND "words""##),
    ("in:/x", #""in:/x""#), ("is:x", #""is:x""#),
    ("has:", #""has:""#), ("has:a=b", #""has:a=b""#), ("age:>12", #""age:>12""#),
    ("age:>2024", #""age:>2024""#), ("age:!=6m", #""age:!=6m""#), ("created:x", #""created:x""#),
    ("created:>2024-02-30", #""created:>2024-02-30""#), ("created:~2024", #""created:~2024""#),
    ("created:..", #""created:..""#), ("tag:=x", #""tag:=x""#), ("foo:ba*", #""foo:ba"*"#),
    ("$x & y; `z` \\ <b> %_", #""$x" AND "y;" AND "`z`" AND "<b>""#),
  ])
  func `what cannot be read is taken as words`(query: String, explanation: String) {
    #expect(QuerySamples.explanation(query) == explanation)
  }

  @Test(arguments: ["", " ", "\t\n", "\u{3000}\u{A0}"])
  func `nothing is asked by an empty query`(query: String) {
    #expect(QuerySamples.parse(query) == nil)
  }
}
