@testable import Favourites

/// What the tests of queries share.
enum QuerySamples {
  /// 2024-03-31T09:14:07.120Z
  static let now = Timestamp(milliseconds: 1_711_876_447_120)
  static let keys: Set<String> = ["year", "author", "seen", "isbn", "http2", "jahr-grün"]

  static func parse(_ text: String) -> Query? {
    Query.parse(text, metadataKeys: keys, now: now)
  }

  static func explanation(_ text: String) -> String? { parse(text)?.explanation }

  /// Queries that use all of the language, several things at once.
  static let long = [
    #"dune herbert "left hand" dun* "left ha"* -film not film NOT (a or b) c | d && e AND f"#,
    #"title:dune url:github note:"two words" title:(dune or -(solaris tags:x*)) -note:"a ""b"""#,
    #"#tag tag:x tag:"two words" category:books/sci-fi in:"my books" -#"a b" or -tag:q"#,
    "year:>1960 year:1960 year:>=1960 author:~herb year:!=1960 year:1960..1970 isbn:\"0441\"",
    "created:>2024-01-01 created:2024 created:2024-05 modified:<2024 opened:2023..2024 age:<6m",
    #"is:untagged is:opened is:unopened has:url has:author no:note no:"a b" -created:!=2024"#,
    "((((a or b) c) or -(d e)) | (((f)))) (g (h or (i j) or (k (l or (m n)))))",
    "http://x.y/z?a=b c:d c++ don't foo\"bar \"unclosed (also \u{3000} ümläut\u{A0}👩‍👩‍👧 naïve -",
  ]
}
