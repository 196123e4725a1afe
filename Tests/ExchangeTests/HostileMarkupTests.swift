import Favourites
import Testing

@testable import Exchange

/// Files in HTML and XML that were cut, damaged, or made to do harm.
@Suite struct HostileMarkupTests {
  static let files: [(name: String, text: String)] = [
    ("xbel", XMLFormatTests.xbel), ("opml", XMLFormatTests.opml), ("atom", XMLFormatTests.atom),
    ("rss", XMLFormatTests.rss), ("pinboard-xml", XMLFormatTests.pinboard),
    ("pocket-html", NetscapeTests.pocket), ("html", NetscapeTests.firefox),
  ]

  @Test(
    "a file that was cut anywhere is malformed; a page is read as far as it goes, and that is said",
    arguments: files.map(\.name))
  func cut(name: String) throws {
    let text = try #require(Self.files.first { $0.name == name }).text
    let format = try #require(Format.named(name))
    let bytes = Array(text.utf8)
    guard name == "html" || name == "pocket-html" else {
      // All but the line feed at the end is all of it.
      let whole = bytes.last == 0x0A ? [bytes.count - 1] : []
      #expect(try wholeBeginnings(of: bytes, as: format) == whole)
      return
    }
    let end = text.utf8.count - (name == "html" ? 9 : 1)
    var read = 0
    for count in 0..<end {
      var input = ForeignFile(Array(bytes[..<count]))
      do throws(ExchangeError) {
        try format.read(&input, ReadingOptions()) { _, _ in }
        read += 1
        let isSaid = input.remarks.all.contains { $0.what.utf8.starts(with: "the file ends".utf8) }
        #expect(isSaid, "\(count) bytes")
      } catch {
        #expect(isMalformed(error))
      }
    }
    #expect(read > end / 2, "most of it is no page any more")
  }

  @Test("any byte of a file may be another, and the file is read or refused")
  func changed() throws {
    for (name, text) in Self.files {
      let format = try #require(Format.named(name))
      let bytes = Array(text.utf8)
      var read = 0
      for index in stride(from: 0, to: bytes.count, by: 29) {
        for value in Array("<>\"'&/!\u{1}-]".utf8) {
          var changed = bytes
          changed[index] = value
          let error = failure(changed, as: format)
          #expect(error == nil || isMalformed(error))
          read += error == nil ? 1 : 0
        }
      }
      #expect(read > 0, "\(name) is refused whatever it holds")
    }
  }

  @Test("folders nested without end are refused")
  func nested() throws {
    let all = [
      ("html", "<DL>", "<DT><H3>x</H3><DL>"), ("xbel", "<xbel>", "<folder>"),
      ("opml", "<opml><body>", "<outline text=\"x\">"), ("atom", "<feed><entry><content>", "<b>"),
      ("rss", "<rss><channel><item><description>", "<b>"), ("pinboard-xml", "<posts>", "<post>"),
    ]
    for (name, before, each) in all {
      let format = try #require(Format.named(name))
      let bytes = Array((before + String(repeating: each, count: 100_000)).utf8)
      #expect(isMalformed(failure(bytes, as: format)), "\(name)")
    }
  }

  @Test("nine hundred folders in each other are read")
  func deep() throws {
    let text =
      "<DL>" + String(repeating: "<DT><H3>n</H3><DL>", count: 900) + "<DT><A HREF=x:1>x</A>"
      + String(repeating: "</DL>", count: 901)
    #expect(try Reading(text, as: "html").bookmarks.map(\.folders.count) == [900])
  }

  @Test("entities that stand for others are refused where they are declared, and nothing is loaded")
  func entities() throws {
    let laughs = """
      <?xml version="1.0"?>
      <!DOCTYPE opml [
        <!ENTITY lol "lol">
        <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
      ]>
      <opml><body><outline text="&lol2;"/></body></opml>
      """
    let file = """
      <!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>
      """
    let parameter = """
      <!DOCTYPE opml [<!ELEMENT x ANY> %remote; ]><opml><body/></opml>
      """
    for text in [laughs, file, parameter] {
      #expect(Sniff(Array(text.utf8), path: nil).rootElement == "opml")
      #expect(isMalformed(failure(Array(text.utf8), as: .opml)))
    }
    let undeclared =
      "<!DOCTYPE opml SYSTEM \"http://x/\"><opml><body><outline text=\"&x;\"/></body></opml>"
    #expect(try Reading(undeclared, as: "opml").bookmarks.map(\.title) == ["&x;"])
  }

