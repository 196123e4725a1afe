import Foundation
import TestSupport
import Testing

@testable import Exchange
@testable import Favourites

/// What is written in HTML and XML, and what becomes of it when people change it.
@Suite struct MarkupWriterTests {
  static func favourite(_ title: String, url: String?, in category: String) -> Favourite {
    let uid = UID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
    return Favourite(
      id: 1, uid: uid, title: title, url: url, note: " A note\n", category: category, rank: 1,
      tagsJSON: #"["a & b","x/y"]"#, metadataJSON: #"{"year":1965}"#,
      createdAt: Timestamp(milliseconds: 1_600_000_000_123),
      modifiedAt: Timestamp(milliseconds: 1_600_000_001_000),
      openedAt: Timestamp(milliseconds: 1_600_000_002_000), opened: 3, deletedAt: nil, hit: nil)
  }

  static func context(_ categories: [(String, String?)]) -> ExportContext {
    let time = Timestamp(milliseconds: 1_600_000_000_000)
    return ExportContext(
      categories: categories.enumerated().map { index, category in
        Category(
          id: Int64(index), uid: UID(high: 1, low: UInt64(index)), name: category.0,
          note: category.1, schema: nil, count: 1, total: 1, createdAt: time, modifiedAt: time,
          deletedAt: nil)
      }, tellsEmptyCategories: true, latest: time)
  }

