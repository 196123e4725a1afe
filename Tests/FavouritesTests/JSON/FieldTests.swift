import Testing

@testable import Favourites

/// What is told of favourites and categories, field by field.
struct FieldTests {
  private let uid = UID(high: 0x01A2_081D_5E04_7295, low: 0xB8ED_F935_8D21_FB26)

  private func full() -> Favourite {
    var favourite = Favourite(
      id: 7, uid: uid, title: "Dune", url: "https://x/", note: "a \"note\"", category: "books",
      rank: 3, tagsJSON: #"["classic","desert"]"#,
      metadataJSON:
        #"{"seen":{"type":"date","value":"2024-02-11"},"year":1965}"#,
      createdAt: Timestamp(milliseconds: 0), modifiedAt: Timestamp(milliseconds: 1_000),
      openedAt: Timestamp(milliseconds: 2_000), opened: 4)
    favourite.deletedAt = Timestamp(milliseconds: 3_000)
    favourite.hit = SearchHit(
      score: 0.123456, matched: [.title, .note],
      snippet: SearchHit.Snippet(field: .note, text: "a note", hits: [2..<6]))
    return favourite
  }

  private func empty() -> Favourite {
    Favourite(
      id: 1, uid: uid, title: "x", url: nil, note: nil, category: "inbox", rank: 1, tagsJSON: "[]",
      metadataJSON: "{}", createdAt: Timestamp(milliseconds: 0),
      modifiedAt: Timestamp(milliseconds: 0), openedAt: nil, opened: 0)
  }

  private func json(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `all of a favourite is written as JSON`() {
    #expect(
      json { full().write(FavouriteField.allCases, to: &$0) } == """
        {"id":7,"uid":"01a2081d-5e04-7295-b8ed-f9358d21fb26","title":"Dune","url":"https://x/",\
        "note":"a \\"note\\"","category":"books","rank":3,"tags":["classic","desert"],\
        "metadata":{"seen":"2024-02-11","year":1965},"metadata_types":{"seen":"date"},\
        "created_at":"1970-01-01T00:00:00.000Z",\
        "modified_at":"1970-01-01T00:00:01.000Z","opened_at":"1970-01-01T00:00:02.000Z","opened":4,\
        "deleted_at":"1970-01-01T00:00:03.000Z","link":null,"score":0.123456,\
        "matched":["title","note"],"snippet":{"field":"note","text":"a note","hits":[[2,6]]}}
        """)
    #expect(
      json { empty().write([.url, .note, .tags, .metadata, .metadataTypes, .openedAt], to: &$0) }
        == #"{"url":null,"note":null,"tags":[],"metadata":{},"metadata_types":{},"opened_at":null}"#
    )
    #expect(
      json { empty().write(FavouriteField.found, to: &$0) }
        == #"{"score":null,"matched":[],"snippet":null}"#)
  }

  @Test func `each field of a favourite has a plain text`() {
    #expect(
      FavouriteField.allCases.map(full().text) == [
        "7", "01a2081d-5e04-7295-b8ed-f9358d21fb26", "Dune", "https://x/", "a \"note\"", "books",
        "3", "classic,desert", "seen=2024-02-11;year=1965", "seen=date", "1970-01-01T00:00:00.000Z",
        "1970-01-01T00:00:01.000Z", "1970-01-01T00:00:02.000Z", "4", "1970-01-01T00:00:03.000Z",
        "", "0.123", "title,note", "a note",
      ])
    #expect(
      ([
        .url, .note, .tags, .metadata, .metadataTypes, .openedAt, .deletedAt, .score, .matched,
        .snippet,
      ]
        as [FavouriteField]).map(empty().text) == Array(repeating: "", count: 10))
  }

  @Test func `a list of fields is read, each once, and an unknown one is named`() throws {
    #expect(try FavouriteField.list("title, id,title").get() == [.title, .id])
    #expect {
      try FavouriteField.list("id,name").get()
    } throws: {
      ($0 as? FavouriteField.UnknownField)?.name == "name"
    }
  }

  @Test func `all of a category is written, as JSON and as text`() throws {
    let schema = MetadataSchema([
      try MetadataField.parse("year:number"), try MetadataField.parse("seen:enum(yes,no)"),
    ])
    var category = Category(
      id: 2, uid: uid, name: "books", note: "To read.", schema: schema, count: 3, total: 5,
      createdAt: Timestamp(milliseconds: 0), modifiedAt: Timestamp(milliseconds: 1_000))
    #expect(
      json { category.write(to: &$0) } == """
        {"name":"books","uid":"01a2081d-5e04-7295-b8ed-f9358d21fb26","note":"To read.","count":3,\
        "total":5,"schema":[{"key":"year","type":"number"},\
        {"key":"seen","type":"enum","choices":["yes","no"]}],\
        "created_at":"1970-01-01T00:00:00.000Z","modified_at":"1970-01-01T00:00:01.000Z"}
        """)
    #expect(
      CategoryField.allCases.map(category.text) == [
        "books", "01a2081d-5e04-7295-b8ed-f9358d21fb26", "To read.", "3", "5",
        "year:number;seen:enum(yes,no)", "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z",
      ])
    (category.note, category.schema) = (nil, nil)
    #expect(json { category.write([.note, .schema], to: &$0) } == #"{"note":null,"schema":null}"#)
    #expect([CategoryField.note, .schema].map(category.text) == ["", ""])
  }
}
