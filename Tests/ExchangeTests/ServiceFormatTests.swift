import Favourites
import Testing

@testable import Exchange

/// JSON of services and of other programs of the command line.
@Suite struct ServiceFormatTests {
  static let buku = """
    [
        {
            "description": "Line 1\\nLine 2",
            "index": 1,
            "tags": "a,b c",
            "title": "Buku",
            "uri": "https://github.com/jarun/buku"
        },
        { "index": 2, "uri": "https://b.org", "title": "", "description": "", "tags": "" },
        7
    ]
    """

  @Test("buku prints an array, or one object")
  func buku() throws {
    let found = try Reading(Self.buku, as: "buku")
    #expect(
      found.bookmarks == [
        bookmark(
          "Buku", "https://github.com/jarun/buku", note: "Line 1\nLine 2", tags: ["a", "b c"]),
        bookmark(nil, "https://b.org"),
      ])
    #expect(found.unreadable == ["no object"])
    #expect(found.locations.map(\.line) == [2, 9, 10])
    let one = try Reading(#"{"index": 1, "uri": "u:x", "title": "t", "tags": "x"}"#, as: "buku")
    #expect(one.bookmarks == [bookmark("t", "u:x", tags: ["x"])])
  }

  static let pinboard = #"""
    [{"href":"https:\/\/a.org\/?x","description":"Title","extended":"Said at length","meta":"92959a96",
    "hash":"61b07aa4","time":"2020-01-02T03:04:05Z","shared":"no","toread":"yes","tags":"one .two  c++"},
    {"href":"https:\/\/b.org","description":false,"extended":"","time":"2020-01-02T03:04:05Z",
    "shared":"yes","toread":"no","tags":""}]
    """#

  @Test("Pinboard calls a title a description, and has false for none")
  func pinboard() throws {
    #expect(
      try Reading(Self.pinboard, as: "pinboard").bookmarks == [
        bookmark(
          "Title", "https://a.org/?x", note: "Said at length", tags: ["one", ".two", "c++"],
          created: "2020-01-02T03:04:05Z", ["toread": "yes", "private": "yes"]),
        bookmark(nil, "https://b.org", created: "2020-01-02T03:04:05Z"),
      ])
  }

  static let karakeep = #"""
    {"bookmarks":[
     {"createdAt":1700000000,"title":"A","tags":["x","y z"],"lists":["l2","l3"],
      "content":{"type":"link","url":"https://a.org"},"note":"my note","archived":true,"favourited":true},
     {"createdAt":1700000000,"title":null,"tags":[],"lists":["unknown"],
      "content":{"type":"text","text":"Buy milk\nand bread"},"note":null,"archived":false},
     {"createdAt":0,"title":null,"tags":[{"name":"obj"}],"content":{"type":"text","text":"One line"}},
     {"createdAt":1,"title":"asset","content":null}],
     "lists":[{"id":"l2","name":"Inner","parentId":"l1","type":"manual"},
      {"id":"l1","name":"Outer","icon":"x","description":"what for","type":"manual","parentId":null},
      {"id":"l3","name":"Other","type":"manual","parentId":null},
      {"id":"l4","name":"Empty","type":"manual","parentId":"l1"},
      {"id":"l5","name":"Loop","type":"manual","parentId":"l6"},
      {"id":"l6","name":"Back","type":"manual","parentId":"l5"},
      {"id":"s","name":"Smart","type":"smart","query":"is:fav","parentId":null}]}
    """#

  @Test("Karakeep has texts, and lists that a bookmark is in")
  func karakeep() throws {
    let found = try Reading(Self.karakeep, as: "karakeep")
    #expect(
      found.bookmarks == [
        bookmark(
          "A", "https://a.org", in: ["Outer", "Inner"], note: "my note",
          tags: ["x", "y z", "Other"], created: "2023-11-14T22:13:20Z",
          ["archived": "yes", "favourite": "yes"]),
        bookmark(
          "Buy milk", nil, note: "Buy milk\nand bread", created: "2023-11-14T22:13:20Z"),
        bookmark("One line", nil, tags: ["obj"]),
        bookmark("asset", nil),
      ])
    #expect(
      found.folders == [Folder(["Outer"], note: "what for"), Folder(["Outer", "Empty"])])
    #expect(found.leftOut == ["lists that are searches"])
  }

  static let linkwarden = #"""
    {"id":1,"name":"me","collections":[
      {"id":10,"links":[
        {"id":1,"name":"Link","type":"url","url":"https://a.org","description":"about it",
         "tags":[{"id":1,"name":"t1"},{"name":"t2"}],"createdAt":"2023-01-15T10:30:00.000Z",
         "updatedAt":"2023-01-16T10:30:00.000Z"},
        {"id":2,"name":"","url":"https://b.org","description":"","tags":[],"createdAt":null}],
       "name":"Sub/Folder","description":"","parentId":11},
      {"id":11,"name":"Top","description":"on top","parentId":null,"links":[]},
      {"id":12,"name":"Bare","parentId":null,"links":[]},
      {"name":"no id","links":[{"name":"L","url":"https://l.org"}]}],
     "pinnedLinks":[{"id":2,"url":"https://b.org"}]}
    """#

  @Test("Linkwarden's collections stand in each other by their ids")
  func linkwarden() throws {
    let found = try Reading(Self.linkwarden, as: "linkwarden")
    #expect(
      found.bookmarks == [
        bookmark(
          "Link", "https://a.org", in: ["Top", "Sub/Folder"], note: "about it",
          tags: ["t1", "t2"], created: "2023-01-15T10:30:00Z", modified: "2023-01-16T10:30:00Z"),
        bookmark(nil, "https://b.org", in: ["Top", "Sub/Folder"], ["pinned": "yes"]),
        bookmark("L", "https://l.org"),
      ])
    #expect(found.folders == [Folder(["Top"], note: "on top"), Folder(["Bare"])])
  }

  static let omnivore = #"""
    [{"id":"7","slug":"a-b","title":"A","description":"excerpt","author":"Ann","url":"https://a.org",
    "state":"Archived","readingProgress":37.5,"thumbnail":"","labels":["x",{"name":"y"}],
    "savedAt":"2023-01-15T10:30:00.000Z","updatedAt":"2023-02-15T10:30:00.000Z",
    "publishedAt":"2022-01-15T00:00:00.000Z"},
    {"title":"B","url":"https://b.org","state":"Active","readingProgress":0,"labels":[],"savedAt":""}]
    """#

  @Test("Omnivore has labels, and a state")
  func omnivore() throws {
    #expect(
      try Reading(Self.omnivore, as: "omnivore").bookmarks == [
        bookmark(
          "A", "https://a.org", note: "excerpt", tags: ["x", "y"],
          created: "2023-01-15T10:30:00Z", modified: "2023-02-15T10:30:00Z",
          [
            "archived": "yes", "author": "Ann", "published": "2022-01-15T00:00:00.000Z",
            "reading-progress": "37.5",
          ]),
        bookmark("B", "https://b.org"),
      ])
  }

  static let wallabag = #"""
    [{"is_archived":1,"is_starred":0,"tags":["news",{"label":"deep","slug":"d"}],"id":1,"title":"A",
    "url":"https://a.org","content":"<p>long<\/p>","created_at":"2023-01-15T10:30:00+0100",
    "updated_at":"2023-01-15T10:31:00+0100","published_at":"2023-01-14T00:00:00+0000",
    "published_by":["Ann","Bob"],"language":"en","annotations":[{"text":"my words","quote":"their words"},
    {"text":"only mine"},{}],"reading_time":4},
    {"is_archived":false,"is_starred":true,"tags":null,"title":"B","given_url":"https://b.org"}]
    """#

  @Test("Wallabag has numbers for yes and no, and notes at places in the article")
  func wallabag() throws {
    #expect(
      try Reading(Self.wallabag, as: "wallabag").bookmarks == [
        bookmark(
          "A", "https://a.org", note: "> their words\nmy words\nonly mine", tags: ["news", "deep"],
          created: "2023-01-15T09:30:00Z", modified: "2023-01-15T09:31:00Z",
          [
            "archived": "yes", "author": "Ann, Bob", "language": "en",
            "published": "2023-01-14T00:00:00.000Z",
          ]),
        bookmark("B", "https://b.org", ["favourite": "yes"]),
      ])
  }

  static let taskwarrior = #"""
    [
    {"id":1,"description":"Paint \"it\" \/ black","due":"20240201T000000Z","entry":"20240131T120000Z",
    "modified":"20240131T130000Z","priority":"H","project":"Home.Garden","status":"pending",
    "tags":["diy","next"],"uuid":"0d1b0c4c-1b6b-4b0e-9d37-0f6e9c1f5e2a","estimate":2.5,"size of":"x",
    "depends":["a","b"],"url":"https://p.org","annotations":[
    {"entry":"20240131T121500Z","description":"first"},{"description":"second"}],"urgency":8.2},
    {"id":0,"description":"done","entry":"20240131T120000Z","end":"20240202T000000Z","status":"completed"},
    {"id":0,"description":"gone","entry":"20240131T120000Z","status":"deleted"}
    ]
    """#

  @Test("Taskwarrior's tasks become favourites without a URL")
  func taskwarrior() throws {
    let found = try Reading(Self.taskwarrior, as: "taskwarrior")
    var first = bookmark(
      "Paint \"it\" / black", "https://p.org", in: ["Home", "Garden"],
      note: "2024-01-31 first\nsecond", tags: ["diy", "next"], created: "2024-01-31T12:00:00Z",
      modified: "2024-01-31T13:00:00Z",
      [
        "due": "2024-02-01T00:00:00.000Z", "priority": "H", "status": "pending", "size_of": "x",
        "uuid": "0d1b0c4c-1b6b-4b0e-9d37-0f6e9c1f5e2a", "depends": "a,b",
      ])
    first.metadata["estimate"] = .number(2.5)
    #expect(
      found.bookmarks == [
        first,
        bookmark(
          "done", nil, created: "2024-01-31T12:00:00Z",
          ["status": "completed", "end": "2024-02-02T00:00:00.000Z"]),
      ])
    #expect(found.leftOut == ["deleted tasks"])
  }

  @Test("older Taskwarriors print an object a line")
  func taskLines() throws {
    let line = #"{"description":"a","entry":"20240131T120000Z","status":"pending"}"#
    for text in [line + "\n" + line, line + ",\n" + line + "\n"] {
      #expect(try Reading(text, as: "taskwarrior").bookmarks.count == 2)
    }
  }

  @Test("favs' own JSON is taken for nothing else")
  func own() throws {
    for text in [#"[{"title":"roots","note":"text/x-moz-place"}]"#, #"{"title":"x"}"#, "[]", "{}"] {
      #expect(Format.of(Sniff(Array(text.utf8), path: nil))?.name == "favs")
    }
  }
}
