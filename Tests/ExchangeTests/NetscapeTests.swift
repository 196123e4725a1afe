import Favourites
import Testing

@testable import Exchange

/// Bookmarks in HTML, in the shapes that browsers and services give them.
@Suite struct NetscapeTests {
  static let firefox = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <!-- This is an automatically generated file.
         It will be read and overwritten.
         DO NOT EDIT! -->
    <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
    <meta http-equiv="Content-Security-Policy"
          content="default-src 'self'; script-src 'none'; img-src data: *; object-src 'none'"></meta>
    <TITLE>Bookmarks</TITLE>
    <H1>Bookmarks Menu</H1>

    <DL><p>
        <DT><A HREF="https://example.org/?a=1&copy=2&amp;b=%22" ADD_DATE="1659320406" LAST_MODIFIED="1659320448" LAST_VISIT="1659320500" ICON_URI="https://example.org/favicon.ico" ICON="data:image/png;base64,iVBORw0KGgo=" SHORTCUTURL="ex" POST_DATA="q=%s" LAST_CHARSET="UTF-8" TAGS="a,b c">Q&amp;A &lt;1&gt; &quot;x&quot; &#39;y&#39;</A>
        <DD>First line
    second &amp; last
        <DT><A HREF="place:sort=8&maxResults=10">Recent</A>
        <HR>
        <DT><H3 ADD_DATE="1659320406" LAST_MODIFIED="1659320505">Folder</H3>
        <DD>Of a folder
        <DL><p>
            <DT><A HREF="javascript:alert(1)" LAST_MODIFIED="1659320448">JS</A>
            <DT><H3>Empty</H3>
            <DL><p>
            </DL><p>
        </DL><p>
        <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Lesezeichen-Symbolleiste</H3>
        <DL><p>
            <DT><A HREF="https://t.org" FEEDURL="https://t.org/feed">T</A>
            <DT><H3>In it</H3>
            <DL><p>
                <DT><A HREF="https://u.org">U</A>
            </DL><p>
        </DL><p>
        <DT><H3 UNFILED_BOOKMARKS_FOLDER="true">Weitere Lesezeichen</H3>
        <DL><p>
            <DT><A HREF="https://v.org"></A>
        </DL><p>
        <DT><H3 MOBILE_BOOKMARKS_FOLDER="true">Mobile Lesezeichen</H3>
        <DL><p>
            <DT><A HREF="https://m.org">M</A>
        </DL><p>
        <DT><A>no address</A>
    </DL>

