import Testing

@testable import Favourites

struct MetadataTests {
  @Test func `text is composed, whichever way it comes in`() {
    var metadata = Metadata([.init("author", .text("Rene\u{301}"))])
    #expect(metadata["author"]?.text.utf8.elementsEqual("Ren\u{E9}".utf8) == true)
    metadata["author"] = .text("Zoe\u{308}")
    metadata["of"] = .text("e\u{301}")
    metadata.take(.text("o\u{308}"), for: "AUTHOR")
    #expect(
      metadata.entries.map { Array($0.value.text.utf8) } == [
        Array("ö".utf8), Array("Zo\u{EB}".utf8), Array("\u{E9}".utf8),
      ])
  }

  @Test(
    arguments: [
      ("year:number=1965", "year", .number(1965)), ("year=1965", "year", .number(1965)),
      ("x=-1.50", "x", .number(-1.5)), ("x=.5", "x", .text(".5")), ("x=5.", "x", .text("5.")),
      ("x=0.5", "x", .number(0.5)), ("x=0", "x", .number(0)),
      ("x=1e3", "x", .number(1000)), ("x=1e400", "x", .text("1e400")), ("x=nan", "x", .text("nan")),
      ("x=0x10", "x", .text("0x10")), ("x=inf", "x", .text("inf")), ("x=", "x", .text("")),
      ("isbn=0306406152", "isbn", .text("0306406152")), ("x=-01", "x", .text("-01")),
      ("tel=+4930123", "tel", .text("+4930123")),
      ("n=1234567890123456", "n", .text("1234567890123456")), ("x= 1", "x", .text(" 1")),
      ("x:text=1965", "x", .text("1965")), ("x=a=b", "x", .text("a=b")),
      ("s:enum=yes", "s", .choice("yes")), ("x=2023-02-30", "x", .text("2023-02-30")),
      ("größe=12", "größe", .number(12)),
    ] as [(String, String, MetadataValue)])
  func `an assignment is read`(word: String, key: String, value: MetadataValue) throws {
    let assignment = try MetadataAssignment.parse(word)
    #expect(assignment.key == key)
    #expect(assignment.value == value)
  }

  @Test func `a day is a date, given or not`() throws {
    let day = try #require(CalendarDate(year: 2024, month: 2, day: 11))
    #expect(try MetadataAssignment.parse("read=2024-02-11").value == .date(day))
    #expect(try MetadataAssignment.parse("read:date=2024-02-11").value == .date(day))
  }

  @Test(arguments: [
    ("year", "'year' is not KEY=VALUE or KEY:TYPE=VALUE"),
    ("", "'' is not KEY=VALUE or KEY:TYPE=VALUE"),
    ("=1", "metadata needs a key"),
    (":number=1", "metadata needs a key"),
    (
      "a b=1",
      "'a b' is not a metadata key: it has a space, a control character or one of : = < > ! ~"
    ),
    (
      "a>=1",
      "'a>' is not a metadata key: it has a space, a control character or one of : = < > ! ~"
    ),
    ("y:int=1", "'int' is not a type: use text, number, date, enum"),
    ("y:=1", "'' is not a type: use text, number, date, enum"),
    ("y:number=abc", "y: 'abc' is not a number such as 3.10, with up to 15 digits"),
    ("y:number=1e400", "y: '1e400' is not a number such as 3.10, with up to 15 digits"),
    ("y:number=", "y: '' is not a number such as 3.10, with up to 15 digits"),
    ("y:number=007", "y: '007' is not a number such as 3.10, with up to 15 digits"),
    ("y:number=+5", "y: '+5' is not a number such as 3.10, with up to 15 digits"),
    ("y:date=2023-02-30", "y: '2023-02-30' is not a date such as 2024-01-31"),
    ("y=a\0b", "y: a value cannot contain NUL"),
    (
      "y=" + String(repeating: "x", count: 16_385),
      "y: a value of 16385 bytes is too long: the limit is 16384"
    ),
    (
      String(repeating: "k", count: 129) + "=1",
      "a metadata key of 129 bytes is too long: the limit is 128"
    ),
  ])
  func `what is no assignment says why`(word: String, message: String) {
    do throws(MetadataError) {
      _ = try MetadataAssignment.parse(word)
      Issue.record("taken")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func `256 pieces are the most`() throws {
    var metadata = Metadata()
    for index in 0..<256 { metadata["k\(index)"] = .number(1) }
    try metadata.checkCount()
    metadata["more"] = .number(1)
    #expect(throws: MetadataError.tooMany) { try metadata.checkCount() }
  }

  @Test func `a schema is read from its fields, written and read back`() throws {
    let schema = MetadataSchema([
      try .parse("year:number"), try .parse("seen:enum(yes, no,again)"), try .parse("by"),
    ])
    #expect(schema.fields.map(\.text) == ["year:number", "seen:enum(yes,no,again)", "by:text"])
    var writer = JSONWriter()
    schema.write(to: &writer)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"[{"key":"year","type":"number"},"#
        + #"{"key":"seen","type":"enum","choices":["yes","no","again"]},"#
        + #"{"key":"by","type":"text"}]"#)
    #expect(try MetadataSchema(from: JSONValue.parse(writer.bytes)) == schema)
  }

  @Test(
    arguments: [
      ("", .emptyKey), (":number", .emptyKey), ("year:int", .unknownKind("int")),
      ("year:", .unknownKind("")), ("s:enum", .badChoices("s")), ("s:enum()", .badChoices("s")),
      ("s:enum(a,a)", .badChoices("s")), ("s:enum(a,,b)", .badChoices("s")),
      ("s:enum(a", .badChoices("s:enum(a")), ("s:enum(", .badChoices("s:enum(")),
      ("s:number(1)", .badChoices("s:number(1)")), ("a b:text", .badKey("a b")),
    ] as [(String, MetadataError)])
  func `what is no field is refused`(spec: String, error: MetadataError) {
    #expect(throws: error) { try MetadataField.parse(spec) }
  }

  @Test func `what is wrong with a field is said`() {
    let errors: [MetadataError] = [
      .emptyKey, .unknownKind("int"), .badChoices("s"), .badKey("a b"),
    ]
    #expect(
      errors.map(\.message) == [
        "metadata needs a key",
        "'int' is not a type: use \(MetadataKind.names)",
        "'s' does not list its choices as enum(one,two)",
        "'a b' is not a metadata key: it has a space, a control character or one of : = < > ! ~",
      ])
  }

  @Test func `a schema reads what was typed as the type of the field`() throws {
    let schema = MetadataSchema([
      try .parse("year:number"), try .parse("seen:enum(yes,no)"), try .parse("isbn:text"),
    ])
    func value(_ word: String) throws -> MetadataValue {
      try schema.check(MetadataAssignment.parse(word))
    }
    #expect(try value("year=7.0") == .number(7))
    #expect(throws: MetadataError.mismatch(key: "year", text: "007", kind: .number)) {
      try value("year=007")
    }
    #expect(try value("seen=YES") == .choice("yes"))
    #expect(try value("isbn=1965") == .text("1965"))
    #expect(try value("free=1965") == .number(1965))
    #expect(try schema.check(.text("1965"), for: "year") == .number(1965))
    #expect(try schema.check(.number(1965), for: "isbn") == .text("1965"))
    #expect(
      throws: MetadataError.notAChoice(key: "seen", text: "maybe", choices: ["yes", "no"])
    ) { try value("seen=maybe") }
    #expect(throws: MetadataError.mismatch(key: "year", text: "x", kind: .number)) {
      try schema.check(.choice("x"), for: "year")
    }
    #expect(throws: MetadataError.mismatch(key: "year", text: "1965", kind: .number)) {
      try value("year:text=1965")
    }
    #expect(
      MetadataError.notAChoice(key: "seen", text: "maybe", choices: ["yes", "no"]).message
        == "seen: 'maybe' is not one of yes, no")
  }

  @Test func `a field is replaced in its place and taken away`() throws {
    var schema = MetadataSchema([try .parse("a:text"), try .parse("b:text")])
    schema.set(try .parse("a:number"))
    #expect(schema.fields.map(\.text) == ["a:number", "b:text"])
    let wasThere = schema.remove(key: "a")
    let wasThereAgain = schema.remove(key: "a")
    #expect([wasThere, wasThereAgain] == [true, false])
    #expect(schema.fields.map(\.text) == ["b:text"])
  }
}
