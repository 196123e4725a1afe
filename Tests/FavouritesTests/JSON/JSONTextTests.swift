import SQLite
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
    var arrays = ByteCounts()
    arrays.add(Array(json.utf8)[...], times: 2)
    let counts = JSONText.counts(in: arrays)
    for string in strings {
      let times = strings.count { $0 == string }
      #expect(counts.count(of: Array(string.utf8)) == Int64(2 * times))
    }
    var total: Int64 = 0
    counts.forEach { _, times in total += times }
    #expect(total == Int64(2 * strings.count))
  }

  @Test func `bytes that are not UTF-8 are counted as what is read of them`() {
    var arrays = ByteCounts()
    arrays.add(Array(#"["a"#.utf8)[...] + [0xFF] + Array(#"","b"]"#.utf8))
    let counts = JSONText.counts(in: arrays)
    #expect(counts.count(of: Array("a\u{FFFD}".utf8)) == 1)
    #expect(counts.count(of: Array("b".utf8)) == 1)
  }

  @Test func `what is written is read again`() throws {
    for strings in [["a"], ["a", ""], ["\"", "\\", "\n"], ["日本", "e\u{301}"]] {
      let json = try #require(JSONText.array(strings))
      #expect(JSONText.strings(json) == strings)
    }
    #expect(JSONText.array([]) == nil)
  }
}
