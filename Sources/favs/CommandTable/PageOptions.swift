internal import Favourites

/// The options for the order of a list, and for the part of it to print.
struct PageOptions: Sendable {
  var ordering: Ordering?
  var page: Int64?
  var perPage: Int64?
  var after: Cursor?
  var limit: Int64?
  var isEnveloped = false

  /// The options for a list with a fixed order.
  static let plainOptions: [Option<PageOptions>] = [
    .read("page", nil, "N", "show page N", \.page, by: Value.amount),
    .read("per-page", nil, "N", "how many are on a page", \.perPage, by: Value.amount),
  ]

  /// The options that set these values.
  static let options: [Option<PageOptions>] =
    [
      .read(
        "sort", nil, "KEY", "sort by this key; -KEY reverses", \.ordering,
        .ordering(Ordering.names), by: Value.ordering)
    ] + plainOptions + [
      .read("after", nil, "CURSOR", "start after this cursor", \.after, by: Value.cursor),
      .read("limit", nil, "N", "print at most N", \.limit, by: Value.amount),
      .flag("envelope", nil, "wrap the JSON with total, pages and next cursor", \.isEnveloped),
    ]

  /// The number of favourites on a page.
  func size(_ settings: Settings) throws(Failure) -> Int64 {
    if let perPage { return perPage }
    return try settings.value(of: .perPage)
  }

  /// Whether a part of the list was requested.
  var isSliced: Bool { page != nil || perPage != nil || after != nil || limit != nil }
}
