import Testing

@testable import Favourites

/// Favourites read from JSON.
struct DraftStreamTests {
  private func stream(_ text: String) -> DraftStream {
    var stream = DraftStream()
    stream.append(Array(text.utf8))
    stream.finish()
    return stream
  }

  @Test(arguments: [
    (#"{"title":"x","name":"y"}"#, "unknown key 'name'"),
    (#"{"title":"x","uid":"12"}"#, "'12' is not a uid"),
    (#"{"note":"x"}"#, "neither title nor url"),
    (#"{"title":"x","category":"a//b"}"#, "category 'a//b' has a '/' without a name next to it"),
    (#"{"title":"x","rank":0}"#, "rank 0 is below 1"),
    (#"{"title":"x","opened":-1}"#, "opened -1 is below 0"),
    (#"{"title":"a\u0000b"}"#, "a NUL character"),
    (
      #"{"title":"x","created_at":"yesterday"}"#,
      "'yesterday' is not a date and time such as 2024-01-31T12:00:00Z"
    ),
    (#"{"title":"x","tags":["ok","a,b"]}"#, "tag 'a,b' has a comma"),
    (#"{"title":"x","metadata":[1]}"#, "metadata is not an object"),
    (#"{"title":"x","metadata":{"a b":1}}"#, "'a b' is not a metadata key: it has a space"),
  ])
  func `one that cannot be used is told, and the next is read`(line: String, reason: String) throws
  {
    var stream = stream(line + "\n" + #"{"title":"next"}"# + "\n")
    do {
      _ = try stream.next()
      Issue.record("taken: \(line)")
    } catch {
      #expect(error.isAboutMeaning)
      #expect(error.line == 1)
      #expect(error.reason.contains(reason), "\(error.reason)")
    }
    #expect(try stream.next()?.title == "next")
    #expect(try stream.next() == nil)
  }

  @Test func `what is null is as if it were not there`() throws {
    var stream = stream(
      #"{"title":"x","url":null,"uid":null,"category":null,"rank":null,"tags":null,"metadata":null,"#
        + #""opened_at":null,"opened":null,"id":7,"snippet":{"text":"y"}}"#)
    let draft = try #require(try stream.next())
    #expect(draft.title == "x")
    #expect(draft.url == nil && draft.uid == nil && draft.category == nil && draft.rank == nil)
    #expect(draft.tags.isEmpty && draft.values.isEmpty && draft.openedAt == nil)
    #expect(draft.opened == 0)
  }

  @Test func `what is neither lines nor an array is refused`() {
    var stream = stream("title,url\n")
    #expect(throws: JSONError(line: 1, column: 1, reason: "neither JSON lines nor a JSON array")) {
      try stream.next()
    }
  }

  @Test func `lines come in pieces, blank ones among them, for as long as there are any`() throws {
    var stream = DraftStream()
    var titles: [String] = []
    var lines: [Int] = []
    let text = (0..<4_000).map { "{\"title\":\"number \($0)\"}\r\n \r\n" }.joined()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      stream.append(Array(rest.prefix(1_000)))
      rest = rest.dropFirst(1_000)
      while let draft = try stream.next() {
        titles.append(draft.title ?? "")
        lines.append(stream.lineNumber)
      }
    }
    stream.finish()
    #expect(try stream.next() == nil)
    #expect(titles == (0..<4_000).map { "number \($0)" })
    #expect(lines == (0..<4_000).map { $0 * 2 + 1 })
  }

  @Test func `a line that never ends is given up`() throws {
    var stream = DraftStream()
    stream.append(Array("{\"title\":\"".utf8))
    stream.append(Array(repeating: 0x78, count: 16 << 20))
    #expect(
      throws: JSONError(line: 1, column: 1, reason: "a line of more than 16777216 bytes")
    ) { try stream.next() }
  }
}
