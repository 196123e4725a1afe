internal import Favourites

extension ExportFormat {
  /// Plain links.
  static let urls = ExportFormat(
    name: "urls", summary: "links, one per line", endings: ["txt", "urls"],
    losses: [
      .favouriteWithoutURL, .title, .note, .category, .tags, .metadata, .dates, .openings,
    ] + Loss.ofCategories,
    writer: { _ in URLWriter() })
}

private struct URLWriter: FavouriteWriter {
  mutating func write(_ favourite: Favourite, into bytes: inout [UInt8]) {
    guard let url = favourite.url else { return }
    // White space would end the link.
    bytes += TypedLink.withoutSpaces(url).utf8
    bytes.append(0x0A)
  }
}
