import Testing

@testable import Favourites

struct MomentTests {
  /// 2024-03-31T09:14:07.120Z
  private let now = Timestamp(milliseconds: 1_711_876_447_120)

  @Test(arguments: [
    ("2024-01-31", "2024-01-31T00:00:00.000Z", "2024-01-31T23:59:59.999Z"),
    ("2024-02", "2024-02-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"),
    ("2023", "2023-01-01T00:00:00.000Z", "2023-12-31T23:59:59.999Z"),
    ("0000", "0000-01-01T00:00:00.000Z", "0000-12-31T23:59:59.999Z"),
    ("9999-12", "9999-12-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"),
    ("today", "2024-03-31T00:00:00.000Z", "2024-03-31T23:59:59.999Z"),
    ("yesterday", "2024-03-30T00:00:00.000Z", "2024-03-30T23:59:59.999Z"),
    ("2024-01-31T10:00:00+01:00", "2024-01-31T09:00:00.000Z", "2024-01-31T09:00:00.000Z"),
    ("30d", "2024-03-01T09:14:07.120Z", "2024-03-01T09:14:07.120Z"),
    ("1m", "2024-02-29T09:14:07.120Z", "2024-02-29T09:14:07.120Z"),
    ("13m", "2023-02-28T09:14:07.120Z", "2023-02-28T09:14:07.120Z"),
    ("2w", "2024-03-17T09:14:07.120Z", "2024-03-17T09:14:07.120Z"),
    ("1y", "2023-03-31T09:14:07.120Z", "2023-03-31T09:14:07.120Z"),
    ("12h", "2024-03-30T21:14:07.120Z", "2024-03-30T21:14:07.120Z"),
    ("90min", "2024-03-31T07:44:07.120Z", "2024-03-31T07:44:07.120Z"),
    ("1y1m1d", "2023-02-27T09:14:07.120Z", "2023-02-27T09:14:07.120Z"),
    ("0d", "2024-03-31T09:14:07.120Z", "2024-03-31T09:14:07.120Z"),
    ("2024-W13", "2024-03-25T00:00:00.000Z", "2024-03-31T23:59:59.999Z"),
    ("2024-w01", "2024-01-01T00:00:00.000Z", "2024-01-07T23:59:59.999Z"),
    ("2020-W53", "2020-12-28T00:00:00.000Z", "2021-01-03T23:59:59.999Z"),
    ("2024-W13-7", "2024-03-31T00:00:00.000Z", "2024-03-31T23:59:59.999Z"),
    ("monday", "2024-03-25T00:00:00.000Z", "2024-03-25T23:59:59.999Z"),
    ("sunday", "2024-03-31T00:00:00.000Z", "2024-03-31T23:59:59.999Z"),
    ("2024-01-31T10:00", "2024-01-31T10:00:00.000Z", "2024-01-31T10:00:59.999Z"),
    ("2 weeks ago", "2024-03-17T09:14:07.120Z", "2024-03-17T09:14:07.120Z"),
    ("1 month 1 day ago", "2024-02-28T09:14:07.120Z", "2024-02-28T09:14:07.120Z"),
    ("3days", "2024-03-28T09:14:07.120Z", "2024-03-28T09:14:07.120Z"),
    ("2024y", "0000-03-31T09:14:07.120Z", "0000-03-31T09:14:07.120Z"),
  ])
  func `a date or an age is read`(text: String, earliest: String, latest: String) throws {
    let moment = try Moment.parse(text, now: now)
    #expect(moment.earliest.text == earliest)
    #expect(moment.latest.text == latest)
  }

  @Test(arguments: [
    ("2023-02-30", "'2023-02-30' is not a date"),
    ("2023-13", "'2023-13' is not a date"),
    ("2023-", "'2023-' is not a date"),
    ("2023-01-01T25:00:00Z", "'2023-01-01T25:00:00Z' is not a date"),
    ("2025y", "'2025y' is too long ago"),
    ("99999999999999999999999d", "'99999999999999999999999d' is too long ago"),
    ("9223372036854775807w", "'9223372036854775807w' is too long ago"),
    ("10000000000w", "'10000000000w' is too long ago"),
    ("3sec", "'3sec' is not an age: unknown unit 'sec', use y, m, w, d, h or min"),
    ("2023-W53", "'2023-W53' is not a date"), ("2024-W00", "'2024-W00' is not a date"),
    ("2024-W13-8", "'2024-W13-8' is not a date"), ("2024-W13x", "'2024-W13x' is not a date"),
    ("2024-01-31T24:00", "'2024-01-31T24:00' is not a date"),
    ("last month", "'last month' is not a date such as 2024-01-31 or an age such as 30d"),
    ("2 weeks before", "'2 weeks before' is not a date such as 2024-01-31 or an age such as 30d"),
    ("", "'' is not a date such as 2024-01-31 or an age such as 30d"),
    ("30", "'30' is not a date such as 2024-01-31 or an age such as 30d"),
    ("-3d", "'-3d' is not a date such as 2024-01-31 or an age such as 30d"),
    ("3d ", "'3d ' is not a date such as 2024-01-31 or an age such as 30d"),
    ("20240131", "'20240131' is not a date such as 2024-01-31 or an age such as 30d"),
    ("soon", "'soon' is not a date such as 2024-01-31 or an age such as 30d"),
  ])
  func `what is neither says so`(text: String, message: String) {
    do throws(MomentError) {
      _ = try Moment.parse(text, now: now)
      Issue.record("taken")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func `there is no day before the first`() {
    #expect(throws: MomentError.tooLongAgo("yesterday")) {
      try Moment.parse("yesterday", now: .earliest)
    }
  }
}
