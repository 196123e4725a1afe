import Testing

@testable import Exchange

/// Places in GPX and KML, and Instapaper's page.
@Suite struct PlaceFormatTests {
  @Test("waypoints are read, with their own links first, and routes and tracks are named")
  func gpx() throws {
    let found = try Reading(
      """
      <?xml version="1.0"?>
      <gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>no</name></metadata>
      <wpt lat="48.2082" lon="16.3738"><ele>171.5</ele><time>2021-05-06T07:08:09Z</time><name>Café &amp; Co</name>
        <cmt>open late</cmt><desc>open late</desc><type>food</type><extensions><osmand:color>#f00</osmand:color></extensions></wpt>
      <wpt lat="-33.8568" lon="151.2153"><name>Opera</name><link href="https://o.org/"><text>x</text></link></wpt>
      <wpt lat="1.50" lon="2"><url>https://old.org/</url><urlname>x</urlname></wpt>
      <wpt lat="91" lon="0"><name>nowhere</name></wpt><wpt lon="0"><name>half</name></wpt>
      <rte><rtept lat="1" lon="1"><name>no</name></rtept></rte><trk><trkseg/></trk><trk/>
      </gpx>
      """, as: "gpx")
    #expect(
      found.bookmarks == [
        bookmark(
          "Café & Co", "geo:48.2082,16.3738", in: ["food"], note: "open late",
          created: "2021-05-06T07:08:09Z", ["elevation": "171.5"]),
        bookmark("Opera", "https://o.org/", ["location": "geo:-33.8568,151.2153"]),
        bookmark(nil, "https://old.org/", ["location": "geo:1.50,2"]),
      ])
    #expect(found.unreadable.count == 2)
    #expect(found.passedOver == ["a route", "a track", "a track"])
  }

  @Test("placemarks are read, the longitude first, and lines and areas are named")
  func kml() throws {
    let found = try Reading(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>My places</name><description>of mine</description>
      <Style id="x"><IconStyle/></Style><Folder><name>Food</name>
      <Placemark><name>Cafe</name><description><![CDATA[open <b>late</b><br>daily]]></description><styleUrl>#x</styleUrl>
        <TimeStamp><when>2021-05-06T07:08:09Z</when></TimeStamp><address>1 Road</address>
        <ExtendedData><Data name="Price Level"><value>3</value></Data></ExtendedData>
        <Point><coordinates> 16.3738,48.2082,0 </coordinates></Point></Placemark>
      <Placemark><name>Walk</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>
      <Placemark><name>Linked</name><atom:link href="https://l.org/"/><MultiGeometry><Point><coordinates>2,1</coordinates></Point></MultiGeometry></Placemark>
      <Placemark><name>By address</name><address>2 Road</address></Placemark>
      </Folder><Folder><name>Nothing</name></Folder><NetworkLink><name>far</name></NetworkLink>
      </Document></kml>
      """, as: "kml")
    #expect(
      found.bookmarks == [
        bookmark(
          "Cafe", "geo:48.2082,16.3738", in: ["My places", "Food"], note: "open late\ndaily",
          created: "2021-05-06T07:08:09Z", ["address": "1 Road", "price_level": "3"]),
        bookmark(
          "Linked", "https://l.org/", in: ["My places", "Food"], ["location": "geo:1,2"]),
        bookmark("By address", nil, in: ["My places", "Food"], ["address": "2 Road"]),
      ])
    #expect(found.passedOver == ["a line or an area", "an entry of unknown kind 'NetworkLink'"])
    #expect(
      found.folders == [Folder(["My places", "Nothing"]), Folder(["My places"], note: "of mine")])
  }

  @Test("KML and GPX that were cut are refused")
  func cut() throws {
    let kml =
      "<kml><Document><Placemark><name>a</name><Point><coordinates>1,2</coordinates></Point></Placemark></Document></kml>"
    let gpx = "<gpx><wpt lat='1' lon='2'><name>a</name></wpt></gpx>"
    #expect(try wholeBeginnings(of: Array(kml.utf8), as: .kml) == [])
    #expect(try wholeBeginnings(of: Array(gpx.utf8), as: .gpx) == [])
    let deep = "<kml>" + String(repeating: "<Folder>", count: 100_000)
    #expect(isMalformed(failure(Array(deep.utf8), as: .kml)))
  }

  @Test("Instapaper's headings are folders, but for those that say how far one has read")
  func instapaper() throws {
    let found = try Reading(
      """
      <!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body>
      <h1>Unread</h1><ol><li><a href="https://a.org/1">First</a><li><a href="https://a.org/2">Second &amp; more</a></ol>
      <h1>Archive</h1><ol><li><a href="https://a.org/3">Done</a></ol>
      <h1>Starred</h1><ol><li><a href="https://a.org/5">Liked</a></ol>
      <h1>Cooking</h1><ol><li><a href="https://a.org/4">https://a.org/4</a></ol><h1>Later</h1><ol></ol></body></html>
      """, as: "instapaper-html")
    #expect(
      found.bookmarks == [
        bookmark("First", "https://a.org/1"), bookmark("Second & more", "https://a.org/2"),
        bookmark("Done", "https://a.org/3", ["archived": "yes"]),
        bookmark("Liked", "https://a.org/5", ["starred": "yes"]),
        bookmark(nil, "https://a.org/4", in: ["Cooking"]),
      ])
    #expect(found.folders == [Folder(["Later"])])
    #expect(found.remarks == [])
  }

  @Test func `that a line of GeoJSON has a shape is said, and its name is kept`() throws {
    let found = try ForeignText(
      #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Walk"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},{"type":"Feature","properties":{"name":"Nowhere"},"geometry":null}]}"#
    )
    #expect(found.bookmarks == [Bookmark("Walk"), Bookmark("Nowhere")])
    #expect(found.passedOver == ["the shape of a line or an area"])
  }

  @Test func `numbers and days of places are numbers and days`() throws {
    let gpx = try Reading(
      "<gpx><wpt lat='1' lon='2'><name>A</name><ele>1200</ele></wpt></gpx>", as: "gpx")
    #expect(gpx.bookmarks.first?.metadata["elevation"] == .number(1200))
    let kml = try Reading(
      """
      <kml><Placemark><name>A</name><phoneNumber>0123</phoneNumber><ExtendedData>
      <Data name="rating"><value>4.5</value></Data><Data name="seen"><value>2024-02-11</value></Data>
      </ExtendedData></Placemark></kml>
      """, as: "kml")
    let metadata = try #require(kml.bookmarks.first?.metadata)
    #expect(metadata["rating"] == .number(4.5))
    #expect(metadata["seen"]?.kind == .date)
    #expect(metadata["phone"] == .text("0123"))
  }

  @Test func `positions of KML may have spaces after their commas`() throws {
    let found = try ForeignText(
      """
      <kml><Document>
      <Placemark><name>P</name><Point><coordinates>16.2, 48.2, 0</coordinates></Point></Placemark>
      <Placemark><name>Q</name><Point><coordinates>
        17.2,49.2,0 18,50,0</coordinates></Point></Placemark>
      </Document></kml>
      """)
    #expect(found.bookmarks.map(\.url) == ["geo:48.2,16.2", "geo:49.2,17.2"])
  }
}
