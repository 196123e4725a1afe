import Favourites
import Testing

@testable import Exchange

/// Files that were cut, damaged, or made to do harm.
@Suite struct HostileJSONTests {
  static let files: [(name: String, text: String)] = [
    ("chromium", BrowserFormatTests.chromium), ("firefox", BrowserFormatTests.firefox),
    ("buku", ServiceFormatTests.buku), ("pinboard", ServiceFormatTests.pinboard),
    ("karakeep", ServiceFormatTests.karakeep), ("linkwarden", ServiceFormatTests.linkwarden),
    ("omnivore", ServiceFormatTests.omnivore), ("wallabag", ServiceFormatTests.wallabag),
    ("taskwarrior", ServiceFormatTests.taskwarrior),
  ]

  @Test("a file that was cut anywhere is malformed", arguments: files.map(\.name))
  func cut(name: String) throws {
    let text = try #require(Self.files.first { $0.name == name }).text
    let format = try #require(Format.named(name))
    #expect(try wholeBeginnings(of: Array(text.utf8), as: format) == [])
  }

  @Test("a packed file that was cut anywhere is malformed")
  func cutPacked() throws {
    let bytes = packed(Array(BrowserFormatTests.firefox.utf8))
    #expect(try wholeBeginnings(of: bytes, as: .firefox) == [])
  }

  @Test("a packed file with any byte changed is read or refused, and no more than it says is made")
  func changedPacked() throws {
    let bytes = packed(Array(#"{"type":"text/x-moz-place-container","children":[]}"#.utf8))
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[index] = value
        switch failure(changed, as: .firefox) {
        case nil, .malformed?, .tooLarge?: break
        case let error?: Issue.record("\(error) at \(index)")
        }
      }
    }
  }

  @Test(
    "folders nested without end are refused, and take no stack",
    arguments: [
      ("chromium", #"{"roots":{"other":"#, #"{"children":["#),
      ("firefox", "", #"{"type":"text/x-moz-place-container","children":["#),
      ("buku", #"[{"index":1,"uri":"x","title":"#, "["),
      ("karakeep", #"{"lists":[],"bookmarks":"#, "["),
      ("linkwarden", #"{"collections":[{"links":"#, #"[{"tags":"#),
    ])
  func nested(name: String, before: String, each: String) throws {
    let format = try #require(Format.named(name))
    let bytes = Array((before + String(repeating: each, count: 100_000)).utf8)
    #expect(isMalformed(failure(bytes, as: format)))
  }

  @Test("five hundred folders in each other are read")
  func deep() throws {
    let count = 490
    let text =
      #"{"roots":{"other":"# + String(repeating: #"{"name":"n","children":["#, count: count)
      + #"{"url":"u:x","name":"t"}"# + String(repeating: "]}", count: count) + "}}"
    let found = try Reading(text, as: "chromium")
    #expect(found.bookmarks.map(\.folders.count) == [count - 1])
  }

  /// Values of every type, in the place of any other.
  static let values = [
    "null", "true", "false", "0", "-1", "1e308", "99999999999999999999", "\"\"", "\"x\"", "[]",
    "[[]]", "[null,1,\"x\",{}]", "{}", #"{"children":[]}"#, #"{"name":{"x":1}}"#, #""\u0000""#,
  ]

  @Test("a value of any type in any place never stops the reading", arguments: files.map(\.name))
  func wrongTypes(name: String) throws {
    let text = try #require(Self.files.first { $0.name == name }).text
    let format = try #require(Format.named(name))
    let bytes = Array(text.utf8)
    for range in Self.scalars(in: bytes) {
      for value in Self.values {
        let changed = bytes[..<range.lowerBound] + Array(value.utf8) + bytes[range.upperBound...]
        if let error = failure(Array(changed), as: format) {
          Issue.record("\(error): \(String(decoding: changed, as: UTF8.self))")
          return
        }
      }
    }
  }

  /// Where strings that are values, and numbers, stand in some JSON.
  static func scalars(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      let start = index
      if bytes[index] == 0x22 {
        index += 1
        while bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
        index += 1
        var next = index
        while bytes[next] == 0x20 || bytes[next] == 0x0A { next += 1 }
        if bytes[next] != 0x3A { ranges.append(start..<index) }
      } else if (0x30...0x39).contains(bytes[index]) {
        while (0x30...0x39).contains(bytes[index]) || bytes[index] == 0x2E { index += 1 }
        ranges.append(start..<index)
      } else {
        index += 1
      }
    }
    return ranges
  }

  @Test("twenty thousand places on one line are told in a moment")
  func longLine() throws {
    let item = #"{"uri":"https://example.org/","index":1,"title":"","tags":""},"#
    let text = "[" + String(repeating: item, count: 20_000) + "1]"
    let found = try Reading(text, as: "buku")
    #expect(found.bookmarks.count == 20_000)
    #expect(found.locations.last == Location(line: 1, column: item.utf8.count * 20_000 + 2))
  }
}
