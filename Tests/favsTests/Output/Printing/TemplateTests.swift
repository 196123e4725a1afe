import Testing

@testable import Favourites
@testable import favs

/// Templates of `--format`: what they are read as, how they are filled, and why they are refused.
struct TemplateTests {
  @Test(
    arguments: [
      ("", []), ("plain", [.text("plain")]), ("{id}", [.field("id")]), ("{}", [.field("")]),
      ("{{id}}", [.text("{id}")]), ("{{{id}}}", [.text("{"), .field("id"), .text("}")]),
      ("a\\tb\\n\\r\\\\", [.text("a\tb\n\r\\")]), ("\\0", [.text("\0")]),
      ("{a}{b}", [.field("a"), .field("b")]), ("{a b}", [.field("a b")]),
      ("é{x}七", [.text("é"), .field("x"), .text("七")]),
    ] as [(String, [Template.Part])])
  func `braces hold fields, and double ones are braces`(source: String, parts: [Template.Part])
    throws
  {
    #expect(try Template(source).parts == parts)
  }

  @Test(arguments: [
    ("{id", "a '{' without a '}'"), ("{{{id", "a '{' without a '}'"), ("x}", "a '}' without a '{'"),
    ("{id}}", "a '}' without a '{'"), ("\\x", "unknown escape '\\x'"),
    ("\\", "unknown escape '\\'"),
    ("{id}\\", "unknown escape '\\'"), ("\\N", "unknown escape '\\N'"),
  ])
  func `a template that is not closed is refused with what is open`(
    source: String, message: String
  ) {
    let error = #expect(throws: ValueError.self) { try Template(source) }
    #expect(error?.message == message)
  }

  @Test func `values cannot be mistaken for another field or row`() throws {
    let template = try Template("{a}\\t{b}\\n")
    let values = ["a": "x\ty\nz\\", "b": "\u{1B}[31m"]
    #expect(
      template.filled(endsWithNUL: false) { values[$0] ?? "" } == "x\\ty\\nz\\\\\t\\u{1b}[31m\n")
    // NUL is in no value, so that nothing has to be escaped.
    #expect(
      template.filled(endsWithNUL: true) { values[$0] ?? "" } == "x\ty\nz\\\t\u{1B}[31m\n\0")
  }

  @Test(
    arguments: [
      ("title", .field(.title)), ("created", .field(.createdAt)), ("deleted", .field(.deletedAt)),
      ("last_opened", .field(.openedAt)), ("year", .metadata("year")),
      ("metadata.titel", .metadata("titel")), ("metadata.", .metadata("")),
      ("metadata.title", .metadata("title")), ("titel", nil), ("Title", .field(.title)),
      ("categori", nil),
      ("a b", nil), ("", nil), ("a:b", nil), ("idx", .metadata("idx")),
    ] as [(String, TemplateField?)])
  func `a name is a field or metadata, unless it looks like a slip`(
    name: String, field: TemplateField?
  ) {
    #expect(TemplateField(name) == field)
  }

  @Test(
    arguments: [
      ("table", "table"), ("csv", "csv"), ("jsonl", "jsonl"), ("JSON", nil), ("", nil),
      ("titles", nil),
    ] as [(String, String?)])
  func `a format is a name or holds a field`(text: String, wanted: String?) {
    #expect((try? OutputFormat.read(text)).map { "\($0)" } == wanted)
  }

  @Test func `a word that is no format shows what a template looks like`() throws {
    let error = #expect(throws: ValueError.self) { try OutputFormat.read("title") }
    #expect(error?.message == "'title' is not one of table, tsv, csv, json, jsonl")
    #expect(error?.hint == "a template has fields in braces: '{id} {title}\\n'")
    #expect(try OutputFormat.read("x\\n") == .template(Template("x\\n")))
  }
}
