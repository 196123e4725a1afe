/// Counts of all favourites, or of those selected.
package struct Statistics: Equatable, Sendable {
  /// The number of favourites.
  package var favourites: Int64 = 0
  /// Each category with favourites in it or below it, in tree order.
  package var categories: [CategoryShare] = []
  /// Each tag in use, the most frequent first.
  package var tags: [FacetCount] = []
  /// The number added in each month, the oldest first.
  package var months: [MonthCount] = []
  /// The number added before the first of these months.
  package var earlier: Int64 = 0
  /// The number whose date is behind the last of these months: from a clock that was wrong, or a
  /// file.
  package var later: Int64 = 0
  /// The number ever opened, opened today, and opened in the last seven days.
  package var opened: Openings = Openings()
  /// The number never opened.
  package var neverOpened: Int64 { favourites - opened.ever }
  /// The states of links that were checked, and how many are in each.
  package var links: [FacetCount] = []
  /// The most opened favourites, the most frequent first.
  package var mostUsed: [UsedFavourite] = []

  package init() {}

  /// A category and the number of favourites in it.
  package struct CategoryShare: Equatable, Sendable {
    package let name: String
    /// Without its subcategories.
    package let count: Int64
    /// With its subcategories.
    package let total: Int64
  }

  /// A month and the number of favourites added in it.
  package struct MonthCount: Equatable, Sendable {
    /// Its first day.
    package let month: CalendarDate
    package let count: Int64

    /// `2026-11`.
    package var name: String { String(month.text.utf8.prefix(7)) ?? "" }
  }

  /// The number of favourites opened.
  package struct Openings: Equatable, Sendable {
    package var ever: Int64 = 0
    package var today: Int64 = 0
    package var week: Int64 = 0
  }

  /// A favourite and the number of its openings.
  package struct UsedFavourite: Equatable, Sendable {
    package let id: Int64
    package let title: String
    package let category: String
    package let opened: Int64
  }

  /// The time bounds for statistics, in the user's time zone.
  package struct Times: Sendable {
    /// The first day of each month, the oldest first.
    let months: [CalendarDate]
    /// The start of each month.
    let starts: [Timestamp]
    /// The end of the last month.
    let end: Timestamp
    let today: Timestamp
    let tomorrow: Timestamp
    let week: Timestamp

    /// The given number of months up to that of `now`.
    package init(months count: Int, now: Timestamp, in zone: Zone) {
      let day = zone.date(at: now)
      var months: [CalendarDate] = []
      for back in (0..<count).reversed() {
        let index = day.year * 12 + day.month - 1 - back
        if let month = CalendarDate(year: index / 12, month: index % 12 + 1, day: 1) {
          months.append(month)
        }
      }
      self.months = months
      starts = months.map(zone.start)
      let (year, month) = (day.year + day.month / 12, day.month % 12 + 1)
      end = CalendarDate(year: year, month: month, day: 1).map(zone.start) ?? .latest
      today = zone.start(of: day)
      tomorrow = CalendarDate(daysSince1970: day.daysSince1970 + 1).map(zone.start) ?? .latest
      week = Timestamp(milliseconds: now.milliseconds - 7 * Timestamp.millisecondsPerDay)
    }
  }

  /// How many of the most used are listed.
  static let mostUsedCount = 10
}
