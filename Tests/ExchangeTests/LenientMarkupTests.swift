import Testing

@testable import Exchange

/// What is not quite right in HTML and XML, and is read as browsers read it.
@Suite struct LenientMarkupTests {
  private static let remark =
    "a bare '&' or an unknown entity, read as in HTML"

  @Test(
    "a bare '&' and names that only HTML has are read in every format of XML, and it is said where")
  func references() throws {
    let text = "AT&T &nbsp;&eacute; &copy &nope; R&D;"
    let title = "AT&T \u{A0}é © &nope; R&D;"
    for (name, before, after) in [
      ("opml", "<opml>\n<body><outline url='x:1' text='", "'/></body></opml>"),
      ("xbel", "<xbel>\n<bookmark href='x:1'><title>", "</title></bookmark></xbel>"),
      ("atom", "<feed>\n<entry><link href='x:1'/><title>", "</title></entry></feed>"),
      ("rss", "<rss>\n<channel><item><link>x:1</link><title>", "</title></item></channel></rss>"),
      ("pinboard-xml", "<posts>\n<post href='x:1' description='", "'/></posts>"),
    ] {
      let found = try Reading(before + text + after, as: name)
      #expect(found.bookmarks.map(\.title) == [title], "\(name)")
      #expect(found.remarks.count == 1 && found.remarks[0].contains(Self.remark))
      #expect(found.remarks.first?.hasPrefix("line 2, column ") == true)
      #expect(!found.hasLoss)
    }
  }

  @Test("in a link '&' parts parameters, though a name of HTML's stands behind it")
  func addresses() throws {
    let found = try Reading(
      "<opml><body><outline text='a' url='https://a.org/?x=1&copy=2&reg_id=3&nbspx&amp;lt=4&y=&#233;'/></body></opml>",
      as: "opml")
    #expect(found.bookmarks.map(\.url) == ["https://a.org/?x=1&copy=2&reg_id=3&nbspx&lt=4&y=é"])
    let page = try Reading(
      "<DL><DT><A HREF='https://a.org/?a&copy=2&lang=en&sect'>x</A></DL>", as: "html")
    #expect(page.bookmarks.map(\.url) == ["https://a.org/?a&copy=2&lang=en§"])
  }

  @Test("all of HTML's names are known, and the oldest without their semicolon")
  func names() throws {
    let found = try Reading(
      "<DL><DT><A HREF=x:1>&ccaron;&check;&NotEqualTilde;&lbrace;&notit; &ampx &ccaron &hellip</A></DL>",
      as: "html")
    #expect(found.bookmarks.map(\.title) == ["č✓≂̸{¬it; &x &ccaron &hellip"])
    #expect(NamedCharacters.all.count == 2_125)
    #expect(NamedCharacters.withoutSemicolon.count == 106)
    #expect(NamedCharacters.withoutSemicolon.allSatisfy { NamedCharacters.all[$0] != nil })
  }

  @Test("XML that is broken otherwise is refused at its line")
  func broken() {
    for text in [
      "<opml>\n<body>\n<outline text='a'></body></opml>",
      "<opml>\n<body>\n<outline text=a/></body></opml>",
      "<opml>\n<body>\n&#xFFFF;</body></opml>",
    ] {
      guard case .malformed(let place, _)? = failure(Array(text.utf8), as: .opml) else {
        Issue.record("\(text) was read")
        continue
      }
      #expect(place?.line == 3)
    }
    guard case .malformed(_, let reason)? = failure(Array("<opml><body>".utf8), as: .opml) else {
      Issue.record("a file without its end was read")
      return
    }
    #expect(reason == "the file ends inside <body>")
  }

  @Test("a page without its last </DL> is read, and that is said")
  func missingEnd() throws {
    let found = try Reading(
      "<DL><DT><A HREF=x:1>one</A><DT><H3>A</H3><DL><DT><A HREF=x:2>two</A>\n<DT><H3>B</H3><DL>",
      as: "html")
    #expect(found.bookmarks == [bookmark("one", "x:1"), bookmark("two", "x:2", in: ["A"])])
    #expect(found.folders == [Folder(["A", "B"])])
    #expect(
      found.remarks == ["line 2, column 19: the file ends inside a folder: 3 </DL> are missing"])
    #expect(!found.hasLoss)
  }

  @Test("of a page that ends inside a tag or a title, what is lost is said")
  func cutInside() throws {
    let tag = try Reading("<DL><DT><A HREF=x:1>one</A>\n<DT><A HREF='x:", as: "html")
    #expect(tag.bookmarks == [bookmark("one", "x:1")])
    #expect(tag.hasLoss)
    #expect(
      tag.remarks.first
        == "line 2, column 5: the file ends inside a tag, and what follows it is lost"
    )
    let title = try Reading("<DL><DT><A HREF=x:1>one", as: "html")
    #expect(title.bookmarks == [bookmark("one", "x:1")])
    #expect(title.hasLoss)
  }

  @Test("dates that scripts copied from Chrome are known by their size")
  func dates() throws {
    let found = try Reading(
      """
      <DL><DT><A HREF=x:1 ADD_DATE=13245000000000000>a</A><DT><A HREF=x:2 ADD_DATE=1600000000000000>b</A>
      <DT><A HREF=x:3 ADD_DATE=1600000000000>c</A><DT><A HREF=x:4 ADD_DATE=1600000000 LAST_MODIFIED=13245000000000000>d</A>
      <DT><A HREF=x:5 ADD_DATE=0>e</A></DL>
      """, as: "html")
    #expect(
      found.bookmarks.map { $0.createdAt?.text } == [
        "2020-09-19T14:40:00.000Z", "2020-09-13T12:26:40.000Z", "2020-09-13T12:26:40.000Z",
        "2020-09-13T12:26:40.000Z", nil,
      ])
    #expect(found.bookmarks[3].modifiedAt?.text == "2020-09-19T14:40:00.000Z")
  }

  @Test("separators lead nowhere, whoever made them")
  func separators() throws {
    let found = try Reading(
      """
      <DL><DT><A HREF="http://bookmark.placeholder.url/">---</A>
      <DT><A HREF="https://separator.floccus.org/vertical.html?id=1">-</A>
      <DT><A HREF="place:sort=8">Recent</A><DT><A HREF="https://a.org/">a</A></DL>
      """, as: "html")
    #expect(found.bookmarks.map(\.title) == ["a"])
    #expect(found.leftOut == ["separators", "separators", "queries of the browser"])
  }

  @Test("a title that is too long is cut between two characters")
  func longTitle() throws {
    var long = bookmark(String(repeating: "é", count: 3_000), "x:1")
    let longIsCut = long.shortenTitle()
    #expect(longIsCut)
    #expect(long.title == String(repeating: "é", count: 2_048))
    var family = bookmark(String(repeating: "a", count: 4_090) + "👨‍👩‍👧", "x:1")
    let familyIsCut = family.shortenTitle()
    #expect(familyIsCut)
    #expect(family.title == String(repeating: "a", count: 4_090))
    var short = bookmark("a", "x:1")
    let shortIsCut = short.shortenTitle()
    #expect(!shortIsCut)
  }
}