    """

  @Test("all that Firefox writes is read")
  func readsFirefox() throws {
    let found = try Reading(Self.firefox, as: "html")
    #expect(
      found.bookmarks == [
        bookmark(
          "Q&A <1> \"x\" 'y'", "https://example.org/?a=1&copy=2&b=%22",
          note: "First line\nsecond & last", tags: ["a", "b c"], created: "2022-08-01T02:20:06Z",
          modified: "2022-08-01T02:20:48Z", opened: "2022-08-01T02:21:40Z",
          ["keyword": "ex", "post_data": "q=%s"]),
        bookmark(
          "JS", "javascript:alert(1)", in: ["Folder"], created: "2022-08-01T02:20:48Z",
          modified: "2022-08-01T02:20:48Z"),
        bookmark("T", "https://t.org", in: ["toolbar"], ["feed": "https://t.org/feed"]),
        bookmark("U", "https://u.org", in: ["toolbar", "In it"]),
        bookmark(nil, "https://v.org"), bookmark("M", "https://m.org", in: ["mobile"]),
      ])
    #expect(
      found.folders == [Folder(["Folder"], note: "Of a folder"), Folder(["Folder", "Empty"])])
    #expect(found.leftOut == ["queries of the browser"])
    #expect(found.unreadable == ["a bookmark without a URL"])
    #expect(found.locations.first == Location(line: 12, column: 9))
  }

  @Test("what Chrome and Edge write is read: titles and roots in their words, dates of 0")
  func readsChrome() throws {
    let found = try Reading(
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <!-- This is an automatically generated file.
           It will be read and overwritten.
           DO NOT EDIT! -->
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
      <TITLE>Bookmarks</TITLE>
      <H1>Bookmarks</H1>
      <DL><p>
          <DT><H3 ADD_DATE="1678000000" LAST_MODIFIED="0" PERSONAL_TOOLBAR_FOLDER="true">Favorites Bar</H3>
          <DL><p>
              <DT><A HREF="https://a.org/" ADD_DATE="1678000001" LAST_MODIFIED="0">A</A>
              <DT><H3 ADD_DATE="1678000000" LAST_MODIFIED="1678000009">AC/DC</H3>
              <DL><p>
              </DL><p>
          </DL><p>
          <DT><A HREF="https://b.org/" ADD_DATE="0">B</A>
      </DL><p>
      """, as: "html")
    #expect(
      found.bookmarks == [
        bookmark("A", "https://a.org/", in: ["toolbar"], created: "2023-03-05T07:06:41Z"),
        bookmark("B", "https://b.org/"),
      ])
    #expect(found.folders == [Folder(["toolbar", "AC/DC"])])
  }

  @Test("what Safari writes is read: HTML around it, folders without dates, names in lower case")
  func readsSafari() throws {
    let found = try Reading(
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      \t<HTML>
      \t<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
      \t<Title>Bookmarks</Title>
      \t<H1>Bookmarks</H1>
      \t<DT><H3 FOLDED>Favourites</H3>
      \t<DL><p>
      \t\t<DT><A HREF="https://a.org/">A</A>
      \t</DL><p>
      \t<DT><H3 FOLDED id="com.apple.ReadingList">Reading List</H3>
      \t<DL><p>
      \t</DL><p>
      \t<DT><A HREF=https://b.org/x>B</A>
      \t</HTML>
      """, as: "html")
    #expect(
      found.bookmarks == [
        bookmark("A", "https://a.org/", in: ["Favourites"]), bookmark("B", "https://b.org/x"),
      ])
    #expect(found.folders == [Folder(["Reading List"])])
  }

  @Test("what Internet Explorer writes is read: byte order mark, CR LF")
  func readsInternetExplorer() throws {
    let text = """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <!-- This is an automatically generated file.
      It will be read and overwritten.
      Do Not Edit! -->
      <TITLE>Bookmarks</TITLE>
      <H1>Bookmarks</H1>
      <DL><p>
          <DT><H3 FOLDED ADD_DATE="1456433741">Sub</H3>
          <DL><p>
              <DT><A HREF="http://a.org/" ADD_DATE="1456433741" LAST_VISIT="1456433742" LAST_MODIFIED="1456433743" ICON_URI="http://a.org/i.ico" >A
      b</A>
              <DD>one
      two
          </DL><p>
      </DL><p>
      """.replacing("\n", with: "\r\n")
    let found = try Reading([0xEF, 0xBB, 0xBF] + Array(text.utf8), as: "html")
    #expect(
      found.bookmarks == [
        bookmark(
          "A b", "http://a.org/", in: ["Sub"], note: "one\ntwo", created: "2016-02-25T20:55:41Z",
          modified: "2016-02-25T20:55:43Z", opened: "2016-02-25T20:55:42Z")
      ])
  }

  @Test("what Google wrote is read: no document type, microseconds")
  func readsGoogle() throws {
    let found = try Reading(
      """
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
      <TITLE>Bookmarks</TITLE>
      <H1>Bookmarks</H1>
      <DL><p>
      <DT><H3 ADD_DATE="1456433741000000">label</H3>
      <DL><p>
      <DT><A HREF="http://a.org/" ADD_DATE="1456433741123456">A</A>
      </DL><p>
      </DL><p>
      """, as: "html")
    #expect(
      found.bookmarks == [
        bookmark("A", "http://a.org/", in: ["label"], created: "2016-02-25T20:55:41.123Z")
      ])
  }

  @Test("what Delicious, Pinboard and linkding write is read: tags with spaces, private, to read")
  func readsServices() throws {
    let found = try Reading(
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
      <!-- This is an automatically generated file. -->
      <TITLE>Bookmarks</TITLE>
      <H1>Bookmarks</H1>
      <DL><p><DT><A HREF="https://d.org" ADD_DATE="1100000000" PRIVATE="1" TAGS="one , two words , ">D</A>
      <DD>With <b>markup</b><br>and a <a href="https://x.org">link</a><ul><li>point</li></ul>
      <DT><A HREF="https://p.org" ADD_DATE="1100000000" PRIVATE="0" TOREAD="1" TAGS="x,y">P</A></DT>
      <DT><A HREF="https://l.org" ADD_DATE="1100000000" LAST_MODIFIED="1100000001" PRIVATE="0" TOREAD="0" TAGS="x,linkding:bookmarks.archived">L</A>\n\r
      <DD>Described[linkding-notes]# Note

      more[/linkding-notes]</DD>\n\r
      <DT><A HREF="https://n.org" ADD_DATE="nonsense">N</A>
      </DL></p>
      """, as: "html")
    #expect(
      found.bookmarks == [
        bookmark(
          "D", "https://d.org", note: "With markup\nand a link\npoint", tags: ["one", "two words"],
          created: "2004-11-09T11:33:20Z", ["private": "yes"]),
        bookmark(
          "P", "https://p.org", tags: ["x", "y"], created: "2004-11-09T11:33:20Z", ["toread": "yes"]
        ),
        bookmark(
          "L", "https://l.org", note: "Described\n\n# Note\n\nmore", tags: ["x"],
          created: "2004-11-09T11:33:20Z", modified: "2004-11-09T11:33:21Z", ["archived": "yes"]),
        bookmark("N", "https://n.org"),
      ])
  }

  @Test("what Shaarli and Scuttle write is read: tags between spaces, descriptions as attributes")
  func readsOldServices() throws {
    let shaarli = """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <!-- Shaarli all bookmarks export on Sat, 01 Jan 2022 00:00:00 +0000 -->
      <TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
      <DL><p>
      <DT><A HREF="?abc" ADD_DATE="1100000000" PRIVATE="0" TAGS="one two">S</A>
      <DT><A HREF="https://t.org" TAGS="one two,three">T</A>
      </DL><p>
      """
    #expect(
      try Reading(shaarli, as: "html").bookmarks == [
        bookmark("S", "?abc", tags: ["one", "two"], created: "2004-11-09T11:33:20Z"),
        bookmark("T", "https://t.org", tags: ["one two", "three"]),
      ])
    let scuttle = """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
      <DT><A HREF="https://s.org" hash="0cc175b9" description="one
      two &eacute;" tags='a,b'>S
      </a>
      <DD>
      <DT><A href='https://q.org' ADD_DATE='1100000000' >Q</a></DL><p>
      """
    #expect(
      try Reading(scuttle, as: "html").bookmarks == [
        bookmark("S", "https://s.org", note: "one\ntwo é", tags: ["a", "b"]),
        bookmark("Q", "https://q.org", created: "2004-11-09T11:33:20Z"),
      ])
  }

  @Test("what is left open or out of place is read all the same")
  func readsLoosely() throws {
    let found = try Reading(
      """
      <dl><dt><h3>No list<dt><a href=x:1>title <b>bold</b> <br> on
      <dd>described<dt><h3>A</h3><h4 add_date=1>B</h4><ul><li><a href=x:2>two</a><li><a href=x:3>3</a></ul>
      <dd>nobody's <hr>
      <a href="x:4">AT&T &amp &nbsp;&euro;&#x20AC;&#128;&hellip;&unknown; &#xD800; a < b</a>
      <dd>note <a href="x:5" add_date="1100000000">five</a></dl>
      """, as: "html")
    #expect(
      found.bookmarks == [
        bookmark("title bold on", "x:1", note: "described"),
        bookmark("two", "x:2", in: ["B"]), bookmark("3", "x:3", in: ["B"]),
        bookmark("AT&T & \u{A0}€€€…&unknown; \u{FFFD} a < b", "x:4", note: "note"),
        bookmark("five", "x:5", created: "2004-11-09T11:33:20Z"),
      ])
    #expect(found.folders == [Folder(["No list"]), Folder(["A"])])
  }

  @Test("Pocket's lists are read")
  func readsPocket() throws {
    let found = try Reading(Self.pocket, as: "pocket-html")
    #expect(
      found.bookmarks == [
        bookmark(
          "One & <1>", "https://a.org/?x=1&y=2", tags: ["t", "two words"],
          created: "2015-08-22T01:21:39Z"),
        bookmark(nil, "https://b.org", created: "2015-08-22T01:21:40Z"),
        bookmark("Read", "https://c.org", created: "2015-08-22T01:21:41Z", ["archived": "yes"]),
      ])
  }

  static let pocket = """
    <!DOCTYPE html>
    <html>
    \t<!--So long and thanks for all the fish-->
    \t<head>
    \t\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
    \t\t<title>Pocket Export</title>
    \t</head>
    \t<body>
    \t\t<h1>Unread</h1>
    \t\t<ul>
    \t\t\t<li><a href="https://a.org/?x=1&y=2" time_added="1440206499" tags="t,two words">One &amp; &lt;1></a></li>
    \t\t\t<li><a href="https://b.org" time_added="1440206500" tags="">https://b.org</a></li>
    \t\t</ul>
    \t\t
    \t\t<h1>Read Archive</h1>
    \t\t<ul>
    \t\t\t<li><a href="https://c.org" time_added="1440206501" tags="">Read</a></li>
    \t\t</ul>
    \t</body>
    </html>
    """
}
