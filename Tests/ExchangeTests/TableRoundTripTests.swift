import Favourites
import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite struct TableRoundTripTests {
  /// Fills a file with hostile favourites.
  private func fill(_ path: String, count: Int, seed: UInt64) throws {
    var hostile = HostileFavourites(seed: seed)
    let drafts = try (0..<count).map { _ in try hostile.next() }
    var store = try Store.writing(path)
    _ = try store.change(ChangeRequest(command: "add")) { (store) throws(StoreError) in
      for draft in drafts { _ = try store.add(draft, duplicates: .refuse) }
    }
  }

  @Test func `thousands of hostile favourites come back from CSV as they were`() throws {
    try checkRoundTrip(.csv, count: isFull ? 10_000 : 2_000, seed: 42)
  }

  @Test func `hostile favourites come back from TSV as they were`() throws {
    try checkRoundTrip(.tsv, count: 500, seed: 43)
  }

  private func checkRoundTrip(_ format: ExportFormat, count: Int, seed: UInt64) throws {
    try withScratch { scratch in
      let (original, copy) = (scratch.file("a.db"), scratch.file("b.db"))
      try fill(original, count: count, seed: seed)
      let first = try exported(original, as: format)
      #expect(try imported(first, into: copy) == [])
      #expect(try exported(copy, as: format) == first)
      #expect(try exported(copy, as: .jsonl) == exported(original, as: .jsonl))
    }
  }

  @Test func `Python reads the same cells from CSV`() throws {
    try withScratch { scratch in
      try fill(scratch.file("a.db"), count: 500, seed: 7)
      scratch.write(try exported(scratch.file("a.db"), as: .csv), to: "a.csv")
      scratch.write(try exported(scratch.file("a.db"), as: .tsv), to: "a.tsv")
      scratch.write(try exported(scratch.file("a.db"), as: .jsonl), to: "a.jsonl")
      let script = """
        import csv, json, sys
        csv.field_size_limit(1 << 24)
        wanted = [json.loads(line) for line in open("a.jsonl", encoding="utf-8", newline="\\n")]
        for name, kind in (("a.csv", "excel"), ("a.tsv", "excel-tab")):
            rows = list(csv.DictReader(open(name, encoding="utf-8", newline=""), dialect=kind, strict=True))
            assert len(rows) == len(wanted)
            for row, favourite in zip(rows, wanted):
                for column, key in dict(
                    title="title", url="url", note="note", folder="category", created="created_at", uid="uid",
                    rank="rank", modified="modified_at", opened="opened", opened_at="opened_at").items():
                    value = favourite[key]
                    assert row[column] == ("" if value is None else str(value)), (name, column, row)
                assert row["tags"] == ", ".join(favourite["tags"])
                assert json.loads(row["metadata"] or "{}") == favourite["metadata"]
        """
      let python = Process()
      python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      python.arguments = ["-c", script]
      python.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
      try python.run()
      python.waitUntilExit()
      #expect(python.terminationStatus == 0)
    }
  }

  @Test func `a cell that a spreadsheet takes for a formula stays what it is`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("a.db"))
      var draft = Draft()
      draft.title = "=1+1"
      draft.note = "@x\n+y"
      draft.url = "-z"
      _ = try store.change(ChangeRequest(command: "add")) { [draft] (store) throws(StoreError) in
        try store.add(draft, duplicates: .refuse)
      }
      let text = String(decoding: try exported(scratch.file("a.db"), as: .csv), as: UTF8.self)
      #expect(text.split(separator: "\r\n").last?.hasPrefix("=1+1,-z,\"@x\n+y\",inbox,,") == true)
    }
  }

  @Test func `what list prints as CSV is read too`() throws {
    let found = try ForeignText(
      """
      id,uid,title,url,note,category,rank,tags,metadata,created_at,modified_at,opened_at,opened
      7,01a20819-c8ca-7b1e-8a1e-60f2d6995487,Dune,,,books/sci-fi,3,"a,b",year=1965;by=Herbert,2024-01-31T12:00:00.000Z,2024-02-01T12:00:00.000Z,,0

      """)
    let draft = try #require(found.drafts.first)
    #expect(draft.uid?.text == "01a20819-c8ca-7b1e-8a1e-60f2d6995487")
    #expect(draft.title == "Dune")
    #expect(draft.category?.text == "books/sci-fi")
    #expect(draft.rank == 3)
    #expect(draft.tags.map(\.text) == ["a", "b"])
    #expect(draft.values["year"] == .number(1965))
    #expect(draft.values["by"] == .text("Herbert"))
    #expect(draft.createdAt?.text == "2024-01-31T12:00:00.000Z")
    #expect(draft.modifiedAt?.text == "2024-02-01T12:00:00.000Z")
  }

  @Test(arguments: [
    ("x,,,,,,", "'x' is not a uid"),
    (",,inbox,,,,", "neither title nor url"),
    (",A,a//b,,,,", "category 'a//b' has a '/' without a name next to it"),
    (",A,,0,,,", "rank: '0' is no number from 1 on"),
    (",A,,,-1,,", "opened: '-1' is no number from 0 on"),
    (",A,,,,soon,", "created: 'soon' is not a date and time"),
    (",A,,,,,{", "metadata: the text ends too early"),
    (",A,", "3 cells where the header has 7"),
  ])
  func `a row of favs' own that is wrong is named`(row: String, reason: String) throws {
    let found = try ForeignText("uid,title,folder,rank,opened,created,metadata\n\(row)\n")
    #expect(found.drafts.isEmpty)
    #expect(found.unreadable.count == 1)
    #expect(found.unreadable.first?.hasPrefix(reason) == true, "\(found.unreadable)")
  }

  private static let names = "title,url,folder,uid,rank,metadata"
  private static let row =
    #"Dune,https://a.example/,books,01a20819-c8ca-7b1e-8a1e-60f2d6995487,3,"{""year"":1965}""#

  @Test func `an exported table with a column more is favs' own, and the column is metadata`()
    throws
  {
    let found = try ForeignText("\(Self.names),Rating,year,\n\(Self.row),4.5,2,\n,,,,,,,,\n")
    #expect(found.bookmarks == [])
    #expect(found.unreadable == [])
    #expect(found.drafts.count == 1)
    let draft = try #require(found.drafts.first)
    #expect(draft.uid?.text == "01a20819-c8ca-7b1e-8a1e-60f2d6995487")
    #expect(draft.rank == 3)
    #expect(
      draft.values.entries.map { "\($0.key)=\($0.value.text)" }.sorted() == [
        "rating=4.5", "year=1965", "year_2=2",
      ])
    // A last column without a name need not be in each row.
    #expect(try ForeignText("\(Self.names),\n\(Self.row)\n").drafts.count == 1)
  }

  @Test func `an exported table without its uids is favs' own by its metadata`() throws {
    let found = try ForeignText(
      #"title,url,folder,rank,metadata\#nDune,https://a.example/,books,3,"{""year"":1965}"\#n"#)
    let draft = try #require(found.drafts.first)
    #expect(draft.values["year"] == .number(1965))
    #expect(draft.category?.text == "books")
    let foreign = try ForeignText("title,uid,url,author\nDune,17,https://a.example/,Herbert\n")
    #expect(foreign.bookmarks.map { $0.metadata["author"] } == [.text("Herbert")])
  }
}
