import Testing

@testable import Network

/// What curl writes, taken apart.
struct AnswerTests {
  @Test func `a line says how a request ended`() throws {
    let line = try #require(TransferLine("3\t200\t0\t2606:4700::1\t0.25".utf8))
    #expect(line.number == 3 && line.status == 200 && line.exit == 0 && line.seconds == 0.25)
    #expect(line.remote == InternetAddress("2606:4700::1"))
    let failed = try #require(TransferLine("0\t000\t\t\t0.1".utf8))
    #expect(failed.exit == 7 && failed.remote == nil)
    for text in ["", "x", "1\t2\t3\t4", "-1\t200\t0\t\t0", "1\t2000\t0\t\t0", "1\t200\t0\t\t0\tx"] {
      #expect(TransferLine(text.utf8) == nil)
    }
  }

  @Test func `the head comes first, behind those that only announce it`() {
    let text =
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/2 301\r\nLOCATION:  /a \r\n"
      + "Content-Type: text/html; charset=\"ISO-8859-1\"\r\nX: y\r\n\r\nHTTP/1.1 body"
    let bytes = Array(text.utf8)
    let start = ResponseHead.read(bytes)
    #expect(start.isWhole)
    #expect(start.head["location"] == "/a")
    #expect(start.head.contentType == "text/html")
    #expect(start.head.charset == "iso-8859-1")
    #expect(Array(bytes[start.bodyStart...]) == Array("HTTP/1.1 body".utf8))
  }

  @Test func `a head that was cut is said to be`() {
    #expect(!ResponseHead.read(Array("HTTP/1.1 200 OK\r\nA: b\r\n".utf8)).isWhole)
    #expect(!ResponseHead.read([]).isWhole)
  }

  @Test func `nothing in a link ends its line in the configuration`() throws {
    let address = try #require(WebAddress("https://u\":p@example.org/\"\n\\\"?a=%0A\u{85}"))
    let configuration = CurlConfiguration(jobs: 2, timeout: 5, agent: "favs", folder: "/tmp/\"x\\")
    let lines = String(
      decoding: configuration.text([
        CurlRequest(address, etag: "\"a\""), CurlRequest(address, etag: "a\r\nX: y"),
      ]), as: UTF8.self
    ).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("url = ") } == 2)
    #expect(lines.contains(#"output = "/tmp/\"x\\/1""#))
    #expect(lines.contains(#"header = "If-None-Match: \"a\"""#))
    #expect(!lines.contains { $0.hasPrefix("X:") })
    #expect(lines.count { $0 == "globoff" } == 2)
  }

  @Test func `dates are read as sites write them`() {
    #expect(HTTPDate.read("Sun, 06 Nov 1994 08:49:37 GMT")?.text == "1994-11-06T08:49:37.000Z")
    #expect(HTTPDate.read("tomorrow") == nil)
  }
}
