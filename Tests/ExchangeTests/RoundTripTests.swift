import Favourites
import Foundation
import TestSupport
import Testing

@testable import Exchange

/// What is written in a format and read back is the same, in a file of favourites as in an export.
@Suite struct RoundTripTests {
  static let count = isFull ? 10_000 : 2_000

  /// What a file of hostile favourites holds in each format.
  static let exports: [String: [UInt8]] = {
    do {
      return try withScratch { scratch in
        let path = scratch.file("source.db")
        try fill(path)
        var exports: [String: [UInt8]] = [:]
        for format in [ExportFormat.jsonl, .json, .html, .xbel, .opml, .atom] {
          exports[format.name] = try exported(path, as: format)
        }
        return exports
      }
    } catch {
      preconditionFailure("the favourites can be kept and written: \(error)")
    }
  }()

  private static func fill(_ path: String) throws {
    var store = try Store.writing(path)
    _ = try store.change(ChangeRequest(command: "test")) { (store) throws(StoreError) in
      var hostile = MarkupFavourites(seed: 7)
      for number in 0..<count {
        _ = try store.add(hostile.draft(number), duplicates: .allow)
      }
      for number in 0..<40 {
        guard let path = hostile.category() else { continue }
        let notes = [nil, "A note", " \n padded \r\n", "<b>&amp;\u{1}", "\n"]
        try store.takeCategory(path, note: notes[number % notes.count])
      }
    }
  }

  @Test(
    "thousands of hostile favourites come back byte by byte",
    arguments: ["jsonl", "json", "html", "xbel", "opml"])
  func comesBack(name: String) throws {
    let first = try #require(Self.exports[name])
    try withScratch { scratch in
      let path = scratch.file("copy.db")
      #expect(try imported(first, into: path) == [])
      // What comes back in another format is what was there before, too.
      for name in [name, "jsonl"] {
        let format = try #require(ExportFormat.named(name))
        let written = try #require(Self.exports[name])
        let again = try exported(path, as: format)
        if again != written { Issue.record("\(name): \(Self.difference(written, again))") }
      }
    }
  }

  @Test("a feed keeps what it has words for")
  func feed() throws {
    let found = try Reading(try #require(Self.exports["atom"]), as: "atom")
    #expect(found.bookmarks.count == Self.count)
    #expect(found.bookmarks.allSatisfy { $0.uid != nil && !$0.folders.isEmpty })
  }

  @Test(
    "Python's parsers read what is written, and find as many",
    arguments: ["html", "xbel", "opml", "atom"])
  func isReadable(name: String) throws {
    let python = try #require(Tool.path(of: "python3"))
    let scratch = Scratch()
    scratch.write(try #require(Self.exports[name]), to: "export")
    let path = scratch.file("export")
    let script =
      name == "html"
      ? """
      import sys, html.parser
      class Parser(html.parser.HTMLParser):
        count = 0
        def handle_starttag(self, tag, attributes):
          if tag == "a":
            assert dict(attributes)["href"]
            self.count += 1
      parser = Parser()
      parser.feed(open(sys.argv[1], encoding="utf-8", newline="").read())
      parser.close()
      print(parser.count)
      """
      : """
      import sys, xml.etree.ElementTree as tree
      root = tree.parse(sys.argv[1]).getroot()
      atom = "{http://www.w3.org/2005/Atom}"
      print(len(list(root.iter("bookmark"))) + len(list(root.iter(atom + "entry")))
        + len([o for o in root.iter("outline") if o.get("type") != "folder"]))
      """
    let output = try withExtendedLifetime(scratch) {
      try Tool.output(of: python, ["-c", script, path])
    }
    #expect(output == "\(Self.count)\n")
  }

  /// Where two texts part, for a test that failed.
  static func difference(_ first: [UInt8], _ second: [UInt8]) -> String {
    let common = zip(first, second).prefix { $0 == $1 }.count
    func around(_ bytes: [UInt8]) -> String {
      String(decoding: bytes[max(0, common - 200)..<min(bytes.count, common + 200)], as: UTF8.self)
        .debugDescription
    }
    return "\(common) bytes are the same, then\n\(around(first))\nbecame\n\(around(second))"
  }
}
