import TestSupport
import Testing

@testable import Favourites

/// Metadata as JSON: as it is printed, read, and kept.
struct MetadataJSONTests {
  private let day = CalendarDate(text: "2024-02-11")!

  private func mixed() -> Metadata {
    Metadata([
      .init("year", .number(1966)), .init("read", .date(day)), .init("seen", .choice("yes")),
      .init("by", .text("2024-02-11")), .init("version", .number(Number("3.10")!)),
    ])
  }

  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func read(_ values: String, _ types: String? = nil) throws -> Metadata {
    guard case .object(let object) = try JSONValue.parse(Array(values.utf8)) else {
      throw MetadataError.malformed(key: values)
    }
    return try Metadata(from: object, types: types.map { try JSONValue.parse(Array($0.utf8)) })
  }

  @Test func `values are plain, in the order of their names, and types stand beside them`() throws {
    let values = text { mixed().writeValues(to: &$0) }
    let types = text { mixed().writeTypes(to: &$0) }
    #expect(
      values
        == #"{"by":"2024-02-11","read":"2024-02-11","seen":"yes","version":3.10,"year":1966}"#)
    #expect(types == #"{"read":"date","seen":"enum"}"#)
    let back = try read(values, types)
    #expect(back == mixed())
    #expect(back["version"]?.text == "3.10")
    #expect(text { Metadata().writeTypes(to: &$0) } == "{}")
  }

