import Favourites
import Testing

@testable import Network

struct VisitTests {
  private let now = Timestamp(milliseconds: 1_700_000_000_000)

  private func visit(_ link: String, allowsPrivate: Bool = false) throws -> Visit {
    Visit(try #require(WebAddress(link)), allowsPrivate: allowsPrivate)
  }

  private func answer(
    _ status: Int, _ fields: String = "", from remote: String = "203.0.113.1", exit: Int = 0
  ) -> Transfer {
    var transfer = Transfer(status: status, exit: exit, remote: InternetAddress(remote))
    let start = ResponseHead.read(Array("HTTP/1.1 \(status) X\r\n\(fields)\r\n\r\n".utf8))
    transfer.head = start.head
    transfer.hasHead = start.isWhole
    return transfer
  }

  private func take(_ transfer: Transfer, _ visit: inout Visit) -> Visit.Step {
    visit.take(transfer, isDirect: true, now: now)
  }

  @Test func `redirects are followed hop by hop`() throws {
    var visit = try visit("http://example.org/a")
    #expect(take(answer(301, "Location: https://example.org/a"), &visit) == .ask(after: 0))
    #expect(visit.address.text == "https://example.org/a")
    #expect(take(answer(302, "Location: /b"), &visit) == .ask(after: 0))
    #expect(take(answer(200), &visit) == .end(.answered))
    #expect(visit.hops.map(\.isPermanent) == [true, false])
  }

  @Test func `loops and long ways end`() throws {
    var loop = try visit("http://example.org/a")
    #expect(take(answer(302, "Location: /b"), &loop) == .ask(after: 0))
    #expect(take(answer(302, "Location: /a#x"), &loop) == .end(.failed(.loop)))
    var long = try visit("http://example.org/0")
    for number in 1...10 {
      #expect(take(answer(302, "Location: /\(number)"), &long) == .ask(after: 0))
    }
    #expect(take(answer(302, "Location: /11"), &long) == .end(.failed(.hops)))
  }

  @Test(arguments: [
    ("file:///etc/passwd", Visit.Fault.target), ("http://169.254.169.254/", .privateTarget),
    ("http://localhost/", .privateTarget), ("ftp://example.org/", .target),
    ("http://2130706433/", .privateTarget),
  ])
  func `a redirect leads to public pages only`(target: String, fault: Visit.Fault) throws {
    var visit = try visit("https://example.org/", allowsPrivate: true)
    #expect(take(answer(302, "Location: \(target)"), &visit) == .end(.failed(fault)))
  }

  @Test func `no redirect leads to a link-local address, from wherever it comes`() throws {
    for target in ["http://169.254.169.254/", "http://[fe80::1]/", "http://[::ffff:169.254.1.1]/"] {
      var visit = try visit("http://127.0.0.1/", allowsPrivate: true)
      let step = take(answer(302, "Location: \(target)", from: "127.0.0.1"), &visit)
      #expect(step == .end(.failed(.privateTarget)))
    }
    var near = try visit("http://127.0.0.1/", allowsPrivate: true)
    #expect(
      take(answer(302, "Location: http://10.0.0.1/", from: "127.0.0.1"), &near) == .ask(after: 0))
  }

  @Test func `a name that leads to a private address is private`() throws {
    var visit = try visit("https://example.org/")
    #expect(take(answer(200, from: "10.0.0.1"), &visit) == .end(.isPrivate))
    var allowed = try self.visit("https://example.org/", allowsPrivate: true)
    #expect(take(answer(200, from: "10.0.0.1"), &allowed) == .end(.answered))
    var later = try self.visit("https://example.org/", allowsPrivate: true)
    #expect(take(answer(302, "Location: https://two.example.org/"), &later) == .ask(after: 0))
    #expect(take(answer(200, from: "10.0.0.1"), &later) == .end(.failed(.privateTarget)))
    // Behind a proxy it is the proxy that is reached.
    var proxied = try self.visit("https://example.org/")
    #expect(
      proxied.take(answer(200, from: "10.0.0.1"), isDirect: false, now: now) == .end(.answered))
  }

  @Test func `what may pass is asked for again, twice`() throws {
    var visit = try visit("https://example.org/")
    let refused = Transfer(status: 0, exit: 7)
    #expect(take(refused, &visit) == .ask(after: 1_000))
    #expect(take(answer(503), &visit) == .ask(after: 4_000))
    #expect(take(refused, &visit) == .end(.failed(.connection)))
    var certificate = try self.visit("https://example.org/")
    #expect(take(Transfer(exit: 60), &certificate) == .end(.failed(.certificate)))
  }

  @Test func `a site is waited for as long as it wants, up to a minute`() throws {
    var visit = try visit("https://example.org/")
    #expect(take(answer(429, "Retry-After: 7"), &visit) == .ask(after: 7_000))
    #expect(
      take(answer(503, "Retry-After: Tue, 14 Nov 2023 22:13:50 GMT"), &visit) == .ask(after: 30_000)
    )
    #expect(take(answer(503, "Retry-After: 1"), &visit) == .end(.answered))
    var busy = try self.visit("https://example.org/")
    #expect(take(answer(429, "Retry-After: 61"), &busy) == .end(.answered))
  }

  @Test func `an answer of which only the rest is missing is one`() throws {
    var visit = try visit("https://example.org/")
    #expect(take(answer(200, "A: b", exit: 23), &visit) == .end(.answered))
    var slow = try self.visit("https://example.org/")
    #expect(take(answer(200, "A: b", exit: 28), &slow) == .end(.answered))
  }
}