  static func written(
    _ name: String, _ favourites: [Favourite], _ context: ExportContext
  ) throws -> String {
    let format = try #require(ExportFormat.named(name))
    var writer = format.writer(context)
    var bytes: [UInt8] = []
    writer.begin(into: &bytes)
    for favourite in favourites { writer.write(favourite, into: &bytes) }
    writer.end(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One favourite, whose title, note, tags and dates are not all that their formats can tell.
  static func sample(_ name: String) throws -> String {
    try written(
      name, [favourite("Two  spaces <1>", url: "https://a.org/?a&\"b", in: "books/x \u{2003}y")],
      context([("books", " padded "), ("books/x \u{2003}y", nil), ("empty", nil)]))
  }

  @Test("HTML is as browsers write it")
  func html() throws {
    let text = try Self.sample("html")
    let list = try #require(text.range(ofASCII: "<DL>"))
    #expect(
      text[list.lowerBound...] == #"""
        <DL><p>
            <DT><H3 DATA-FAVS="{&quot;note&quot;:&quot; padded &quot;}">books</H3>
            <DD>padded
            <DL><p>
                <DT><H3 DATA-FAVS="{&quot;name&quot;:&quot;x \#u{2003}y&quot;}">x y</H3>
                <DL><p>
                    <DT><A HREF="https://a.org/?a&amp;&quot;b" ADD_DATE="1600000000" LAST_MODIFIED="1600000001" LAST_VISIT="1600000002" TAGS="a &amp; b,x/y" DATA-FAVS="{&quot;uid&quot;:&quot;01900000-0000-7000-8000-000000000001&quot;,&quot;title&quot;:&quot;Two  spaces &lt;1&gt;&quot;,&quot;note&quot;:&quot; A note\n&quot;,&quot;metadata&quot;:{&quot;year&quot;:1965},&quot;metadata_types&quot;:{},&quot;created_at&quot;:&quot;2020-09-13T12:26:40.123Z&quot;,&quot;opened&quot;:3}">Two spaces &lt;1&gt;</A>
                    <DD>A note
                </DL><p>
            </DL><p>
            <DT><H3>empty</H3>
            <DL><p>
            </DL><p>
        </DL><p>

        """#)
  }

  @Test("XBEL is valid: what favs adds is declared")
  func xbel() throws {
    let text = try Self.sample("xbel")
    #expect(text.contains("<!ATTLIST metadata favs CDATA #IMPLIED>"))
    #expect(
      text.hasSuffix(
        #"""
            <folder>
              <title>x y</title>
              <info><metadata owner="https://favs.invalid/ns" favs="{&quot;name&quot;:&quot;x \#u{2003}y&quot;}"/></info>
              <bookmark href="https://a.org/?a&amp;&quot;b" added="2020-09-13T12:26:40.123Z" modified="2020-09-13T12:26:41.000Z" visited="2020-09-13T12:26:42.000Z">
                <title>Two spaces &lt;1&gt;</title>
                <info><metadata owner="https://favs.invalid/ns" favs="{&quot;uid&quot;:&quot;01900000-0000-7000-8000-000000000001&quot;,&quot;title&quot;:&quot;Two  spaces &lt;1&gt;&quot;,&quot;note&quot;:&quot; A note\n&quot;,&quot;tags&quot;:[&quot;a &amp; b&quot;,&quot;x/y&quot;],&quot;metadata&quot;:{&quot;year&quot;:1965},&quot;metadata_types&quot;:{},&quot;opened&quot;:3}"/></info>
                <desc>A note</desc>
              </bookmark>
            </folder>
          </folder>
          <folder>
            <title>empty</title>
          </folder>
        </xbel>

        """#))
  }

  @Test("OPML has attributes of its own namespace")
  func opml() throws {
    let text = try Self.sample("opml")
    #expect(
      text.contains(
        #"<outline text="Two spaces &lt;1&gt;" type="link" url="https://a.org/?a&amp;&quot;b" created="Sun, 13 Sep 2020 12:26:40 GMT" category="a &amp; b,x/y" _note="A note" favs:data="{"#
      ))
    #expect(text.contains(#"<outline text="empty" type="folder">"#))
  }

  @Test("a feed is as RFC 4287 wants it, and says what it drops")
  func atom() throws {
    let favourites = [
      Self.favourite("One", url: "https://a.org/a b|c", in: "books"),
      Self.favourite("Two", url: nil, in: "books"),
    ]
    let text = try Self.written("atom", favourites, Self.context([("books", nil)]))
    #expect(text.contains("<id>urn:uuid:01900000-0000-7000-8000-000000000001</id>"))
    #expect(
      text.contains(
        #"<link rel="alternate" href="https://a.org/a%20b%7Cc" favs:href="https://a.org/a b|c"/>"#))
    let found = try Reading(text, as: "atom").bookmarks
    #expect(found.map(\.title) == ["One", "Two"])
    #expect(found.map(\.url) == ["https://a.org/a b|c", nil])
    #expect(found.map(\.note) == ["A note", "A note"])
    #expect(found.map(\.folders) == [["books"], ["books"]])
    #expect(found.map(\.tags) == [["a & b", "x/y"], ["a & b", "x/y"]])
    #expect(found.first?.createdAt == favourites[0].createdAt)
    #expect(found.first?.modifiedAt == favourites[0].modifiedAt)
    #expect(
      ExportFormat.named("atom")?.losses
        == [.metadata, .openings, .outerSpace, .characters] + Loss.ofCategories)
  }

  @Test("what a person changes wins; all else stays exact", arguments: ["html", "xbel", "opml"])
  func edited(name: String) throws {
    func read(_ changes: [(String, String)]) throws -> Bookmark {
      var text = try Self.sample(name)
      for (old, new) in changes {
        #expect(text.contains(old), "\(old)")
        text = text.replacing(old, with: new)
      }
      return try #require(try Reading(text, as: name).bookmarks.first)
    }
    let exact = try read([])
    #expect(exact.title == "Two  spaces <1>" && exact.note == " A note\n")
    #expect(exact.url == "https://a.org/?a&\"b" && exact.tags == ["a & b", "x/y"])
    #expect(exact.folders == ["books", "x \u{2003}y"] && exact.hasOwnFolders)
    #expect(exact.createdAt == Timestamp(milliseconds: 1_600_000_000_123))
    #expect(exact.modifiedAt == Timestamp(milliseconds: 1_600_000_001_000))
    #expect(exact.openedAt == Timestamp(milliseconds: 1_600_000_002_000) && exact.opened == 3)
    #expect(exact.metadata["year"] == .number(1965))
    #expect(exact.uid?.text == "01900000-0000-7000-8000-000000000001")
    let changed = try read([
      ("Two spaces &lt;1&gt;", "Other"), ("https://a.org/?a&amp;&quot;b", "https://b.org"),
      name == "html"
        ? ("<DD>A note", "<DD>Mine")
        : name == "xbel" ? ("<desc>A note", "<desc>Mine") : ("_note=\"A note", "_note=\"Mine"),
      name == "html"
        ? ("ADD_DATE=\"1600000000", "ADD_DATE=\"1700000000")
        : name == "xbel"
          ? ("added=\"2020-09-13", "added=\"2023-11-14") : ("Sun, 13 Sep 2020", "Tue, 14 Nov 2023"),
    ])
    #expect(changed.title == "Other" && changed.url == "https://b.org" && changed.note == "Mine")
    #expect(changed.createdAt?.text.hasPrefix("2023-11-14T") == true)
    #expect(changed.metadata["year"] == .number(1965) && changed.uid == exact.uid)
    let moved = try read([(name == "html" ? ">x y<" : "x y", name == "html" ? ">z<" : "z")])
    #expect(moved.folders == ["books", "z"])
    let gone = try read([("{&quot;uid", "{&quot;oid")])
    #expect(gone.title == "Two spaces <1>" && gone.uid == nil && gone.note == "A note")
  }

  @Test("the page fetches nothing, and runs nothing but its own script")
  func policy() throws {
    let text = HTMLPage.beginning
    let script = try #require(text.components(separatedBy: "<SCRIPT>").last)
    #expect(script.components(separatedBy: "</SCRIPT>").count == 2)
    #expect(script.hasPrefix(HTMLPage.script + "</SCRIPT>"))
    for word in ["http:", "https:", "//", "src=", "url(", "@import", "innerHTML", "eval"] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test("the hashes of script and style are those that the page allows")
  func hash() throws {
    let python = try #require(Tool.path(of: "python3"))
    let program =
      "import base64, hashlib, sys; print(base64.b64encode(hashlib.sha256(sys.argv[1].encode()).digest()).decode())"
    for (text, known, rule) in [
      (HTMLPage.script, HTMLPage.scriptHash, "script-src"),
      (HTMLPage.style, HTMLPage.styleHash, "style-src"),
    ] {
      let hash = try Tool.output(of: python, ["-c", program, text])
      #expect(hash == known + "\n", "\(rule)")
      #expect(HTMLPage.beginning.contains("\(rule) 'sha256-\(known)'"))
    }
  }
}
