import Testing

@testable import Favourites

struct JSONWriterTests {
  @Test func `commas stand where they belong`() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.beginObject()
    writer.key("id")
    writer.integer(12)
    writer.key("tags")
    writer.beginArray()
    writer.string("a")
    writer.string("b")
    writer.endArray()
    writer.key("none")
    writer.beginObject()
    writer.endObject()
    writer.key("url")
    writer.stringOrNull(nil)
    writer.endObject()
    writer.bool(true)
    writer.bool(false)
    writer.raw(Array("{}".utf8))
    writer.endArray()
    writer.newline()
    writer.beginObject()
    writer.endObject()
    #expect(
      text(writer) == #"[{"id":12,"tags":["a","b"],"none":{},"url":null},true,false,{}]"# + "\n{}")
  }

  @Test(arguments: [
    (1965, "1965"), (-0.0, "0"), (0.5, "0.5"), (-1.25, "-1.25"), (1e14, "100000000000000"),
    (1e15, "1000000000000000.0"),
    (1e20, "1e+20"), (1.5e-7, "1.5e-07"),
    (.leastNonzeroMagnitude, "5e-324"), (0.1, "0.1"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
  ])
  func `a number is written shortest`(value: Double, expected: String) throws {
    var writer = JSONWriter()
    writer.number(value)
    #expect(text(writer) == expected)
    var reader = JSONReader(writer.bytes)
    #expect(try reader.readDouble() == value)
  }

  @Test func `whole numbers of 64 bits are written in full`() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.integer(.min)
    writer.integer(.max)
    writer.endArray()
    #expect(text(writer) == "[-9223372036854775808,9223372036854775807]")
  }

  @Test(arguments: [
    ("", #""""#),
    ("a/b", #""a/b""#),
    ("\"\\", #""\"\\""#),
    ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#),
    ("\0\u{1b}", #""\u0000\u001b""#),
    ("x\u{7f}\u{80}\u{9f}\u{a0}y", "\"x\\u007f\\u0080\\u009f\u{a0}y\""),
    ("\u{2027}\u{2028}\u{2029}\u{202a}", "\"\u{2027}\\u2028\\u2029\u{202a}\""),
    ("Größe 😀 \u{e9}", "\"Größe 😀 \u{e9}\""),
  ])
  func `a string is escaped where it must be and nowhere else`(value: String, expected: String) {
    var writer = JSONWriter()
    writer.string(value)
    #expect(writer.bytes == Array(expected.utf8))
  }

  @Test func `all characters come back`() throws {
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 0x1000) {
      var value = ""
      for scalar in first..<first + 0x1000 {
        if let scalar = Unicode.Scalar(scalar) { value.unicodeScalars.append(scalar) }
      }
      var writer = JSONWriter()
      writer.string(value)
      var reader = JSONReader(writer.bytes)
      let back = try reader.readString()
      #expect(Array(back.utf8) == Array(value.utf8))
    }
  }

  private func text(_ writer: JSONWriter) -> String {
    String(decoding: writer.bytes, as: UTF8.self)
  }
}
