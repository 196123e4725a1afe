/// What is counted of favourites, all in all or of those that were selected.
package struct Statistics: Equatable, Sendable {
  /// How many there are.
  package var favourites: Int64 = 0
  /// Each category that has some, in it or below it; in the order of the tree.
  package var categories: [CategoryShare] = []
  /// Each tag that is used, the most frequent first.
  package var tags: [FacetCount] = []
  /// How many were added in each month, the oldest first.
  package var months: [MonthCount] = []
  /// How many were added before the first of these months.
  package var earlier: Int64 = 0
  /// How many were ever opened, since the day began, and in the last seven days.
  package var opened: Openings = Openings()
  /// How many were never opened.
  package var neverOpened: Int64 { favourites - opened.ever }
  /// What was opened most, the most frequent first.
  package var mostUsed: [UsedFavourite] = []

  package init() {}

  /// A category and how many are in it.
  package struct CategoryShare: Equatable, Sendable {
    package let name: String
    /// Without its subcategories.
    package let count: Int64
    /// With its subcategories.
    package let total: Int64
  }

  /// A month and how many were added in it.
  package struct MonthCount: Equatable, Sendable {
    /// Its first day.
    package let month: CalendarDate
    package let count: Int64

    /// `2026-11`.
    package var name: String { String(month.text.utf8.prefix(7)) ?? "" }
  }

  /// How many favourites were opened.
  package struct Openings: Equatable, Sendable {
    package var ever: Int64 = 0
    package var today: Int64 = 0
    package var week: Int64 = 0
  }

  /// A favourite and how often it was opened.
  package struct UsedFavourite: Equatable, Sendable {
    package let id: Int64
    package let title: String
    package let category: String
    package let opened: Int64
  }

  /// The bounds of time that statistics go by, in a person's zone.
  package struct Times: Sendable {
    /// The first day of each month, the oldest first.
    let months: [CalendarDate]
    /// When each begins.
    let starts: [Timestamp]
    let today: Timestamp
    let week: Timestamp

    /// So many months up to that of `now`.
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
      today = zone.start(of: day)
      week = Timestamp(milliseconds: now.milliseconds - 7 * Timestamp.millisecondsPerDay)
    }
  }

  /// How many of the most used are told.
  static let mostUsedCount = 10
}
