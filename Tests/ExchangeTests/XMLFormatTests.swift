import Favourites
import Testing

@testable import Exchange

/// Formats in XML: every field of each.
@Suite struct XMLFormatTests {
  static let xbel = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE xbel PUBLIC "+//IDN python.org//DTD XML Bookmark Exchange Language 1.0//EN//XML"
      "http://pyxml.sourceforge.net/topics/dtds/xbel.dtd" [
      <!-- "> ]> --> <!ELEMENT x (#PCDATA)> <?x "?> <!ATTLIST x y CDATA "]>">
    ]>
    <xbel version="1.0" id="r" xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">
      <title>All of them</title>
      <info><metadata owner="http://kde.org"/></info>
      <desc>of the file</desc>
      <bookmark href="https://a.org/?a=1&amp;b=&lt;2>" visited="2024-01-31T12:00:00+01:00"
        modified="2024-01-31" added="2024-01-30T12:00:00.123Z" id="b1" TAGS="x,two words">
        <title>A &#x26; <![CDATA[<b> & c]]></title>
        <info><metadata owner="http://freedesktop.org"><mime:title>none</mime:title><title>no</title></metadata></info>
        <desc>
          one
          two
        </desc>
      </bookmark>
      <folder folded="no" id="f1" added="2024-01-30">
        <title>AC/DC,
          live</title>
        <desc>of a folder</desc>
        <separator/>
        <folder><title>Inner</title><bookmark href="b:2"/></folder>
        <folder><title>Empty</title></folder>
        <alias ref="b1"/>
        <bookmark href="place:x"><title>P</title></bookmark>
        <bookmark href=""><title>no address</title></bookmark>
      </folder>
    </xbel>
    """

  @Test("all of XBEL is read")
  func readsXBEL() throws {
    let found = try Reading(Self.xbel, as: "xbel")
    #expect(
      found.bookmarks == [
        bookmark(
          "A & <b> & c", "https://a.org/?a=1&b=<2>", note: "one\n      two",
          tags: ["x", "two words"], created: "2024-01-30T12:00:00.123Z",
          modified: "2024-01-31T00:00:00Z", opened: "2024-01-31T11:00:00Z"),
        bookmark(nil, "b:2", in: ["AC/DC, live", "Inner"]),
      ])
    #expect(
      found.folders == [
        Folder(["AC/DC, live"], note: "of a folder"), Folder(["AC/DC, live", "Empty"]),
      ])
    #expect(found.leftOut == ["aliases of other bookmarks", "queries of the browser"])
    #expect(found.unreadable == ["a bookmark without a URL"])
    #expect(found.locations.first == Location(line: 10, column: 3))
  }

  static let opml = """
    <?xml version="1.0" encoding="utf-8"?>
    <opml version="2.0">
      <head><title>Feeds</title><outline text="no"/></head>
      <body>
        <outline text="News" title="News">
          <outline type="rss" text="Feed &amp;amp; &lt;b&gt;co&lt;/b&gt;" xmlUrl="https://f.org/rss"
            htmlUrl="https://f.org/" description="&lt;p&gt;About&lt;/p&gt;it" category="/Tech,two words"/>
          <outline type="rss" title="Only a title" text="" xmlUrl="https://g.org/rss"/>
          <outline text="Empty" type="folder"/>
        </outline>
        <outline text="Link" type="link" url="https://l.org/?a&amp;b" created="Wed, 31 Jan 2024 12:00:00 GMT"
          _note="one&#10;two">
          <outline text="below"/>
        </outline>
        <outline isComment="true"/>
      </body>
    </opml>
    """

  @Test("all of OPML is read")
  func readsOPML() throws {
    let found = try Reading(Self.opml, as: "opml")
    #expect(
      found.bookmarks == [
        bookmark(
          "Feed & co", "https://f.org/", in: ["News"], note: "About\nit",
          tags: ["Tech", "two words"], ["feed": "https://f.org/rss"]),
        bookmark(
          "Only a title", "https://g.org/rss", in: ["News"], ["feed": "https://g.org/rss"]),
        bookmark(
          "Link", "https://l.org/?a&b", note: "one\ntwo", created: "2024-01-31T12:00:00Z"),
        bookmark("below", nil, in: ["Link"]),
      ])
    #expect(found.folders == [Folder(["News", "Empty"])])
    #expect(found.unreadable == ["an outline without text and URL"])
  }

  static let atom = """
    <?xml version="1.0"?><!-- <rss> -->
    <feed xmlns="http://www.w3.org/2005/Atom">
      <title>Feed</title><id>urn:x</id><updated>2024-01-31T12:00:00Z</updated>
      <link href="https://feed.org"/><author><name>Me</name></author>
      <entry>
        <title type="html">A &amp;amp; &lt;i>b&lt;/i></title>
        <id>urn:uuid:01a2084d-cd91-7afa-b0c4-10e58cde9237</id>
        <link rel="self" href="https://self.org"/><link href="https://a.org/?a&amp;b"/>
        <published>2024-01-31T12:00:00+01:00</published><updated>2024-02-01T12:00:00.5Z</updated>
        <category term="x"/><category term="y1" label="why not"/>
        <summary>Short</summary><content type="html">&lt;p&gt;Long</content>
        <source><title>no</title><id>no</id></source>
      </entry>
      <entry>
        <title>B</title><id>https://b.org</id><updated>2024-02-01T12:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one</p><p>two
        <b>bold</b></p></div></content>
      </entry>
      <entry><id>urn:y</id></entry>
    </feed>
    """

  @Test("all of Atom is read")
  func readsAtom() throws {
    let found = try Reading(Self.atom, as: "atom")
    #expect(
      found.bookmarks == [
        bookmark(
          "A & b", "https://a.org/?a&b", note: "Short", tags: ["x", "why not"],
          created: "2024-01-31T11:00:00Z", modified: "2024-02-01T12:00:00.500Z"),
        bookmark(
          "B", "https://b.org", note: "one\ntwo bold", created: "2024-02-01T12:00:00Z",
          modified: "2024-02-01T12:00:00Z"),
      ])
    #expect(found.unreadable == ["an entry without a title and a link"])
  }

  static let rss = """
    <?xml version="1.0"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
      <channel>
        <title>Feed</title><link>https://feed.org</link><atom:link href="https://no.org"/>
        <image><title>no</title><link>https://no.org</link></image>
        <item>
          <title><![CDATA[A & <b>b</b>]]></title><link> https://a.org/?a&amp;b </link>
          <description>&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;br/&gt;three</description>
          <pubDate>Wed, 31 Jan 2024 12:00:00 +0100</pubDate>
          <category domain="d">x</category><category>two words</category>
          <guid isPermaLink="false">https://no.org</guid>
        </item>
        <item><title>B</title><guid>https://b.org</guid><enclosure url="https://no.org"/></item>
        <item><title>C</title><enclosure url="https://c.org/c.mp3" length="1" type="audio/mpeg"/></item>
        <item><description>nothing</description></item>
      </channel>
    </rss>
    """

  @Test("all of RSS is read")
  func readsRSS() throws {
    let found = try Reading(Self.rss, as: "rss")
    #expect(
      found.bookmarks == [
        bookmark(
          "A & b", "https://a.org/?a&b", note: "one\ntwo\nthree", tags: ["x", "two words"],
          created: "2024-01-31T11:00:00Z"),
        bookmark("B", "https://b.org"), bookmark("C", "https://c.org/c.mp3"),
      ])
    #expect(found.unreadable == ["an item without a title and a link"])
    let old = """
      <rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="c"><title>c</title></channel>
      <item rdf:about="https://d.org"><title>D</title><dc:date>2024-01-31T12:00Z</dc:date></item></rdf:RDF>
      """
    #expect(
      try Reading(old, as: "rss").bookmarks == [
        bookmark("D", "https://d.org", created: "2024-01-31T12:00:00Z")
      ])
  }

  static let pinboard = """
    <?xml version="1.0" encoding="UTF-8" ?>
    <posts user="me" dt="2024-01-31T12:00:00Z">
    \t<post href="https://a.org/?a&amp;b" time="2024-01-31T12:00:00Z" description="A &quot;1&quot;" extended="one&#10;two" tag="x .private" hash="h" meta="m" shared="no" toread="yes" />
    \t<post href="https://b.org" description="" extended="" tag=""/>
    \t<post description="none"/>
    </posts>
    """

  @Test("all of Pinboard's XML is read")
  func readsPinboard() throws {
    let found = try Reading(Self.pinboard, as: "pinboard-xml")
    #expect(
      found.bookmarks == [
        bookmark(
          "A \"1\"", "https://a.org/?a&b", note: "one\ntwo", tags: ["x", ".private"],
          created: "2024-01-31T12:00:00Z", ["toread": "yes", "private": "yes"]),
        bookmark(nil, "https://b.org"),
      ])
    #expect(found.unreadable == ["a bookmark without a URL"])
  }

  @Test func `OPML in other letters keeps its links`() throws {
    let wanted = [
      bookmark("A", "https://a.example/", ["feed": "https://a.example/rss"]),
      bookmark("B", "https://b.example/"),
    ]
    let text = """
      <OPML VERSION="1.0"><BODY>
      <OUTLINE TEXT="A" XMLURL="https://a.example/rss" HTMLURL="https://a.example/"/>
      <outline text="B" URL="https://b.example/"/></BODY></OPML>
      """
    #expect(
      throws: (any Error).self, "elements end as they begin"
    ) { try Reading(text.replacing("</BODY>", with: "</body>"), as: "opml") }
    #expect(try Reading(text, as: "opml").bookmarks == wanted)
    let small = """
      <opml><body>
      <outline text="A" xmlurl="https://a.example/rss" htmlurl="https://a.example/"/></body></opml>
      """
    #expect(try Reading(small, as: "opml").bookmarks == [wanted[0]])
  }

  @Test func `a link may stand in the text of an outline`() throws {
    let found = try ForeignText(
      """
      <opml version="2.0"><body>
      <outline text="&lt;a href=&quot;https://a.org/1&quot;&gt;News&lt;/a&gt;: a blog"/>
      <outline text="https://b.org/2"/><outline text="Alien: Resurrection"/>
      <outline text="Has one" url="https://c.org"/>
      <outline text="&lt;a href='https://f.org'&gt;F&lt;/a&gt;, &lt;a href='https://g.org'&gt;G&lt;/a&gt;"/>
      </body></opml>
      """)
    #expect(
      found.bookmarks == [
        Bookmark("News: a blog", "https://a.org/1"), Bookmark(nil, "https://b.org/2"),
        Bookmark("Alien: Resurrection", nil), Bookmark("Has one", "https://c.org"),
        Bookmark("F, G", "https://f.org", note: "https://g.org"),
      ])
  }
}
