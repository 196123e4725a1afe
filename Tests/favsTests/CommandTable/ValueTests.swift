import Testing

@testable import Favourites
@testable import favs

/// What the values of options are read as, and why they are refused.
struct ValueTests {
  /// What is said of a value; "taken" where it is.
  private func said<Result>(_ read: () throws(ValueError) -> Result) -> String {
    do throws(ValueError) {
      _ = try read()
      return "taken"
    } catch {
      return error.message + (error.hint.map { "; \($0)" } ?? "")
    }
  }

  @Test(arguments: [
    ("1", "taken"), ("9223372036854775807", "taken"), ("007", "taken"),
    ("9223372036854775808", "'9223372036854775808' is out of range"), ("0", "0 is below 1"),
    ("-0", "-0 is below 1"), ("-5", "-5 is below 1"), ("", "'' is not a number"),
    ("-", "'-' is not a number"), ("+5", "'+5' is not a number"), ("5 ", "'5 ' is not a number"),
    ("1e3", "'1e3' is not a number"), ("1.5", "'1.5' is not a number"),
    ("٣", "'٣' is not a number"), ("--5", "'--5' is not a number"),
  ])
  func `a number is whole, in plain digits and at least one`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.positive(text) } == what)
  }

  @Test func `more rows than any file holds are as many as there are`() throws {
    #expect(try Value.amount("1099511627775") == 1_099_511_627_775)
    #expect(try Value.amount("1099511627777") == 1_099_511_627_776)
    #expect(try Value.amount("9223372036854775807") == 1_099_511_627_776)
  }

  @Test(arguments: [("10000", "taken"), ("10001", "10001 is above 10000"), ("0", "0 is below 1")])
  func `ten thousand changes are undone at most`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.steps(text) } == what)
  }

  @Test(
    arguments: [("12", 12), ("@12", 12), ("#12", 12), ("@007", 7), ("@", nil), ("@@1", nil)]
      as [(String, Int64?)])
  func `a change is a number, with or without its sign`(text: String, number: Int64?) {
    #expect((try? Value.change(text)) == number)
  }

  @Test(arguments: [
    ("@12", true), ("#3", true), ("@", false), ("12", false), ("@1a", false), ("", false),
    ("@-1", false),
  ])
  func `only a sign and digits name a change among favourites`(text: String, isOne: Bool) {
    #expect(Value.isMarkedChange(text) == isOne)
  }

  @Test(
    arguments: [
      ("20s", 20), ("20", 20), ("2m", 120), ("60m", 3_600), ("3600s", 3_600), ("1", 1),
      ("61m", nil), ("3601", nil), ("0s", nil), ("-1s", nil), ("s", nil), ("m", nil), ("", nil),
      ("1h", nil), ("2ms", nil), ("1.5m", nil), ("9223372036854775807m", nil),
    ] as [(String, Int64?)])
  func `a time is up to an hour, in seconds or minutes`(text: String, seconds: Int64?) {
    let wanted = seconds.map { _ in "taken" }
    #expect((try? Value.seconds(text)) == seconds)
    #expect(
      said { () throws(ValueError) in try Value.seconds(text) }
        == wanted ?? "'\(text)' is not a time such as 20s or 1m, up to an hour")
  }

  @Test(arguments: [
    ("30d", "taken"), ("6m", "taken"), ("1y", "taken"),
    ("2024-01-31", "'2024-01-31' is not an age such as 30d or 6m"),
    ("yesterday", "'yesterday' is not an age such as 30d or 6m"),
    ("", "'' is not an age such as 30d or 6m"),
  ])
  func `an age is no day`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.age(text) } == what)
  }

  @Test(
    arguments: [
      ("books", "books"), ("books/", "books"), ("books/sci-fi/", "books/sci-fi"),
      ("e\u{301}", "\u{E9}"), ("/", nil), ("books//", nil), ("/books", nil), ("", nil),
      (" books", nil), ("books/ x", nil), ("a\u{1B}b", nil), ("c#", nil),
    ] as [(String, String?)])
  func `a category may end with a slash`(text: String, path: String?) {
    #expect((try? Value.category(text))?.text == path)
  }

  @Test(arguments: ["films@2", "a@1/b", "x@0"])
  func `a new category cannot be mistaken for a rank, but an old one is found`(text: String) throws
  {
    #expect(try Value.category(text).text == text)
    #expect(throws: ValueError.self) { try Value.newCategory(text) }
  }

  @Test(
    arguments: [
      ("x", ["+x"]), ("+x", ["+x"]), ("-x", ["-x"]), ("++x", ["++x"]), ("--x", ["--x"]),
      ("a,-b, +c ", ["+a", "-b", "+c"]), ("a b", ["+a b"]), ("x,", nil), (",", nil), ("", nil),
      ("-", nil), ("+", nil), ("a,,b", nil),
    ] as [(String, [String]?)])
  func `a sign before a tag says whether it comes or goes`(text: String, wanted: [String]?) {
    let tags = (try? Value.signedTags(text))?.map { ($0.isTaken ? "-" : "+") + $0.name.text }
    #expect(tags == wanted)
  }

  @Test func `no tag can be taken from a new favourite`() {
    #expect(
      said { () throws(ValueError) in try Value.newTags("a,-b") }
        == "cannot remove tag 'b' from a new favourite; +-b means the tag '-b'")
    #expect(
      said { () throws(ValueError) in try Value.newTags("-two words") }
        == "cannot remove tag 'two words' from a new favourite; '+-two words' means the tag "
        + "'-two words'")
    #expect((try? Value.newTags("+-b"))?.map(\.text) == ["-b"])
  }

  @Test(arguments: [
    ("title=Name", "taken"), (" title = Name ", "taken"), ("title=a=b", "taken"),
    ("title", "'title' is not FIELD=COLUMN"), ("title=", "'title=' is not FIELD=COLUMN"),
    ("title= ", "'title= ' is not FIELD=COLUMN"), ("", "'' is not FIELD=COLUMN"),
  ])
  func `a column is given to a field`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.column(text) } == what)
  }

  @Test func `a column for an unknown field is refused with those that there are`() {
    let what = said { () throws(ValueError) in try Value.column("xyz=Name") }
    #expect(what.hasPrefix("unknown field 'xyz'; the fields are "))
  }

  @Test(arguments: [
    ("first", "rank(1)"), ("last", "last"), ("3", "rank(3)"), ("0", ""), ("First", ""), ("", ""),
  ])
  func `a rank is a number or an end`(text: String, wanted: String) {
    let destination = try? Value.rank(text)
    #expect((destination.map { "\($0)" } ?? "").hasSuffix(wanted))
    #expect((destination == nil) == wanted.isEmpty)
  }

  @Test(
    arguments: [
      ("title", "title"), ("-title", "-title"), ("--title", nil), ("", nil), ("-", nil),
      ("ti tle", nil), ("relevance", "relevance"), ("-relevance", nil),
    ] as [(String, String?)])
  func `an order is a key, and a dash turns it round`(text: String, wanted: String?) {
    #expect((try? Value.ordering(text))?.text == wanted)
  }

  @Test func `unknown fields, formats and choices are answered with those that there are`() {
    #expect(
      said { () throws(ValueError) in try Value.fields("id,titel") }
        .hasPrefix("unknown field 'titel'; the fields are id, "))
    #expect(
      said { () throws(ValueError) in try Value.format("htlm") }
        .hasPrefix("'htlm' is not one of "))
    #expect(
      said { () throws(ValueError) in try Value.exportFormat("") }.hasPrefix("'' is not one of "))
    #expect(
      said { () throws(ValueError) in try Value.choice(Style.Choice.self)("Always") }
        == "'Always' is not one of auto, always, never")
  }

  @Test(arguments: [
    ("vi", "taken"), ("code --wait", "taken"), ("'my editor' -x", "taken"),
    ("", "not a command: ''"), ("  ", "not a command: '  '"), ("'vi", "not a command: ''vi'"),
  ])
  func `a command has a program, and ends its quotes`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.command(text) } == what)
  }

  @Test func `what is no cursor says where cursors come from`() {
    #expect(
      said { () throws(ValueError) in try Value.cursor("12") }
        == "'12' is not a cursor; use \"next\" from the output of --envelope")
  }

  @Test(arguments: [
    ("5", "taken"), ("10", "taken"), ("11", "11 is above 10"), ("0", "0 is below 1"),
    ("x", "'x' is not a number"),
  ])
  func `a number may have a bound of its own`(text: String, what: String) {
    #expect(said { () throws(ValueError) in try Value.upTo(10)(text) } == what)
  }

  @Test(arguments: [
    ("12", 24, 12), ("100", 24, 24), ("1", 24, 1), ("50%", 40, 20), ("1%", 40, 10),
    ("100%", 40, 40), ("10%", 5, 5), ("9999999999999", 24, 24),
  ])
  func `the picker takes so many lines of the screen`(text: String, rows: Int, lines: Int) throws {
    let option = try #require(PickOptions.options.first { $0.long == "height" })
    var options = PickOptions()
    try option.set(&options, text)
    #expect(options.height(of: rows) == lines)
  }

  @Test(arguments: [
    ("0", "0 is below 1"), ("101%", "101% is above 100%"), ("%", "'' is not a number"),
    ("50 %", "'50 ' is not a number"), ("-1%", "-1 is below 1"),
  ])
  func `a height that is none is refused`(text: String, what: String) throws {
    let option = try #require(PickOptions.options.first { $0.long == "height" })
    var options = PickOptions()
    #expect(said { () throws(ValueError) in try option.set(&options, text) } == what)
  }
}
