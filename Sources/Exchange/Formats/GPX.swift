internal import Favourites

extension Format {
  /// Waypoints of OsmAnd, Organic Maps, Garmin and others, in GPX 1.0 and 1.1.
  ///
  /// Sources: https://www.topografix.com/GPX/1/1/; OsmAnd, which puts its groups into `type`.
  static let gpx = Format(
    name: "gpx", summary: "waypoints in GPX, without routes and tracks",
    isRecognised: { $0.rootElement?.localName == "gpx" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      while let token = try xml.next(&input) {
        guard case .start(let tag) = token else { continue }
        let location = xml.location
        switch tag.name.localName {
        case "gpx": continue
        case "wpt": try sink(try item(tag, &xml, &input), location)
        case "rte":
          try sink(.passedOver("a route"), location)
          try xml.skip(&input)
        case "trk":
          try sink(.passedOver("a track"), location)
          try xml.skip(&input)
        default: try xml.skip(&input)
        }
      }
    })

  /// Reads the waypoint whose start tag was read last.
  private static func item(
    _ point: MarkupTag, _ xml: inout XMLReader, _ input: inout ForeignFile
  ) throws(ExchangeError) -> ImportedItem {
    let depth = xml.path.count
    var bookmark = Bookmark()
    var notes: [String] = []
    var link: String?
    while let token = try xml.next(&input), xml.path.count >= depth {
      guard case .start(let tag) = token else { continue }
      switch tag.name.localName {
      case "name": bookmark.title = NativeText.collapsed(try xml.text(&input))
      case "desc", "cmt":
        let note = try MarkupText.plain(try xml.text(&input))
        if !note.isEmpty, !notes.contains(note) { notes.append(note) }
      case "time": bookmark.createdAt = ForeignDate.any(try xml.text(&input))
      case "type":
        let folder = NativeText.collapsed(try xml.text(&input))
        if !folder.isEmpty { bookmark.folders = [folder] }
      case "link":
        link = link ?? tag["href"]?.trimmed
        try xml.skip(&input)
      case "url":
        let url = try xml.text(&input)
        link = link ?? url
      case "sym": bookmark.set("symbol", try xml.text(&input))
      case "ele": bookmark.set("elevation", try xml.text(&input))
      case "address": bookmark.set("address", try xml.text(&input))
      case "extensions": continue
      default: try xml.skip(&input)
      }
    }
    if bookmark.title?.isEmpty == true { bookmark.title = nil }
    bookmark.note = notes.isEmpty ? nil : notes.joined(separator: "\n\n")
    let geo = GeographicPlace.link(latitude: point["lat"], longitude: point["lon"])
    guard geo != nil || link?.isEmpty == false else {
      return .unreadable("a waypoint without latitude and longitude")
    }
    bookmark.locate(link, geo)
    return .bookmark(bookmark)
  }
}

extension Bookmark {
  /// Uses a link as the URL, or else the position; with a link, the position becomes metadata.
  mutating func locate(_ link: String?, _ geo: String?) {
    if let link, !link.isEmpty {
      url = link
      set("location", geo)
    } else {
      url = geo
    }
  }
}
