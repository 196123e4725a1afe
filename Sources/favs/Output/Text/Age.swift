internal import Favourites

/// The age of something, for people.
enum Age {
  /// "just now", "2 min ago", "3 days ago"; a time in the future counts as now.
  static func text(from time: Timestamp, to now: Timestamp) -> String {
    let seconds = (now.milliseconds - time.milliseconds) / 1_000
    switch seconds {
    case ..<60: return "just now"
    case ..<3_600: return "\(seconds / 60) min ago"
    case ..<86_400: return counted(seconds / 3_600, "hour")
    case ..<2_592_000: return counted(seconds / 86_400, "day")
    case ..<31_536_000: return counted(seconds / 2_592_000, "month")
    default: return counted(seconds / 31_536_000, "year")
    }
  }

  private static func counted(_ count: Int64, _ unit: String) -> String {
    Favourites.counted(Int(count), unit, unit + "s") + " ago"
  }
}
