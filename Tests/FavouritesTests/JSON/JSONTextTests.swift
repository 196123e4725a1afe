import Testing

@testable import Favourites

struct JSONTextTests {
  @Test(arguments: [
    ("[]", []), (#"["a"]"#, ["a"]), (#"["a","b c","ü,]"]"#, ["a", "b c", "ü,]"]),
    (#"["","",""]"#, ["", "", ""]), (#"[ "a" , "b" ]"#, ["a", "b"]), (#"["a" ,"b"]"#, ["a", "b"]),
    (#"["a\"","\u00fc"]"#, ["a\"", "ü"]), (#"["a",1,"b",["c"],null]"#, ["a", "b"]),
    (#"["a","b""#, []), (#"["a","b"]]"#, []), (#"["a","b"] x"#, []), (#"["a","#, []),
    (#"["a",]"#, []), (#"["a"b"]"#, []), (#"["a""b"]"#, []), ("[\"a\nb\"]", []), ("[\"", []),
    ("", []), (#""a""#, []), (#"{"a":"b"}"#, []), ("[\"a\"]\n", ["a"]),
  ])
  func `the strings of an array are read, however it is written`(json: String, strings: [String]) {
    #expect(JSONText.strings(json) == strings)
  }

  @Test func `what is written is read again`() throws {
    for strings in [["a"], ["a", ""], ["\"", "\\", "\n"], ["日本", "e\u{301}"]] {
      let json = try #require(JSONText.array(strings))
      #expect(JSONText.strings(json) == strings)
    }
    #expect(JSONText.array([]) == nil)
  }
}
