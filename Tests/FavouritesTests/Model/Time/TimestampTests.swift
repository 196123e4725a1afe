import Testing

@testable import Favourites

struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_795_425_247_120, "2026-11-23T09:14:07.120Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `an instant is written with milliseconds and read back`(milliseconds: Int64, text: String) {
    let timestamp = Timestamp(milliseconds: milliseconds)
    #expect(timestamp.text == text)
    #expect(Timestamp(rfc3339: text) == timestamp)
  }

  @Test(arguments: [
    ("2026-11-23T09:14:07Z", "2026-11-23T09:14:07.000Z"),
    ("2026-11-23t09:14:07.1z", "2026-11-23T09:14:07.100Z"),
    ("2026-11-23 09:14:07.123456789+00:00", "2026-11-23T09:14:07.123Z"),
    ("2026-11-23T00:14:07+02:30", "2026-11-22T21:44:07.000Z"),
    ("2026-11-23T23:14:07-05:00", "2026-11-24T04:14:07.000Z"),
    ("2024-02-29T12:00:00-00:00", "2024-02-29T12:00:00.000Z"),
  ])
  func `other forms of RFC 3339 are read`(text: String, expected: String) {
    #expect(Timestamp(rfc3339: text)?.text == expected)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T09:14:07", "2023-02-30T00:00:00Z", "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2016-12-31T23:59:60Z",
    "2026-11-23T09:14:07.Z", "2026-11-23T09:14Z", "2026-11-23T09:14:07+24:00",
    "2026-11-23T09:14:07+0100", "2026-11-23T09:14:07Z ", " 2026-11-23T09:14:07Z",
    "+2026-11-23T09:14:07Z", "12026-11-23T09:14:07Z", "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01", "٢٠٢٦-11-23T09:14:07Z", "2026-11-23T09:14:07Z\0",
  ])
  func `what is no time is refused`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `instants are held within the years 0000 to 9999`() {
    #expect(Timestamp(milliseconds: .min) == .earliest)
    #expect(Timestamp(milliseconds: .max) == .latest)
    #expect(Timestamp.earliest < .latest)
  }

  @Test func `every day of the years 1600 to 2400 is the one after the day before`() {
    guard var day = CalendarDate(year: 1600, month: 1, day: 1) else { return }
    var year = 1600
    var month = 1
    var dayOfMonth = 1
    var wrong = 0
    var number = day.daysSince1970
    #expect(number == -135_140)
    while year <= 2400 {
      let isRight =
        day.year == year && day.month == month && day.day == dayOfMonth
        && day.daysSince1970 == number && CalendarDate(text: day.text) == day
        && CalendarDate(year: year, month: month, day: dayOfMonth) == day
        && day.start.date == day && day.end.date == day
      if !isRight { wrong += 1 }
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      dayOfMonth += 1
      if dayOfMonth > length {
        dayOfMonth = 1
        month += 1
      }
      if month > 12 {
        month = 1
        year += 1
      }
      number += 1
      guard let next = CalendarDate(daysSince1970: number) else { break }
      day = next
    }
    #expect(wrong == 0)
    #expect(day.text == "2401-01-01")
  }

  @Test func `the calendar ends where the years do`() {
    #expect(CalendarDate(daysSince1970: -719_528)?.text == "0000-01-01")
    #expect(CalendarDate(daysSince1970: -719_529) == nil)
    #expect(CalendarDate(daysSince1970: 2_932_896)?.text == "9999-12-31")
    #expect(CalendarDate(daysSince1970: 2_932_897) == nil)
    #expect(CalendarDate(daysSince1970: .min) == nil)
    #expect(CalendarDate(daysSince1970: .max) == nil)
  }

  @Test(arguments: ["", "2024", "2024-1-05", "2024-01-05 ", "2023-02-30", "24-01-05", "2024/01/05"])
  func `what is no date is refused`(text: String) {
    #expect(CalendarDate(text: text) == nil)
  }
}
