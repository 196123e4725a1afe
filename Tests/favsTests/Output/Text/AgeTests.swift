import Testing

@testable import Favourites
@testable import favs

/// Ages and amounts, as people read them.
struct AgeTests {
  @Test(arguments: [
    (-3_600, "just now"), (-1, "just now"), (0, "just now"), (59, "just now"), (60, "1 min ago"),
    (119, "1 min ago"), (120, "2 min ago"), (3_599, "59 min ago"), (3_600, "1 hour ago"),
    (7_199, "1 hour ago"), (7_200, "2 hours ago"), (86_399, "23 hours ago"),
    (86_400, "1 day ago"), (172_800, "2 days ago"), (2_591_999, "29 days ago"),
    (2_592_000, "1 month ago"), (5_184_000, "2 months ago"), (31_535_999, "12 months ago"),
    (31_536_000, "1 year ago"), (63_072_000, "2 years ago"),
  ])
  func `an age is told in the largest unit that it fills`(seconds: Int64, text: String) {
    let now = Timestamp(milliseconds: 1_700_000_000_000)
    let then = Timestamp(milliseconds: now.milliseconds - seconds * 1_000)
    #expect(Age.text(from: then, to: now) == text)
  }

  @Test func `a part of a second is no second`() {
    func age(_ milliseconds: Int64) -> String {
      Age.text(from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: milliseconds))
    }
    #expect(age(59_999) == "just now")
    #expect(age(60_000) == "1 min ago")
  }

  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"),
      (999_999, "999,999"), (1_000_000, "1,000,000"), (-1, "-1"), (-999, "-999"),
      (-1_000, "-1,000"), (.max, "9,223,372,036,854,775,807"),
      (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int64, String)])
  func `digits stand in groups of three`(number: Int64, text: String) {
    #expect(Quantity.grouped(number) == text)
  }

  @Test(arguments: [
    (0, "0 tags"), (1, "1 tag"), (2, "2 tags"), (1_001, "1,001 tags"), (-1, "-1 tags"),
  ])
  func `one thing is one, and all others are many`(number: Int64, text: String) {
    #expect(Quantity.counted(number, "tag", "tags") == text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (2, "2 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"),
    (1_049, "1.0 kB"), (1_050, "1.1 kB"), (9_949, "9.9 kB"), (9_950, "10 kB"),
    (999_499, "999 kB"), (999_500, "1.0 MB"), (2_200_000, "2.2 MB"), (45_600_000_000, "46 GB"),
    (3_000_000_000_000, "3.0 TB"), (5_000_000_000_000_000, "5000 TB"),
  ])
  func `a size has the unit that leaves it short`(bytes: Int64, text: String) {
    #expect(Quantity.bytes(bytes) == text)
  }

  @Test(arguments: [(10.0, 0.5, "10 s left"), (1.0, 0.99, "1 s left"), (3.0, 0.1, "27 s left")])
  func `the time left follows from the part that is done`(
    seconds: Double, share: Double, text: String
  ) {
    #expect(StatusLine.left(after: seconds, share) == text)
  }
}
