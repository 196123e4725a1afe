import Favourites
import Testing

@testable import Exchange

/// Chromium's `Bookmarks` and Firefox's backups.
@Suite struct BrowserFormatTests {
  /// In the order of keys in which Chromium writes: the name behind the children.
  static let chromium = """
    {
       "checksum": "5c0f3c2e6cb8a5a8d8d7a3f0e1b2c3d4",
       "roots": {
          "bookmark_bar": {
             "children": [ {
                "date_added": "13084680099000000",
                "date_last_used": "13084680199000000",
                "guid": "0bc5d13f-2cba-5d74-951f-3f233fe6c908",
                "id": "6",
                "meta_info": {
                   "Description": "A probe",
                   "Nickname": "vg",
                   "last_visited_desktop": "13084680100000000"
                },
                "name": "Voyager \\u2013 \\"1\\"",
                "type": "url",
                "url": "http://voyager.jpl.nasa.gov/"
             }, {
                "children": [ {
                   "children": [  ],
                   "date_added": "13084680099000000",
                   "date_modified": "0",
                   "id": "9",
                   "name": "Empty",
                   "type": "folder"
                }, {
                   "date_added": "0",
                   "date_modified": "13084680099000001",
                   "id": "8",
                   "meta_info": "{\\"last_visited_desktop\\":\\"13084680100000000\\"}",
                   "name": "",
                   "type": "url",
                   "url": "https://a.org/?x=1&y=2"
                } ],
                "date_added": "13084680099000000",
                "id": "7",
                "meta_info": { "Description": "of a folder" },
                "name": "AC/DC, live",
                "type": "folder"
             } ],
             "date_added": "13084680000000000",
             "id": "1",
             "name": "Lesezeichenleiste",
             "type": "folder"
          },
          "meta_info": { "x": "y" },
          "other": {
             "children": [ {
                "date_added": "13084680099000000", "id": "11", "name": "Other", "type": "url",
                "url": "file:///home/me/a b.html"
             }, {
                "id": "12", "name": "broken", "type": "url"
             } ],
             "id": "2", "name": "Weitere", "type": "folder"
          },
          "sync_transaction_version": "12",
          "synced": {
             "children": [ { "id": "13", "name": "M", "type": "url", "url": "https://m.org" } ],
             "id": "3", "name": "Mobil", "type": "folder"
          },
          "trash": {
             "children": [ { "id": "14", "name": "T", "type": "url", "url": "https://t.org" } ],
             "id": "4", "name": "Trash", "type": "folder"
          }
       },
       "version": 1
    }
    """

