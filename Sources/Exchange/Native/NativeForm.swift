internal import Favourites

/// How a format tells the values of a favourite in words of its own, as they are read back.
struct NativeForm: Sendable {
  /// The tags that it tells.
  let tags: @Sendable ([String]) -> [String]
  /// As exactly as it tells when a favourite was made; nil where it cannot.
  let createdAt: @Sendable (Timestamp) -> Timestamp?
  /// As exactly as it tells when a favourite was changed.
  let modifiedAt: @Sendable (Timestamp) -> Timestamp?
  /// As exactly as it tells when a favourite was opened.
  let openedAt: @Sendable (Timestamp) -> Timestamp?

  /// Netscape's HTML: seconds, and tags between commas.
  static let html = NativeForm(
    tags: { $0.map(NativeText.allowed) }, createdAt: seconds, modifiedAt: seconds,
    openedAt: seconds)

  /// XBEL: dates to the millisecond, no tags.
  static let xbel = NativeForm(
    tags: { _ in [] }, createdAt: { $0 }, modifiedAt: { $0 }, openedAt: { $0 })

  /// OPML: one date, to the second.
  static let opml = NativeForm(
    tags: { $0.map(NativeText.allowed) }, createdAt: { rfc822($0) }, modifiedAt: { _ in nil },
    openedAt: { _ in nil })

  /// A title as it is told.
  func line(_ text: String) -> String { NativeText.collapsed(NativeText.allowed(text)) }

  /// A note as it is told; nil where nothing is left of it.
  func lines(_ text: String) -> String? {
    let text = NativeText.allowed(text).trimmed
    return text.isEmpty ? nil : text
  }

  /// A URL as it is told.
  func link(_ url: String) -> String { NativeText.allowed(url).trimmed }

  /// The name of a category, without those above it, as it is told.
  func folder(_ name: String) -> String { Bookmark.component(NativeText.allowed(name)) }

  /// Whole seconds since 1970, neither so few nor so many that they are taken for something else.
  private static func seconds(_ date: Timestamp) -> Timestamp? {
    let seconds = date.milliseconds / 1_000
    guard (ForeignDate.firstSecond..<100_000_000_000).contains(seconds) else { return nil }
    return Timestamp(milliseconds: seconds * 1_000)
  }

  /// Whole seconds of years that nobody takes for short ones.
  private static func rfc822(_ date: Timestamp) -> Timestamp? {
    guard date.date.year >= 1_000 else { return nil }
    let rest = date.milliseconds % 1_000
    return Timestamp(milliseconds: date.milliseconds - (rest < 0 ? rest + 1_000 : rest))
  }
}
