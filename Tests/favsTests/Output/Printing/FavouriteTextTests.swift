import Testing

@testable import Favourites
@testable import favs

/// One favourite, for people and for scripts, and what is other between two states of it.
struct FavouriteTextTests {
  private let plain = Style(.never, isTerminal: true)
  private let now = Timestamp(rfc3339: "2026-11-26T12:00:00Z")!

  private func favourite(
    _ title: String, url: String? = nil, note: String? = nil, tags: String = "[]",
    metadata: String = "{}", opened: Int64 = 0, rank: Int64 = 3
  ) -> Favourite {
    Favourite(
      id: 12, uid: UID(high: 0x0192_F0C1_0000_7000, low: 0x8000_0000_0000_0001), title: title,
      url: url, note: note, category: "books/sci-fi", rank: rank, tagsJSON: tags,
      metadataJSON: metadata,
      createdAt: Timestamp(milliseconds: now.milliseconds - 90_000_000),
      modifiedAt: Timestamp(milliseconds: now.milliseconds - 90_000_000),
      openedAt: opened > 0 ? now : nil, opened: opened)
  }

  /// A text without its times, which are those of the zone that the tests run in.
  private func timeless(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\dT[0-9:+Z-]+/, with: "TIME")
  }

  private func described(_ favourite: Favourite, width: Int) -> String {
    timeless(Description(favourite, style: plain, width: width, now: now).text)
  }

  @Test func `a person sees title, place, data, dates and note`() {
    let dune = favourite(
      "Dune", url: "https://a.org", note: "Read it slowly,\nand twice.",
      tags: #"["classic","SciFi"]"#, metadata: #"{"author":"Herbert","year":1965}"#, opened: 2)
    #expect(
      described(dune, width: 60) == """
        Dune
        https://a.org
        books/sci-fi@3 #classic #SciFi                         id 12
        author  Herbert
        year    1965
        added 1 day ago (TIME)
        opened 2 times, just now (TIME)
        uid 0192f0c1-0000-7000-8000-000000000001

        Read it slowly,
        and twice.

        """)
  }

  @Test func `one opening is once, and what is not there has no line`() {
    #expect(
      described(favourite("x", opened: 1), width: 30) == """
        x
        books/sci-fi@3           id 12
        added 1 day ago (TIME)
        opened once, just now (TIME)
        uid 0192f0c1-0000-7000-8000-000000000001

        """)
  }

  @Test func `where the line is full the id follows after two spaces`() {
    let text = described(favourite("x", tags: #"["a tag of some length"]"#), width: 20)
    #expect(text.contains("\nbooks/sci-fi@3 #a tag of some length  id 12\n"))
  }

  @Test func `what a terminal would obey is shown and not done`() {
    let text = described(
      favourite(
        "a\u{1B}[31mb\nc", note: "x\u{202E}\ty", tags: "[\"t\u{9B}\"]",
        metadata: #"{"k":"v\u0007"}"#), width: 60)
    #expect(text.hasPrefix("a\\u{1b}[31mb\\nc\n"))
    #expect(text.contains("#t\\u{9b} ") && text.contains("\nk  v\\u{7}\n"))
    #expect(text.hasSuffix("\n\nx\\u{202e}\ty\n"))
  }

  @Test(arguments: [
    ("one two three", 7, "one two\nthree"), ("one two", 7, "one two"), ("one two", 6, "one\ntwo"),
    ("七人の侍 七人", 8, "七人の侍\n七人"), ("averylongword x", 5, "averylongword\nx"),
    ("a\n\nb", 5, "a\n\nb"), ("", 5, ""), ("  two  spaces", 80, "  two  spaces"),
  ])
  func `a note is broken at its spaces, and longer words are left whole`(
    text: String, width: Int, wrapped: String
  ) {
    #expect(Description.wrapped(text, to: width) == wrapped)
  }

  @Test func `a script sees a line for each field that has a value`() {
    let dune = favourite(
      "Dune\tx", url: "https://a.org", note: "n", tags: #"["a","b"]"#,
      metadata: #"{"year":1965}"#, opened: 1)
    #expect(
      timeless(FieldLines(dune, style: plain).text) == """
        id        12
        title     Dune\\tx
        url       https://a.org
        category  books/sci-fi@3
        tags      a, b
        year      1965
        created   TIME
        opened    TIME, once
        uid       0192f0c1-0000-7000-8000-000000000001

        n

        """)
  }

  private func difference(_ before: Favourite?, _ after: Favourite?) -> [String] {
    FieldDifference.between(before, after).map { "\($0.name): \($0.before) > \($0.after)" }
  }

  @Test func `only what is other is told, each piece of metadata by itself`() {
    let before = favourite(
      "Dune", url: "https://a.org", tags: #"["a"]"#,
      metadata: #"{"mood":"good","year":1965}"#)
    let after = favourite(
      "Dune", note: "n", tags: #"["a","b"]"#, metadata: #"{"seen":"yes","year":1966}"#, rank: 1)
    #expect(
      difference(before, after) == [
        "url: https://a.org > ", "note:  > n", "rank: 3 > 1", "tags: a > a,b", "mood: good > ",
        "seen:  > yes", "year: 1965 > 1966",
      ])
    #expect(difference(before, before) == [])
    #expect(difference(before, nil) == [])
  }

  @Test func `two spellings of an accent are two texts`() {
    let told = difference(favourite("caf\u{E9}"), favourite("cafe\u{301}"))
    #expect(told.map { Array($0.utf8) } == [Array("title: caf\u{E9} > cafe\u{301}".utf8)])
  }

  @Test func `of what is new all values are told, but no opening that there was not`() {
    #expect(
      difference(nil, favourite("Dune", tags: #"["a"]"#)) == [
        "title:  > Dune", "category:  > books/sci-fi", "rank:  > 3", "tags:  > a",
      ])
  }

  @Test(
    arguments: [
      (nil, false, false, "added"), (false, true, false, "to the trash"),
      (true, false, false, "restored"), (nil, true, false, "in the trash again"),
      (false, nil, false, "gone"), (true, nil, true, "forgotten"), (nil, nil, true, "forgotten"),
      (false, false, false, nil),
    ] as [(Bool?, Bool?, Bool, String?)])
  func `what became of the whole is told in a word`(
    before: Bool?, after: Bool?, isForgotten: Bool, word: String?
  ) {
    func state(_ isTrashed: Bool?) -> Favourite? {
      isTrashed.map { isTrashed in
        var favourite = favourite("x")
        favourite.deletedAt = isTrashed ? now : nil
        return favourite
      }
    }
    let item = ChangedItem.favourite(
      Passage(
        id: 12, change: 3, before: state(before), after: state(after), isForgotten: isForgotten))
    #expect(item.event == word)
    #expect(item.title == (before == nil && after == nil ? nil : "x"))
  }
}