  @Test("all that Chromium keeps is read, with its folders and order")
  func readsChromium() throws {
    let found = try Reading(Self.chromium, as: "chromium")
    #expect(
      found.bookmarks == [
        bookmark(
          "Voyager – \"1\"", "http://voyager.jpl.nasa.gov/", in: ["toolbar"], note: "A probe",
          created: "2015-08-22T01:21:39Z", opened: "2015-08-22T01:23:19Z", ["keyword": "vg"]),
        bookmark(
          nil, "https://a.org/?x=1&y=2", in: ["toolbar", "AC/DC, live"],
          modified: "2015-08-22T01:21:39Z", opened: "2015-08-22T01:21:40Z"),
        bookmark("Other", "file:///home/me/a b.html", created: "2015-08-22T01:21:39Z"),
        bookmark("M", "https://m.org", in: ["mobile"]),
      ])
    #expect(
      found.folders == [
        Folder(["toolbar", "AC/DC, live"], note: "of a folder"),
        Folder(["toolbar", "AC/DC, live", "Empty"]),
      ])
    #expect(found.unreadable == ["a bookmark without a URL"])
    #expect(found.leftOut == ["bookmarks in the browser's trash"])
    #expect(found.locations.first == Location(line: 5, column: 24))
  }

  @Test func `a live bookmark of older years is its site, with the feed, and no empty folder`()
    throws
  {
    let text =
      #"{"guid":"root________","root":"placesRoot","typeCode":2,"type":"text/x-moz-place-container","children":[{"root":"toolbarFolder","guid":"toolbar_____","typeCode":2,"children":[{"title":"News","typeCode":2,"annos":[{"name":"livemark/feedURI","value":"https://n.org/rss"},{"name":"livemark/siteURI","value":"https://n.org/"}],"type":"text/x-moz-place-container","children":[]},{"title":"More","typeCode":2,"type":"text/x-moz-place-container","annos":[{"name":"livemark/feedURI","value":"https://m.org/rss"}]}]}]}"#
    let found = try Reading(text, as: "firefox")
    #expect(
      found.bookmarks == [
        bookmark("News", "https://n.org/", in: ["toolbar"], ["feed": "https://n.org/rss"]),
        bookmark("More", "https://m.org/rss", in: ["toolbar"], ["feed": "https://m.org/rss"]),
      ])
    #expect(found.folders == [])
  }

  /// On one line, as Firefox writes it.
  static let firefox =
    #"{"guid":"root________","title":"","index":0,"dateAdded":1388534400000000,"lastModified":1"#
    + #"388534400000000,"id":1,"typeCode":2,"type":"text/x-moz-place-container","root":"placesRoot","#
    + #""children":[{"guid":"menu________","title":"menu","index":0,"dateAdded":1,"id":2,"typeCode":2,"#
    + #""type":"text/x-moz-place-container","root":"bookmarksMenuFolder","children":["#
    + #"{"guid":"aaaaaaaaaaaa","title":"Köln, \"am Rhein\"","index":0,"dateAdded":1440206499903000,"#
    + #""lastModified":1440206500000000,"id":7,"typeCode":1,"type":"text/x-moz-place","#
    + #""iconUri":"fake-favicon-uri:x","tags":"städte,am Fluss","keyword":"k","charset":"UTF-8","#
    + #""annos":[{"name":"bookmarkProperties/description","flags":0,"expires":4,"value":"Eine Stadt"},"#
    + #"{"name":"other","value":3}],"uri":"https://www.koeln.de/?a=1&b"},"#
    + #"{"typeCode":3,"type":"text/x-moz-place-separator","title":""},"#
    + #"{"title":"Recent","typeCode":1,"type":"text/x-moz-place","uri":"place:sort=12"},"#
    + #"{"guid":"f1","title":"Ubuntu, and Free Software links","typeCode":2,"#
    + #""type":"text/x-moz-place-container","children":[{"title":"U","typeCode":1,"uri":"http://u.org/"}]},"#
    + #"{"guid":"f2","title":"no children","typeCode":2,"type":"text/x-moz-place-container"},"#
    + #"{"guid":"f3","title":"queries","typeCode":2,"children":[{"typeCode":1,"uri":"place:x"}]}]},"#
    + #"{"guid":"toolbar_____","title":"toolbar","typeCode":2,"type":"text/x-moz-place-container","#
    + #""root":"toolbarFolder","children":[{"title":"T","uri":"https://t.org","typeCode":1}]},"#
    + #"{"guid":"unfiled_____","root":"unfiledBookmarksFolder","typeCode":2,"children":["#
    + #"{"title":null,"uri":"https://n.org","typeCode":1,"dateAdded":0}]},"#
    + #"{"guid":"mobile______","root":"mobileFolder","typeCode":2,"children":["#
    + #"{"title":"M","uri":"https://m.org","typeCode":1}]},"#
    + #"{"title":"Tags","root":"tagsFolder","typeCode":2,"children":[{"title":"old tag","typeCode":2,"#
    + #""children":[{"title":"T","uri":"https://t.org","typeCode":1}]}]}]}"#

  static let firefoxBookmarks = [
    bookmark(
      "Köln, \"am Rhein\"", "https://www.koeln.de/?a=1&b", note: "Eine Stadt",
      tags: ["städte", "am Fluss"], created: "2015-08-22T01:21:39.903Z",
      modified: "2015-08-22T01:21:40Z", ["keyword": "k"]),
    bookmark("U", "http://u.org/", in: ["Ubuntu, and Free Software links"]),
    bookmark("T", "https://t.org", in: ["toolbar"], tags: ["old tag"]),
    bookmark(nil, "https://n.org"),
    bookmark("M", "https://m.org", in: ["mobile"]),
  ]

  @Test("all that a backup of Firefox keeps is read")
  func readsFirefox() throws {
    let found = try Reading(Self.firefox, as: "firefox")
    #expect(found.bookmarks == Self.firefoxBookmarks)
    #expect(found.folders == [Folder(["no children"]), Folder(["queries"])])
    #expect(found.leftOut == ["queries of the browser", "queries of the browser"])
    #expect(found.unreadable == [])
  }

  @Test("a packed backup is the same")
  func readsPackedFirefox() throws {
    let found = try Reading(packed(Array(Self.firefox.utf8)), as: "firefox")
    #expect(found.bookmarks == Self.firefoxBookmarks)
  }

  @Test("a block repeats what stood before, and what it just wrote")
  func unpacks() throws {
    // One byte, then nine from one byte before; then the rest as it is.
    let block: [UInt8] = [0x15, 0x61, 0x01, 0x00, 0x20, 0x62, 0x63]
    #expect(try LZ4Block.unpacked(block[...], size: 12) == Array("aaaaaaaaaabc".utf8))
    // Lengths of more than 15 go on in bytes of their own.
    let long: [UInt8] = [0x1F, 0x61, 0x01, 0x00, 0xFF, 0x02, 0x00]
    #expect(try LZ4Block.unpacked(long[...], size: 277) == Array(repeating: 0x61, count: 277))
  }

  @Test(
    "a damaged block is refused",
    arguments: [
      ([0x15, 0x61, 0x02, 0x00, 0x20, 0x62, 0x63], 12),  // from before the beginning
      ([0x15, 0x61, 0x00, 0x00, 0x20, 0x62, 0x63], 12),  // from nowhere
      ([0x15, 0x61, 0x01, 0x00, 0x20, 0x62, 0x63], 11),  // more than was said
      ([0x15, 0x61, 0x01, 0x00, 0x20, 0x62, 0x63], 13),  // less than was said
      ([0x15, 0x61, 0x01], 12), ([0xF0, 0xFF], 300), ([0x50, 0x61], 5), ([], 5),
      ([0x1F, 0x61, 0x01, 0x00, 0xFF, 0xFF, 0xFF], 1_000),
    ] as [([UInt8], Int)])
  func damagedBlock(block: [UInt8], size: Int) {
    let error = #expect(throws: ExchangeError.self) {
      try LZ4Block.unpacked(block[...], size: size)
    }
    #expect(isMalformed(error))
  }

  @Test("a small file that claims to hold gigabytes takes no memory for them")
  func bomb() {
    let magic = Array("mozLz40\0".utf8)
    #expect(throws: ExchangeError.tooLarge("more than 256 MiB when unpacked")) {
      try Reading(magic + [0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 0x61], as: "firefox")
    }
    let error = #expect(throws: ExchangeError.self) {
      try Reading(magic + [0x00, 0x00, 0x00, 0x10, 0x1F, 0x61], as: "firefox")
    }
    #expect(isMalformed(error))
  }
}

/// Bytes as Firefox packs them, without looking for what comes twice.
func packed(_ bytes: [UInt8]) -> [UInt8] {
  let size = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) }
  var rest = bytes.count - 15
  precondition(rest >= 0, "more than a length of four bits")
  var block: [UInt8] = [0xF0]
  while rest >= 255 {
    block.append(255)
    rest -= 255
  }
  return Array("mozLz40\0".utf8) + size + block + [UInt8(rest)] + bytes
}
