internal import Favourites

/// How precisely a format represents the values of a favourite: gives each value as it is read
/// back.
struct NativeForm: Sendable {
  /// The tags as the format represents them.
  let tags: @Sendable ([String]) -> [String]
  /// The dates that it has words for.
  let dates: [FavouriteColumn]
  /// A date in the precision that it can write; nil if it cannot write it.
  let date: @Sendable (Timestamp) -> Timestamp?

  /// Netscape's HTML: seconds, and tags separated by commas.
  static let html = NativeForm(
    tags: { $0.map(NativeText.allowed) }, dates: [.createdAt, .modifiedAt, .openedAt],
    date: seconds)

  /// XBEL: dates to the millisecond, no tags.
  static let xbel = NativeForm(
    tags: { _ in [] }, dates: [.createdAt, .modifiedAt, .openedAt], date: { $0 })

  /// OPML: one date, to the second.
  static let opml = NativeForm(
    tags: { $0.map(NativeText.allowed) }, dates: [.createdAt], date: rfc822)

  /// The value of a column as it comes back from the words of the format; null if it has none.
  func told(_ value: ColumnValue, of column: FavouriteColumn) -> ColumnValue {
    guard dates.contains(column), let time = value.whole else { return .null }
    return ColumnValue(date(Timestamp(milliseconds: time))?.milliseconds)
  }

  /// A title as the format represents it.
  func line(_ text: String) -> String { NativeText.collapsed(NativeText.allowed(text)) }

  /// A note as the format represents it; nil if nothing is left of it.
  func lines(_ text: String) -> String? {
    let text = NativeText.allowed(text).trimmed
    return text.isEmpty ? nil : text
  }

  /// A URL as the format represents it.
  func link(_ url: String) -> String { NativeText.allowed(url).trimmed }

  /// The name of a category, without its parents, as the format represents it.
  func folder(_ name: String) -> String { Bookmark.component(NativeText.allowed(name)) }

  /// Whole seconds since 1970, within the range in which they are not mistaken for something else.
  private static func seconds(_ date: Timestamp) -> Timestamp? {
    let seconds = date.milliseconds / 1_000
    guard (ForeignDate.firstSecond..<100_000_000_000).contains(seconds) else { return nil }
    return Timestamp(milliseconds: seconds * 1_000)
  }

  /// Whole seconds, in years that cannot be mistaken for abbreviated ones.
  private static func rfc822(_ date: Timestamp) -> Timestamp? {
    guard date.date.year >= 1_000 else { return nil }
    let rest = date.milliseconds % 1_000
    return Timestamp(milliseconds: date.milliseconds - (rest < 0 ? rest + 1_000 : rest))
  }
}
