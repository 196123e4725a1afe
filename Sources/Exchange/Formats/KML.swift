internal import Favourites

extension Format {
  /// Placemarks of Google's My Maps, Google Earth, Organic Maps and others, in KML 2.
  ///
  /// Source: OGC 12-007r2, KML 2.3.
  static let kml = Format(
    name: "kml", summary: "places in KML, without lines and areas",
    isRecognised: { $0.rootElement?.localName == "kml" },
    reader: { (input, _, sink) throws(ExchangeError) in
      var xml = XMLReader()
      var reader = KMLReader()
      while let token = try xml.next(&input) {
        switch token {
        case .start(let tag): try reader.begin(tag, &xml, &input, sink)
        case .end(let name): try reader.end(name.localName, xml.location, sink)
        case .text, .comment: continue
        }
      }
    })
}

/// Collects places from the elements of KML.
private struct KMLReader {
  private struct Container {
    var name: String?
    var note: String?
    let location: Location
    var isTaken = false
  }

  /// The open documents and folders.
  private var containers: [Container] = []

  private var folders: [String] { containers.compactMap(\.name) }

  mutating func begin(
    _ tag: MarkupTag, _ xml: inout XMLReader, _ input: inout ForeignFile, _ sink: ItemSink
  ) throws(ExchangeError) {
    let parent = xml.path.dropLast().last?.localName
    switch tag.name.localName {
    case "kml": break
    case "Document", "Folder": containers.append(Container(location: xml.location))
    case "name" where !containers.isEmpty && (parent == "Document" || parent == "Folder"):
      let name = NativeText.collapsed(try xml.text(&input))
      containers[containers.count - 1].name = name.isEmpty ? nil : name
    case "description" where !containers.isEmpty && (parent == "Document" || parent == "Folder"):
      let note = try MarkupText.plain(try xml.text(&input))
      containers[containers.count - 1].note = note.isEmpty ? nil : note
    case "Placemark":
      let location = xml.location
      var placemark = Placemark()
      try placemark.read(&xml, &input)
      noteTaken()
      for item in placemark.items(in: folders) { try sink(item, location) }
    case "NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Tour":
      try sink(.passedOver("an entry of unknown kind '\(tag.name)'"), xml.location)
      try xml.skip(&input)
    default: try xml.skip(&input)
    }
  }

  mutating func end(_ name: String, _ location: Location, _ sink: ItemSink) throws(ExchangeError) {
    guard name == "Document" || name == "Folder", !containers.isEmpty else { return }
    let path = folders
    let container = containers.removeLast()
    if container.name != nil, container.note != nil || !container.isTaken {
      try sink(.folder(Folder(path, note: container.note)), container.location)
    }
    if container.isTaken || container.name != nil { noteTaken() }
  }

  private mutating func noteTaken() {
    if !containers.isEmpty { containers[containers.count - 1].isTaken = true }
  }
}

/// A placemark: a place with a name, or a line or an area, which cannot be imported.
private struct Placemark {
  private var bookmark = Bookmark()
  private var link: String?
  private var geo: String?
  private var hasShape = false
  private var keys = MetadataKeys()

  /// Reads the placemark whose start tag was read last.
  mutating func read(_ xml: inout XMLReader, _ input: inout ForeignFile) throws(ExchangeError) {
    let depth = xml.path.count
    var key: String?
    while let token = try xml.next(&input), xml.path.count >= depth {
      guard case .start(let tag) = token else { continue }
      let isDirect = xml.path.count == depth + 1
      switch tag.name.localName {
      case "name" where isDirect: bookmark.title = NativeText.collapsed(try xml.text(&input))
      case "description" where isDirect:
        bookmark.note = try MarkupText.plain(try xml.text(&input))
      case "address" where isDirect, "phoneNumber" where isDirect:
        bookmark.set(tag.name.localName == "address" ? "address" : "phone", try xml.text(&input))
      case "link" where isDirect:
        link = tag["href"]?.trimmed
        try xml.skip(&input)
      case "when", "begin":
        let date = ForeignDate.any(try xml.text(&input))
        bookmark.createdAt = bookmark.createdAt ?? date
      case "coordinates" where xml.path.dropLast().last?.localName == "Point":
        try take(coordinates: try xml.text(&input))
      case "LineString", "LinearRing", "Polygon", "Model", "Track", "MultiTrack":
        hasShape = true
        try xml.skip(&input)
      case "Data", "SimpleData":
        key = tag["name"]
        if tag.name.localName == "SimpleData" {
          add(extended: key, try xml.text(&input))
        }
      case "value": add(extended: key, try xml.text(&input))
      case "Point", "MultiGeometry", "TimeStamp", "TimeSpan", "ExtendedData", "SchemaData": continue
      default: try xml.skip(&input)
      }
    }
  }

  /// "Longitude, latitude, and altitude (in that order)": the first position is used. "Do not
  /// include spaces within a tuple", but people write them after the commas.
  private mutating func take(coordinates text: String) throws(ExchangeError) {
    let numbers = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false).map {
      String($0).trimmed.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    }
    guard geo == nil, numbers.count >= 2 else { return }
    geo = GeographicPlace.link(latitude: numbers[1], longitude: numbers[0])
  }

  /// The items for the placemark.
  func items(in folders: [String]) -> [ImportedItem] {
    var bookmark = bookmark
    if bookmark.title?.isEmpty == true { bookmark.title = nil }
    if bookmark.note?.isEmpty == true { bookmark.note = nil }
    bookmark.folders = folders
    bookmark.locate(link, geo)
    if geo == nil, hasShape {
      return [.passedOver("a line or an area")]
    }
    guard bookmark.title != nil || bookmark.url != nil else {
      return [.unreadable("a placemark without a name and a place")]
    }
    return [.bookmark(bookmark)]
  }

  /// Adds extended data of a program.
  private mutating func add(extended name: String?, _ text: String) {
    guard let name, !name.trimmed.isEmpty else { return }
    bookmark.set(keys.key(for: name, column: 1), text)
  }
}
