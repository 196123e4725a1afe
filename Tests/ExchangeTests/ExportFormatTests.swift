import Favourites
import Foundation
import TestSupport
import Testing

@testable import Exchange

struct ExportFormatTests {
  @Test(arguments: [
    ("favs.jsonl", "jsonl"), ("/a/b/FAVS.NDJSON", "jsonl"), ("x.json", "json"),
    ("x.y.html", "html"), ("x.org", "org"), ("links.txt", "urls"), ("x.csv", "csv"),
  ])
  func `a file's name tells its format`(path: String, name: String) throws {
    let format = try #require(ExportFormat.of(path: path))
    #expect(format.name == name)
    #expect(ExportFormat.named(name)?.endings == format.endings)
  }

  @Test(arguments: ["", "favs", "favs.", "favs.db", "dir.json/favs", "/"])
  func `a name that says nothing tells none`(path: String) {
    #expect(ExportFormat.of(path: path) == nil)
  }

  @Test func `JSON is one array, and for Elasticsearch two lines each`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      #expect(try JSONSerialization.jsonObject(with: Data(empty(path, as: .json))) as? [Int] == [])
      var store = try Store.writing(path)
      _ = try store.change(ChangeRequest(command: "add")) { store throws(StoreError) in
        for title in ["Dune", "it's \"q\"\n"] {
          var draft = Draft()
          draft.title = title
          _ = try store.add(draft, duplicates: .allow)
        }
      }
      let array = try JSONSerialization.jsonObject(with: Data(exported(path, as: .json)))
      let objects = try #require(array as? [[String: Any]])
      #expect(objects.map { $0["title"] as? String } == ["Dune", "it's \"q\""])
      let lines = try exported(path, as: .elasticsearch).split(separator: 0x0A).map {
        try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
      }
      #expect(lines.count == 4)
      let ids = [lines[0], lines[2]].map { ($0?["index"] as? [String: Any])?["_id"] as? String }
      #expect(ids == objects.map { $0["uid"] as? String })
      #expect([lines[1], lines[3]].map { $0?["title"] as? String } == ["Dune", "it's \"q\""])
    }
  }

  private func empty(_ path: String, as format: ExportFormat) throws -> [UInt8] {
    _ = try Store.writing(path)
    return try exported(path, as: format)
  }
}