  @Test func `without types a day is a date, with them only what they name`() throws {
    let json = #"{"a":1,"b":"1","c":"2024-02-11","d":1.50}"#
    let spelled = try #require(Number("1.50"))
    let bare = try read(json)
    #expect(
      bare
        == Metadata([
          .init("a", .number(1)), .init("b", .text("1")), .init("c", .date(day)),
          .init("d", .number(spelled)),
        ]))
    #expect(bare["d"]?.text == "1.50")
    #expect(try read(json, "{}")["c"] == .text("2024-02-11"))
    #expect(try read(json, #"{"c":"date","gone":"enum"}"#)["c"] == .date(day))
    #expect(try read(json, #"{"b":"number","a":"text"}"#)["b"] == .number(1))
    #expect(try read(json, #"{"b":"number","a":"text"}"#)["a"] == .text("1"))
    #expect(try read(json, "null") == bare)
  }

  @Test func `the form with a type for each value is read, mixed with the other`() throws {
    let json = #"""
      {"read":{"type":"date","value":"2024-02-11"},"seen":{"value":"yes","type":"enum"},"year":1966,
      "by":{"type":"text","value":"2024-02-11"},"version":{"type":"number","value":3.10}}
      """#
    #expect(try read(json) == mixed())
    #expect(try read(json, "{}") == mixed())
    #expect(try read(json)["version"]?.text == "3.10")
  }

  @Test func `null is nothing, yes and no are texts, and a long number is a name`() throws {
    #expect(
      try read(#"{"a":null,"b":true,"c":false,"d":1234567890123456,"e":1e400}"#)
        == Metadata([
          .init("b", .text("true")), .init("c", .text("false")),
          .init("d", .text("1234567890123456")), .init("e", .text("1e400")),
        ]))
  }

  @Test(
    arguments: [
      (#"{"a":[1]}"#, nil, .malformed(key: "a")), (#"{"a":{"b":1}}"#, nil, .malformed(key: "a")),
      (#"{"a":{"type":"text"}}"#, nil, .malformed(key: "a")),
      (#"{"a":{"type":"int","value":1}}"#, nil, .unknownKind("int")),
      (#"{"a":{"type":"number","value":true}}"#, nil, .malformed(key: "a")),
      (#"{"a":{"type":"date","value":"x"}}"#, nil, .mismatch(key: "a", text: "x", kind: .date)),
      (#"{"a":"x"}"#, #"{"a":"date"}"#, .mismatch(key: "a", text: "x", kind: .date)),
      (#"{"a":"x"}"#, #"{"a":"number"}"#, .mismatch(key: "a", text: "x", kind: .number)),
      (#"{"a":"x"}"#, #"{"a":"int"}"#, .unknownKind("int")),
      (#"{"a":"x"}"#, #"{"a":1}"#, .malformedTypes), (#"{"a":"x"}"#, "[]", .malformedTypes),
      (#"{"a b":1}"#, nil, .badKey("a b")), (#"{"":1}"#, nil, .emptyKey),
      (#"{"a":"\u0000"}"#, nil, .holdsNUL(key: "a")),
    ] as [(String, String?, MetadataError)])
  func `JSON of another form is refused`(values: String, types: String?, error: MetadataError) {
    #expect(throws: error) { try read(values, types) }
  }

  @Test func `a column holds a type only where it would be lost`() {
    #expect(
      mixed().stored
        == #"{"by":"2024-02-11","read":{"type":"date","value":"2024-02-11"},"#
        + #""seen":{"type":"enum","value":"yes"},"version":3.10,"year":1966}"#)
    #expect(Metadata(stored: mixed().stored!) == mixed())
    #expect(Metadata(stored: mixed().stored!)["by"] == .text("2024-02-11"))
    #expect(Metadata().stored == nil)
  }

  @Test(arguments: [
    #"{"by":"2024-02-11","read":{"type":"date","value":"2024-02-11"},"seen":{"type":"enum","value":"yes"},"version":3.10,"year":1966}"#,
    #"{"by":{"type":"text","value":"2024-02-11"},"read":{"type":"date","value":"2024-02-11"},"seen":{"type":"enum","value":"yes"},"version":{"type":"number","value":3.10},"year":{"type":"number","value":1966}}"#,
    #"{ "by" : "2024-02-11","read":{"value":"2024-02-11","type":"date"},"seen":{"type":"enum", "value":"yes"},"version":3.10,"year":1966}"#,
  ])
  func `a column is printed the same in whatever form`(stored: String) {
    let printed = PrintedMetadata(stored)
    #expect(
      String(decoding: printed.values, as: UTF8.self)
        == #"{"by":"2024-02-11","read":"2024-02-11","seen":"yes","version":3.10,"year":1966}"#)
    #expect(String(decoding: printed.types, as: UTF8.self) == #"{"read":"date","seen":"enum"}"#)
    #expect(!PrintedMetadata.isPlain(stored))
    #expect(Metadata(stored: stored) == mixed())
  }

  @Test func `texts with brackets and quotes are printed as they are`() throws {
    let metadata = Metadata([
      .init("a", .text(#"{"type":"date","value":"x"}"#)), .init("b\"}", .choice(#"\",{}"#)),
      .init("c", .text("")),
    ])
    let printed = PrintedMetadata(try #require(metadata.stored))
    #expect(printed.values == Array(text { metadata.writeValues(to: &$0) }.utf8))
    #expect(printed.types == Array(text { metadata.writeTypes(to: &$0) }.utf8))
    #expect(PrintedMetadata.isPlain(#"{"a":"x","b":1}"#) && PrintedMetadata.isPlain("{}"))
  }

  @Test func `a number of more digits that an earlier favs kept stays one`() throws {
    let stored = #"{"x":{"type":"number","value":0.30000000000000004}}"#
    let metadata = Metadata(stored: stored)
    #expect(metadata["x"]?.text == "0.30000000000000004" && metadata["x"]?.kind == .number)
    #expect(metadata.stored == stored)
    let values = text { metadata.writeValues(to: &$0) }
    let types = text { metadata.writeTypes(to: &$0) }
    #expect(types == #"{"x":"number"}"#)
    #expect(try read(values, types)["x"]?.kind == .number)
    #expect(String(decoding: PrintedMetadata(stored).types, as: UTF8.self) == types)
  }

  @Test func `a row from before keeps its bytes where nothing is another`() {
    let old = #"{"year":{"type":"number","value":1965}}"#
    #expect(Metadata(stored: old).stored(instead: old) == old)
    #expect(Metadata([.init("year", .number(1966))]).stored(instead: old) == #"{"year":1966}"#)
    #expect(Metadata([.init("year", .number(1965.0))]).stored(instead: nil) == #"{"year":1965.0}"#)
    #expect(Metadata().stored(instead: old) == nil)
  }
}
