import Favourites
import TestSupport
import Testing

@testable import Exchange

/// What a format cannot carry, and what is told of that.
struct LossTests {
  private func kept(_ drafts: [Draft], _ body: (String, [Favourite]) throws -> Void) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      _ = try store.change(ChangeRequest(command: "add")) { store throws(StoreError) in
        for draft in drafts { _ = try store.add(draft, duplicates: .allow) }
      }
      var rows = try store.rows(Selection(), ordering: Ordering(.rank), slice: .all)
      var favourites: [Favourite] = []
      while let favourite = try rows.next(in: &store) { favourites.append(favourite) }
      try body(path, favourites)
    }
  }

  private func full() throws -> Draft {
    var draft = Draft()
    draft.title = "Dune"
    draft.url = "https://dune.example/"
    draft.note = "by the sea"
    draft.tags = [try TagName.parse("classic")]
    draft.metadata = [try MetadataAssignment.parse("year=1965")]
    draft.opened = 2
    return draft
  }

  @Test func `only what a favourite has can be lost of it`() throws {
    var bare = Draft()
    bare.title = "bare"
    try kept([full(), bare]) { _, favourites in
      let losses = favourites.map { favourite in
        Loss.allCases.filter { $0.concerns(favourite) }
      }
      #expect(
        losses == [
          [.title, .note, .category, .tags, .metadata, .dates, .openings],
          [.favouriteWithoutURL, .title, .category, .dates],
        ])
    }
  }

  @Test func `texts that XML has no words for are lost, and white space around notes`() throws {
    let texts: [(title: String, note: String?, losses: [Loss])] = [
      ("a\nb", nil, [.characters]), ("a  b", nil, [.characters]), ("a\u{1}", nil, [.characters]),
      ("a", " b\n", [.outerSpace]), ("a", "b\r\nc", [.characters]), ("a", "b\n  c", []),
    ]
    let drafts = texts.map { text in
      var draft = Draft()
      (draft.title, draft.note) = (text.title, text.note)
      return draft
    }
    try kept(drafts) { path, favourites in
      #expect(
        favourites.map { favourite in
          [Loss.outerSpace, .characters].filter { $0.concerns(favourite) }
        } == texts.map(\.losses))
      // What is not reported comes back.
      let found = try Reading(try exported(path, as: .atom), as: "atom").bookmarks
      for (text, bookmark) in zip(texts, found) {
        let isSame = bookmark.title == text.title && bookmark.note == text.note
        #expect(isSame == text.losses.isEmpty, "\(bookmark)")
      }
    }
  }

  @Test func `losses are counted in words`() {
    #expect(
      Loss.allCases.map { $0.text(1) } == [
        "1 favourite without a URL", "1 title", "1 note", "1 category", "1 set of tags",
        "1 set of metadata", "1 date", "1 count of openings", "the space around 1 note",
        "the exact characters of 1 favourite", "the exact names of 1 category",
        "the notes of 1 category", "the fields of 1 category", "1 empty category",
      ])
    #expect(
      Loss.allCases.map { $0.text(14) } == [
        "14 favourites without a URL", "14 titles", "14 notes", "14 categories", "14 sets of tags",
        "14 sets of metadata", "14 dates", "14 counts of openings", "the space around 14 notes",
        "the exact characters of 14 favourites", "the exact names of 14 categories",
        "the notes of 14 categories", "the fields of 14 categories", "14 empty categories",
      ])
  }

  @Test func `links are written one a line, and what has none is left out`() throws {
    var bare = Draft()
    bare.title = "bare"
    var second = Draft()
    second.url = "geo:1,2"
    try kept([full(), bare, second]) { path, _ in
      let bytes = try exported(path, as: .urls)
      #expect(String(decoding: bytes, as: UTF8.self) == "https://dune.example/\ngeo:1,2\n")
    }
  }
}
