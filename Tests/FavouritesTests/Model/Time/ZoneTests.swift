import Testing

@testable import Favourites

/// Days of a person's zone.
struct ZoneTests {
  /// An hour ahead of UTC, two from 2024-03-31T01:00Z to 2024-10-27T01:00Z: Berlin.
  private let berlin = Zone { (1_711_846_800..<1_729_990_800).contains($0) ? 7_200 : 3_600 }
  /// Four hours behind, three from 2018-11-04T04:00Z on: São Paulo, which had no midnight on that
  /// day. (Of two hours.)
  private let paulo = Zone { $0 < 1_541_304_000 ? -14_400 : -10_800 }
  private let auckland = Zone { _ in 46_800 }

  private func day(_ text: String) -> CalendarDate { CalendarDate(text: text)! }
  private func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

  @Test func `a day begins and ends by the clock of the zone`() {
    #expect(auckland.start(of: day("2024-03-31")) == time("2024-03-30T11:00:00Z"))
    #expect(auckland.end(of: day("2024-03-31")) == time("2024-03-31T10:59:59.999Z"))
    #expect(auckland.date(at: time("2024-03-30T12:00:00Z")) == day("2024-03-31"))
    #expect(berlin.start(of: day("2024-03-31")) == time("2024-03-30T23:00:00Z"))
    #expect(berlin.end(of: day("2024-03-31")) == time("2024-03-31T21:59:59.999Z"))
  }

  @Test
  func `a time that is there twice is its first, and one left out is where the clock goes on`() {
    let hour: Int64 = 3_600_000
    #expect(
      berlin.instant(day("2024-10-27"), millisecond: hour * 5 / 2) == time("2024-10-27T00:30:00Z"))
    #expect(
      berlin.instant(day("2024-03-31"), millisecond: hour * 5 / 2) == time("2024-03-31T01:00:00Z"))
    #expect(paulo.start(of: day("2018-11-04")) == time("2018-11-04T04:00:00Z"))
    #expect(paulo.text(of: paulo.start(of: day("2018-11-04"))) == "2018-11-04T01:00:00-03:00")
  }

  @Test func `a time is told with its offset`() {
    #expect(auckland.text(of: time("2024-03-30T12:00:00.120Z")) == "2024-03-31T01:00:00+13:00")
    #expect(Zone.utc.text(of: time("2024-03-30T12:00:00.120Z")) == "2024-03-30T12:00:00Z")
    #expect(
      Zone { _ in -12_600 }.text(of: time("2024-01-01T00:00:00Z")) == "2023-12-31T20:30:00-03:30")
  }

  @Test(arguments: [
    ("2024-03-31", "2024-03-30T11:00:00.000Z", "2024-03-31T10:59:59.999Z"),
    ("2024-W13", "2024-03-24T11:00:00.000Z", "2024-03-31T10:59:59.999Z"),
    ("2024-03", "2024-02-29T11:00:00.000Z", "2024-03-31T10:59:59.999Z"),
    ("today", "2024-03-31T11:00:00.000Z", "2024-04-01T10:59:59.999Z"),
    ("monday", "2024-03-31T11:00:00.000Z", "2024-04-01T10:59:59.999Z"),
    ("Sunday", "2024-03-30T11:00:00.000Z", "2024-03-31T10:59:59.999Z"),
    ("2024-03-31T22:00", "2024-03-31T09:00:00.000Z", "2024-03-31T09:00:59.999Z"),
    ("2024-03-31 22:00:05", "2024-03-31T09:00:05.000Z", "2024-03-31T09:00:05.999Z"),
    ("2024-03-31T22:00Z", "2024-03-31T22:00:00.000Z", "2024-03-31T22:00:59.999Z"),
    ("1m", "2024-02-29T20:00:00.000Z", "2024-02-29T20:00:00.000Z"),
    ("2 weeks ago", "2024-03-17T20:00:00.000Z", "2024-03-17T20:00:00.000Z"),
  ])
  func `what is typed is the person's`(text: String, earliest: String, latest: String) throws {
    // 2024-04-01T09:00:00+13:00, a Monday.
    let moment = try Moment.parse(text, now: time("2024-03-31T20:00:00Z"), in: auckland)
    #expect([moment.earliest.text, moment.latest.text] == [earliest, latest])
  }
}