  @Test(
    "XML that is not well-formed is refused",
    arguments: [
      "<opml><body></opml></body>", "<opml></opml><opml/>", "<opml/>x", "x<opml/>", "<opml a=1/>",
      "<opml a/>", "<opml a='1' a='2'/>", "<opml a='1'b='2'/>", "<opml a='<'/>", "<opml>]]></opml>",
      "<opml>&#0;</opml>", "<opml>&#12</opml>", "<opml>&#xFFFE;</opml>",
      "<opml>\u{1}</opml>", "<opml><!-- -- --></opml>", "<opml>< x</opml>", "<opml></ opml>",
      "<opml", "<opml>", "<!DOCTYPE opml>", "", "<opml></opml x='1'>", "<opml / >", "<o'/>",
      "<![CDATA[x]]><opml/>", "<opml><!X></opml>", "</opml>", "<OPML></opml>",
    ])
  func malformed(text: String) {
    #expect(isMalformed(failure(Array(text.utf8), as: .opml)), "\(text)")
  }

  @Test("what is not closed costs no more than its length, and no more is held than allowed")
  func unclosed() throws {
    let long = String(repeating: "<A HREF=\"x", count: 200_000)
    for text in [
      long, "<DL><!--" + long, "<DL><script>" + long, "<DL><DT><A HREF='" + long,
      String(repeating: "<", count: 1_000_000) + "<DL>",
      String(repeating: "&", count: 1_000_000) + "<DL>",
      String(repeating: "<dd>", count: 200_000) + "<dl>",
    ] {
      var input = ForeignFile(Array(text.utf8))
      do throws(ExchangeError) {
        try Format.html.read(&input, ReadingOptions()) { _, _ in }
        #expect(!input.remarks.all.isEmpty)
      } catch {
        #expect(isMalformed(error))
      }
    }
    let limit = 100
    for text in [
      String(repeating: "x", count: 200), "<a href=\"" + String(repeating: "x", count: 200),
      "<![CDATA[" + String(repeating: "x", count: 200),
      "<a x='" + String(repeating: "x", count: 60) + "' y='" + String(repeating: "x", count: 60)
        + "'>",
    ] {
      for isXML in [false, true] {
        let error = #expect(throws: ExchangeError.self) {
          var input = ForeignFile(Array(text.utf8))
          var scanner = MarkupScanner(isXML: isXML, limit: limit)
          while try scanner.next(&input) != nil {}
        }
        #expect(String(describing: error).contains("more than 100 bytes"))
      }
    }
    var input = ForeignFile(
      Array("<x>\(String(repeating: "<b>0123456789</b>", count: 20))</x>".utf8))
    var xml = XMLReader(limit: limit)
    _ = try xml.next(&input)
    #expect(throws: ExchangeError.self) { try xml.text(&input) }
    let many = "<a " + String(repeating: "x=1 ", count: 2_000) + ">"
    #expect(isMalformed(failure(Array(many.utf8), as: .html)))
  }

  @Test("pictures are read past, whatever their size")
  func icons() throws {
    let icon = String(repeating: "A", count: 200_000)
    var input = ForeignFile(Array("<a icon=\"\(icon)\" href=x:1 icon=\(icon)>".utf8))
    var scanner = MarkupScanner(ignoring: ["icon"], limit: 100)
    #expect(
      try scanner.next(&input)
        == .start(MarkupTag(name: "a", attributes: [.init(name: "href", value: "x:1")])))
  }

  @Test("an encoding that is not declared is told, not guessed")
  func encodings() {
    let bytes = Array("<DL><DT><A HREF='x:1'>caf".utf8) + [0xE9] + Array("</A></DL>".utf8)
    #expect(isMalformed(failure(bytes, as: .html)))
  }
}
