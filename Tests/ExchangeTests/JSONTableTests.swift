import Favourites
import Testing

@testable import Exchange

/// Objects in JSON, read as the rows of a table.
@Suite struct JSONTableTests {
  @Test func `any array of objects is a table of their keys`() throws {
    let found = try ForeignText(
      """
      [{"title":"One","url":"https://one.example/","description":"text","tags":["a","b"],
        "created":"1358531607.25","rating":8,"seen":true,"lent":false,"by":["A","B"],"none":null,"empty":[]},
       {"title":"Two","url":"https://two.example/","tags":"c, d","dateAdded":"2021/03/04","size":{"w":3}},
       7]
      """)
    #expect(found.format == "json")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://one.example/", note: "text", tags: ["a", "b"],
          created: "2013-01-18T17:53:27.250Z",
          metadata: [
            "rating": .number(8), "seen": .text("yes"), "lent": .text("no"), "by": .text("A, B"),
          ]),
        Bookmark(
          "Two", "https://two.example/", tags: ["c", "d"], created: "2021-03-04T00:00:00Z",
          metadata: ["size.w": .number(3)]),
      ])
    #expect(found.unreadable == ["no object"])
  }

  @Test
  func `objects behind one another are one too, and names and orders of dates go as in tables`()
    throws
  {
    let found = try ForeignText(
      """
      {"Titel":"Eins","pageUrl":"https://one.example/","Erstellt":"07/08/2019"}
      {"Titel":"Zwei","pageUrl":"https://two.example/","Erstellt":"13/08/2019"}
      {"Titel":"Drei","pageUrl":"https://three.example/","Erstellt":"bald"}
      """)
    #expect(
      found.bookmarks == [
        Bookmark("Eins", "https://one.example/", created: "2019-08-07T00:00:00Z"),
        Bookmark("Zwei", "https://two.example/", created: "2019-08-13T00:00:00Z"),
        Bookmark("Drei", "https://three.example/", metadata: ["erstellt": .text("bald")]),
      ])
    #expect(
      found.remarks == [
        "key 'Erstellt': read with the day first, as in '13/08/2019'",
        "key 'Erstellt': 1 of 3 values are not read as a date, such as 'bald', and kept as metadata",
      ])
  }

  @Test func `objects that are called as favs calls its fields are a table where they hold else`()
    throws
  {
    let found = try ForeignText(
      """
      [{"title":"One","url":"https://one.example/","tags":"a, b","created_at":"2019-07-08 10:11:12"},
       {"title":"Two","url":"https://two.example/","created_at":1562580672}]
      """)
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://one.example/", tags: ["a", "b"], created: "2019-07-08T10:11:12Z"),
        Bookmark("Two", "https://two.example/", created: "2019-07-08T10:11:12Z"),
      ])
    let long = String(repeating: "a", count: 5_000)
    #expect(try ForeignText(#"[{"title":"\#(long)"}]"#).format == "json")
    #expect(
      try ForeignText(#"[{"title":"One","tags":["a"],"created_at":"2019-07-08T10:11:12Z"}]"#).format
        == "favs")
  }

  @Test func `links alone are rows too`() throws {
    let found = try ForeignText(#"["https://one.example/","https://two.example/","no link",7]"#)
    #expect(found.bookmarks.map(\.url) == ["https://one.example/", "https://two.example/"])
    #expect(found.unreadable == ["no object", "no object"])
    let list = try ForeignText(
      #"{"type":"OrderedCollection","orderedItems":["https://one.example/"]}"#)
    #expect(list.bookmarks == [Bookmark(nil, "https://one.example/")])
  }

  @Test func `what has no link, and a list of what has, is a folder`() throws {
    let found = try ForeignText(
      """
      {"format":"x.v2","collections":[
        {"title":"Work","note":"ours","created":"2019-07-08","folders":[
          {"title":"Tools","links":[{"title":"One","url":"https://one.example/"}]}]},
        {"title":"Home","folders":[]}]}
      """)
    #expect(found.bookmarks == [Bookmark("One", "https://one.example/", in: ["Work", "Tools"])])
    #expect(found.folders == [Folder(["Work"], note: "ours"), Folder(["Home"])])
    let windows = try ForeignText(
      #"[{"name":"Session","windows":{"1":{"10":{"id":10,"url":"https://one.example/","title":"One"},"11":{"url":"https://two.example/"}}}}]"#
    )
    #expect(windows.bookmarks.map(\.folders) == [["Session"], ["Session"]])
    #expect(windows.bookmarks.map(\.url) == ["https://one.example/", "https://two.example/"])
  }

  @Test func `a thing with more to tell is no folder for the links that it has`() throws {
    let found = try ForeignText(
      #"[{"title":"Dune","year":1965,"sources":[{"name":"S","url":"https://one.example/"}]}]"#)
    #expect(found.bookmarks.map(\.title) == ["Dune"])
    #expect(found.bookmarks.map { $0.metadata["year"] } == [.number(1965)])
    let linked = try ForeignText(
      #"[{"title":"A","url":"https://a.example/","links":[{"url":"https://one.example/"}]}]"#)
    #expect(linked.bookmarks.map(\.url) == ["https://a.example/"])
  }

  @Test func `a person names keys, those of objects within with points`() throws {
    let text = #"[{"a":{"heading":"One","where":"https://one.example/"},"stars":3}]"#
    let found = try ForeignText(
      text, format: "json", columns: ["title": "a.heading", "url": "a.where"])
    #expect(
      found.bookmarks == [
        Bookmark("One", "https://one.example/", metadata: ["stars": .number(3)])
      ])
    #expect(
      throws: ExchangeError.malformed(
        nil,
        "no key for titles or URLs in 'a.heading', 'a.where', 'stars'; --map title=KEY names one"
      )
    ) { _ = try ForeignText(text) }
    #expect(throws: (any Error).self) { _ = try ForeignText(#"[{"id":1,"tags":["a"]}]"#) }
    #expect(
      throws: ExchangeError.malformed(
        nil, "no key is called 'x'; the names are 'a.heading', 'a.where', 'stars'")
    ) { _ = try ForeignText(text, format: "json", columns: ["title": "x"]) }
  }

  @Test func `of two things in one object, neither title is lost`() throws {
    let found = try ForeignText(
      #"[{"episode":{"title":"E","number":2},"show":{"title":"S","number":7}}]"#)
    #expect(
      found.bookmarks == [
        Bookmark(
          "E",
          metadata: ["show.title": .text("S"), "number": .number(2), "show.number": .number(7)])
      ])
  }

  @Test func `the one thing in each object gives its names`() throws {
    let found = try ForeignText(
      #"[{"added_at":"2020-01-02T03:04:05Z","track":{"name":"A song","url":"https://s.example/","year":1999}}]"#
    )
    #expect(
      found.bookmarks == [
        Bookmark(
          "A song", "https://s.example/", created: "2020-01-02T03:04:05Z",
          metadata: ["year": .number(1999)])
      ])
  }

  @Test func `lists within the one object of a file are read, with its title for a folder`() throws
  {
    let found = try ForeignText(
      #"{"title":"Mine","count":2,"data":{"items":[{"title":"A","url":"https://a.example/"},{"title":"B"}]}}"#
    )
    #expect(
      found.bookmarks == [
        Bookmark("A", "https://a.example/", in: ["Mine"]), Bookmark("B", in: ["Mine"]),
      ])
    let two = try ForeignText(
      #"{"tracks":[{"name":"T","uri":"spotify:track:1"}],"shows":[{"name":"S","uri":"spotify:show:1"}],"n":[1]}"#
    )
    #expect(
      two.bookmarks == [
        Bookmark("T", "spotify:track:1", in: ["tracks"]),
        Bookmark("S", "spotify:show:1", in: ["shows"]),
      ])
    let row = try ForeignText(
      #"{"title":"A","url":"https://a.example/","quotes":[{"title":"q"}]}"#)
    #expect(row.bookmarks.map(\.url) == ["https://a.example/"])
  }

  @Test func `favs' own JSON is its own where all keys are, and a table where some are others`()
    throws
  {
    #expect(try ForeignText(#"[{"title":"A","url":"https://a.example/"}]"#).format == "favs")
    let found = try ForeignText(
      #"[{"title":"A","url":"https://a.example/"},{"title":"B","url":"https://b.example/","rating":4}]"#
    )
    #expect(found.format == "json")
    #expect(found.bookmarks.map(\.title) == ["A", "B"])
    #expect(
      try ForeignText(#"{"title":"A","uid":"0192f0c1-0000-7000-8000-000000000000"}"#).format
        == "favs")
  }

  // MARK: - Services

  @Test func `GitHub's stars are read with their dates and without`() throws {
    let repository =
      #"{"id":1,"name":"t","full_name":"a/t","owner":{"login":"a"},"html_url":"https://github.com/a/t","url":"https://api.github.com/repos/a/t","description":"A tool","topics":["cli"],"language":"Go","stargazers_count":80,"fork":false,"created_at":"2011-01-26T19:01:12Z"}"#
    let metadata: [String: MetadataValue] = [
      "language": .text("Go"), "stargazers_count": .number(80),
      "repository_created": .text("2011-01-26T19:01:12Z"),
    ]
    let plain = try ForeignText("[" + repository + "]")
    #expect(plain.format == "github")
    #expect(
      plain.bookmarks == [
        Bookmark(
          "a/t", "https://github.com/a/t", note: "A tool", tags: ["cli"], metadata: metadata)
      ])
    let dated = try ForeignText(
      #"[{"starred_at":"2020-01-02T03:04:05Z","repo":"# + repository + "}]")
    #expect(dated.format == "github")
    #expect(
      dated.bookmarks == [
        Bookmark(
          "a/t", "https://github.com/a/t", note: "A tool", tags: ["cli"],
          created: "2020-01-02T03:04:05Z", metadata: metadata)
      ])
  }

  @Test func `GoodLinks tells what is starred and what was read`() throws {
    let found = try ForeignText(
      #"[{"addedAt":1650000000.123,"url":"https://g.example/1","title":"One","summary":"Short","tags":["x"],"starred":true,"readAt":1650000100},{"addedAt":1650000001,"url":"https://g.example/2","title":"Two","tags":[],"starred":false}]"#
    )
    #expect(found.format == "goodlinks")
    #expect(
      found.bookmarks == [
        Bookmark(
          "One", "https://g.example/1", note: "Short", tags: ["x"],
          created: "2022-04-15T05:20:00.123Z",
          metadata: ["starred": .text("yes"), "read": .text("2022-04-15T05:21:40.000Z")]),
        Bookmark("Two", "https://g.example/2", created: "2022-04-15T05:20:01Z"),
      ])
  }

  @Test func `Trakt's films and series are told apart by their years and numbers`() throws {
    let found = try ForeignText(
      #"[{"rank":1,"id":11,"listed_at":"2020-01-02T03:04:05.000Z","notes":"with friends","type":"movie","movie":{"title":"A film","year":1977,"ids":{"trakt":1,"slug":"a","imdb":"tt1"}}},{"rank":2,"id":12,"listed_at":"2020-01-03T03:04:05.000Z","notes":null,"type":"show","show":{"title":"A series","year":2018,"ids":{"trakt":2,"tvdb":5}}}]"#
    )
    #expect(found.format == "trakt")
    #expect(
      found.bookmarks == [
        Bookmark(
          "A film", note: "with friends", created: "2020-01-02T03:04:05Z",
          metadata: [
            "type": .text("movie"), "year": .number(1977), "imdb": .text("tt1"),
            "trakt": .number(1),
          ]),
        Bookmark(
          "A series", created: "2020-01-03T03:04:05Z",
          metadata: [
            "type": .text("show"), "year": .number(2018), "trakt": .number(2), "tvdb": .number(5),
          ]),
      ])
  }

  @Test func `Google's saved places are read in both forms, and other GeoJSON by its points`()
    throws
  {
    let found = try ForeignText(
      """
      {"type":"FeatureCollection","features":[
       {"type":"Feature","geometry":{"type":"Point","coordinates":[2.2945,48.8583]},
        "properties":{"date":"2023-04-01T10:00:00Z","google_maps_url":"http://maps.google.com/?cid=55",
         "location":{"address":"1 Example Road","country_code":"FR","name":"Iron Tower"}}},
       {"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},
        "properties":{"Google Maps URL":"http://maps.google.com/?cid=66","Title":"Old Cafe",
         "Location":{"Address":"2 Example Road","Business Name":"Old Cafe","Geo Coordinates":{"Latitude":"1.0","Longitude":"2.0"}},
         "Published":"2018-04-01T10:00:00Z","Updated":"2018-04-02T10:00:00Z"}},
       {"type":"Feature","geometry":{"type":"Point","coordinates":[16.37,-48.2,170]},"properties":{"name":"Bench"}}]}
      """)
    #expect(found.format == "geojson")
    #expect(
      found.bookmarks == [
        Bookmark(
          "Iron Tower", "http://maps.google.com/?cid=55", created: "2023-04-01T10:00:00Z",
          metadata: [
            "address": .text("1 Example Road"), "country_code": .text("FR"),
            "coordinates": .text("48.8583,2.2945"),
          ]),
        Bookmark(
          "Old Cafe", "http://maps.google.com/?cid=66", created: "2018-04-01T10:00:00Z",
          modified: "2018-04-02T10:00:00Z",
          metadata: [
            "address": .text("2 Example Road"), "location.business_name": .text("Old Cafe"),
          ]),
        Bookmark("Bench", "geo:-48.2,16.37"),
      ])
  }

  @Test func `starred items of a reader have their labels for tags`() throws {
    let found = try ForeignText(
      #"{"id":"user/-/state/com.google/starred","items":[{"title":"A &amp; B","published":1369000000,"canonical":[{"href":"https://post.example/1"}],"alternate":[{"href":"https://post.example/x"}],"categories":["user/-/state/com.google/starred","user/1/label/Tech/News","plain"],"author":"Ann","origin":{"title":"Posts","htmlUrl":"https://post.example/"}},{"title":"C","alternate":[{"href":"https://post.example/2"}]}]}"#
    )
    #expect(found.format == "google-reader")
    #expect(
      found.bookmarks == [
        Bookmark(
          "A & B", "https://post.example/1", tags: ["Tech/News", "plain"],
          created: "2013-05-19T21:46:40Z",
          metadata: [
            "author": .text("Ann"), "from": .text("Posts"),
            "from_url": .text("https://post.example/"),
          ]),
        Bookmark("C", "https://post.example/2"),
      ])
  }

  @Test func `Toby's lists are folders, and a title of one's own comes first`() throws {
    let found = try ForeignText(
      #"{"version":3,"lists":[{"title":"Work","cards":[{"title":"T","url":"https://t.example/","customTitle":"Mine","customDescription":"my words"},{"title":"Plain","url":"https://p.example/","customTitle":"","customDescription":""}],"labels":[{"title":"l"}]},{"title":"Empty","cards":[],"labels":[]}]}"#
    )
    #expect(found.format == "toby")
    #expect(
      found.bookmarks == [
        Bookmark("Mine", "https://t.example/", note: "my words", in: ["Work"], tags: ["l"]),
        Bookmark("Plain", "https://p.example/", in: ["Work"], tags: ["l"]),
      ])
    #expect(found.folders == [Folder(["Empty"])])
  }
}
