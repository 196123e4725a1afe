import Favourites
import Foundation
import TestSupport
import Testing

@testable import Exchange

/// Arc's sidebar, Safari's property lists, and the roots of Chromium's kin.
@Suite struct SidebarFormatTests {
  // MARK: Chromium's kin

  private static func node(_ name: String, _ url: String) -> String {
    #"{"type":"url","name":"\#(name)","url":"\#(url)","date_added":"13300000000000000"}"#
  }

  private static func folder(_ name: String, _ children: String...) -> String {
    #"{"children":[\#(children.joined(separator: ","))],"name":"\#(name)","type":"folder"}"#
  }

  @Test("every root is read, in groups or not, whatever it is called; a trash is left out")
  func roots() throws {
    let text = """
      {"checksum":"0","roots":{
      "bookmark_bar":\(Self.folder("x", Self.node("a", "https://a.org/"))),
      "custom_root":{"speedDial":\(Self.folder("x", Self.node("b", "https://b.org/"), Self.folder("Travel", Self.node("c", "https://c.org/")))),
        "unsorted":\(Self.folder("x", Self.node("d", "https://d.org/"))),
        "trash":\(Self.folder("x", Self.node("gone", "https://gone.org/"))),
        "userRoot":\(Self.folder("x", Self.folder("Mine", Self.node("e", "https://e.org/"))))},
      "workspaces_v2":\(Self.folder("x", Self.node("f", "https://f.org/"))),
      "future":{"inner":{"deep":\(Self.folder("x", Self.node("g", "https://g.org/")))}},
      "single":\(Self.node("h", "https://h.org/")),
      "sync_transaction_version":"1"},"version":1}
      """
    let found = try Reading(text, as: "chromium")
    #expect(
      found.bookmarks.map { "\($0.title ?? "") \($0.folders.joined(separator: "/"))" } == [
        "a toolbar", "b speed dial", "c speed dial/Travel", "d ", "e Mine", "f workspaces_v2",
        "g future/inner/deep", "h single",
      ])
    #expect(found.leftOut == ["bookmarks in the browser's trash"])
    #expect(found.passedOver == [] && found.unreadable == [])
    #expect(found.bookmarks[1].createdAt?.text == "2022-06-18T04:26:40.000Z")
  }

  @Test("what is no root and holds something is named")
  func passedOver() throws {
    let found = try Reading(
      """
      {"roots":{"other":\(Self.folder("x", Self.node("a", "https://a.org/"))),"list":[1,2,3]},
      "workspaces":{"id":{"name":"Work"}},"empty":{},"version":2}
      """, as: "chromium")
    #expect(found.bookmarks.map(\.title) == ["a"])
    #expect(found.passedOver == ["'list'", "'workspaces'"])
  }

  @Test("separators of Vivaldi are none of the bookmarks")
  func separators() throws {
    let found = try Reading(
      """
      {"roots":{"bookmark_bar":\(Self.folder("x", Self.node("---", "http://bookmark.placeholder.url/"), Self.node("a", "https://a.org/")))}}
      """, as: "chromium")
    #expect(found.bookmarks.map(\.title) == ["a"])
    #expect(found.leftOut == ["separators"])
  }

  // MARK: Safari

  private static var list: [String: Any] {
    let later: [String: Any] = [
      "WebBookmarkType": "WebBookmarkTypeLeaf", "URLString": "https://d.org/",
      "URIDictionary": ["title": "Later"],
      "ReadingList": [
        "DateAdded": Date(timeIntervalSince1970: 1_651_820_889), "PreviewText": "How it begins",
      ] as [String: Any],
    ]
    let proxy: [String: Any] = ["Title": "History", "WebBookmarkType": "WebBookmarkTypeProxy"]
    let window: [String: Any] = ["WebBookmarkType": "WebBookmarkTypeWindow", "Tabs": [1]]
    return safariList(
      "",
      [
        proxy,
        safariList(
          "BookmarksBar",
          [
            leaf("Wetter – 天気", "https://a.org/?x=1&y=2"),
            safariList("Recipes", [leaf("Soupe", "https://b.org/")]), safariList("Empty", []),
          ]),
        safariList("BookmarksMenu", [leaf("Menu", "https://c.org/")]),
        safariList("com.apple.ReadingList", [later]),
        safariList("Mine", [leaf("Own", "https://e.org/")]), window,
      ])
  }

  private static func safariList(_ title: String, _ children: [[String: Any]]) -> [String: Any] {
    ["Title": title, "WebBookmarkType": "WebBookmarkTypeList", "Children": children]
  }

  private static func leaf(_ title: String, _ url: String) -> [String: Any] {
    [
      "WebBookmarkType": "WebBookmarkTypeLeaf", "URLString": url, "URIDictionary": ["title": title],
    ]
  }

  private static func written(_ list: Any, _ format: PropertyListSerialization.PropertyListFormat)
    throws -> [UInt8]
  {
    Array(try PropertyListSerialization.data(fromPropertyList: list, format: format, options: 0))
  }

  @Test("Safari's list is read in both of its forms, with the reading list")
  func safari() throws {
    for format in [PropertyListSerialization.PropertyListFormat.binary, .xml] {
      let found = try Reading(try Self.written(Self.list, format), as: "safari")
      #expect(
        found.bookmarks == [
          bookmark("Wetter – 天気", "https://a.org/?x=1&y=2", in: ["toolbar"]),
          bookmark("Soupe", "https://b.org/", in: ["toolbar", "Recipes"]),
          bookmark("Menu", "https://c.org/"),
          bookmark(
            "Later", "https://d.org/", in: ["reading list"], note: "How it begins",
            created: "2022-05-06T07:08:09Z", ["toread": "yes"]),
          bookmark("Own", "https://e.org/", in: ["Mine"]),
        ])
      #expect(found.folders == [Folder(["toolbar", "Empty"])])
      #expect(found.passedOver == ["an entry of unknown kind 'WebBookmarkTypeWindow'"])
    }
  }

  @Test("a property list of something else is told, and a link by itself is read")
  func otherLists() throws {
    let link = try Reading(try Self.written(["URL": "https://a.org/"], .binary), as: "safari")
    #expect(link.bookmarks == [bookmark(nil, "https://a.org/")])
    let page = failure(
      try Self.written(["WebMainResource": [String: String]()], .binary), as: .safari)
    #expect(page == .malformed(nil, "a page saved by Safari, without bookmarks"))
    #expect(isMalformed(failure(try Self.written(["a": 1], .xml), as: .safari)))
  }

  @Test("a property list that was cut or damaged is refused, or read within its bounds")
  func hostileLists() throws {
    let bytes = try Self.written(Self.list, .binary)
    let step = isFull ? 1 : 4
    for count in stride(from: 0, to: bytes.count, by: step) {
      #expect(isMalformed(failure(Array(bytes[..<count]), as: .safari)))
    }
    for index in stride(from: bytes.count % step, to: bytes.count, by: step) {
      for value: UInt8 in [0, 0x0F, 0x5F, 0xA1, 0xAF, 0xD1, 0xFF] {
        var changed = bytes
        changed[index] = value
        _ = failure(changed, as: .safari)
      }
    }
    // An array that holds itself, and arrays that each hold the next one many times.
    func list(_ objects: [[UInt8]]) -> [UInt8] {
      var bytes = Array("bplist00".utf8)
      var offsets: [UInt8] = []
      for object in objects {
        offsets += [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)]
        bytes += object
      }
      let table = bytes.count
      return bytes + offsets + [0, 0, 0, 0, 0, 0, 2, 1] + [
        0, 0, 0, 0, 0, 0, 0, UInt8(objects.count),
      ]
        + Array(repeating: 0, count: 8) + [
          0, 0, 0, 0, 0, 0, UInt8(table >> 8), UInt8(table & 0xFF),
        ]
    }
    #expect(isMalformed(failure(list([[0xA1, 0]]), as: .safari)))
    let bomb: [[UInt8]] =
      (1...60).map { [0xAA] + Array(repeating: UInt8($0), count: 10) } + [[0x08]]
    #expect(isMalformed(failure(list(bomb), as: .safari)))
    let deep = String(repeating: "<array>", count: 900) + String(repeating: "</array>", count: 900)
    #expect(isMalformed(failure(Array("<plist>\(deep)</plist>".utf8), as: .safari)))
  }

  // MARK: Arc

  private static func arc(
    _ items: String..., space: String = #""containerIDs":["unpinned","U","pinned","P"]"#
  ) -> String {
    """
    {"version":1,"sidebar":{"containers":[{"global":{}},{"topAppsContainerIDs":[{"default":true},"T"],
    "spaces":["S",{"id":"S","title":"Work",\(space)}],
    "items":["P",{"id":"P","childrenIds":["1","2","4"],"data":{"itemContainer":{}}},
    "U",{"id":"U","childrenIds":["9"],"data":{"itemContainer":{}}},
    "T",{"id":"T","childrenIds":["5"],"data":{"itemContainer":{}}}\(items.map { "," + $0 }.joined())]}]}}
    """
  }

  private static let items = [
    #""1",{"id":"1","title":"Mine","createdAt":700000000.0,"childrenIds":[],"data":{"tab":{"savedTitle":"Theirs","savedURL":"https://a.org/","timeLastActiveAt":700000100}}}"#,
    #""2",{"id":"2","title":"Guides","childrenIds":["3","2"],"data":{"list":{}}}"#,
    #""3",{"id":"3","title":null,"childrenIds":[],"data":{"tab":{"savedTitle":"Style","savedURL":"https://b.org/"}}}"#,
    #""4",{"id":"4","title":null,"childrenIds":["6"],"data":{"splitView":{}}}"#,
    #""5",{"id":"5","title":null,"childrenIds":[],"data":{"tab":{"savedTitle":"Mail","savedURL":"https://c.org/"}}}"#,
    #""6",{"id":"6","title":null,"childrenIds":["7"],"data":{"tab":{"savedTitle":"Half","savedURL":"https://d.org/"}}}"#,
    #""7",{"id":"7","childrenIds":[],"data":{"easel":{}}}"#,
    #""9",{"id":"9","title":null,"childrenIds":[],"data":{"tab":{"savedTitle":"Today","savedURL":"https://e.org/"}}}"#,
  ].joined(separator: ",")

  @Test("Arc's pinned tabs are read by space and folder, a title of one's own first")
  func arc() throws {
    for space in [
      #""containerIDs":["unpinned","U","pinned","P"]"#,
      #""newContainerIDs":[{"unpinned":{"_0":{"shared":{}}}},"U",{"pinned":{}},"P"]"#,
    ] {
      let found = try Reading(Self.arc(Self.items, space: space), as: "arc")
      #expect(
        found.bookmarks == [
          bookmark("Mail", "https://c.org/", in: ["favourites"]),
          bookmark(
            "Mine", "https://a.org/", in: ["Work"], created: "2023-03-08T20:26:40Z",
            opened: "2023-03-08T20:28:20Z"),
          bookmark("Style", "https://b.org/", in: ["Work", "Guides"]),
          bookmark("Half", "https://d.org/", in: ["Work"]),
        ])
      #expect(found.leftOut == ["tabs that are not pinned"])
      #expect(found.unreadable == [])
    }
  }

  @Test("what Arc keeps and is no tab is named")
  func arcKinds() throws {
    let items = Self.items.replacingOccurrences(of: #""splitView""#, with: #""arcDocument""#)
    let found = try Reading(Self.arc(items), as: "arc")
    #expect(found.passedOver == ["an entry of unknown kind 'arcDocument'"])
    #expect(found.bookmarks.count == 4)
    #expect(isMalformed(failure(Array(#"{"sidebar":{}}"#.utf8), as: .arc)))
  }

  @Test("items that stand in each other without end are read once")
  func arcCycles() throws {
    let many = (10..<3_000).map {
      #""\#($0)",{"id":"\#($0)","childrenIds":["\#($0 + 1)"],"data":{"splitView":{}}}"#
    }.joined(separator: ",")
    let text = Self.arc(#""1",{"id":"1","childrenIds":["10"],"data":{"splitView":{}}}"#, many)
    #expect(isMalformed(failure(Array(text.utf8), as: .arc)))
  }
}
