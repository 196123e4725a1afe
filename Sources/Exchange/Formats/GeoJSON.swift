internal import Favourites

extension Format {
  /// GeoJSON: places, with the properties of Google Takeout, current and before 2020. The
  /// coordinates of shapes other than points are skipped with a remark.
  ///
  /// Sources: RFC 7946; `Saved Places.json` in Google's archives.
  static let geoJSON = Format(
    name: "geojson", summary: "GeoJSON, and Google's saved places",
    isRecognised: { sniff in
      guard let json = sniff.json, !json.isArray else { return false }
      return json.holds(anyOf: "features.geometry", "features.properties")
        || json.has("type") && sniff.contains("\"featurecollection\"")
    },
    reader: { (input, options, sink) throws(ExchangeError) in
      try JSONTable.read(&input, places, options, sink, features)
    },
    takesColumns: true)

  private static let places = TableLayout(
    columns: [
      "google_maps_url": .field(.url),
      "location.name": .field(.title),
      "location.business_name": .field(.title),
      "location.address": .metadata("address"),
      "location.country_code": .metadata("country_code"),
      "published": .field(.createdAt),
      "updated": .field(.modifiedAt),
      "location.geo_coordinates.latitude": .ignored,
      "location.geo_coordinates.longitude": .ignored,
      "geo:": .custom { bookmark, place in
        if (bookmark.url?.trimmed ?? "").isEmpty {
          bookmark.url = "geo:" + place
        } else {
          bookmark.addWord(place, as: "coordinates")
        }
      },
    ],
    isTelling: true)

  private static func features(
    _ bytes: [UInt8], _ sink: ItemSink,
    _ body: (JSONRow, [String], Location) throws(ExchangeError) -> Void
  ) throws(ExchangeError) {
    var reader = JSONReader(bytes)
    try JSONItems.members(of: &reader) { (key, reader) throws(ExchangeError) in
      guard key == "features" else { return try JSONItems.skip(&reader) }
      try JSONItems.elements(&reader, sink) { (feature, location) throws(ExchangeError) in
        var row = JSONRow(feature.fields("properties")?.object ?? JSONObject())
        let geometry = feature.fields("geometry")
        if let point = point(geometry) { row.add(.word(point), as: "geo:") }
        try body(row, [], location)
        if let type = geometry?.text("type"), type != "Point" {
          try sink(.passedOver("the shape of a line or an area"), location)
        }
      }
    }
    try readingJSON { () throws(JSONError) in try reader.finish() }
  }

  /// Latitude and longitude, as written in the file, which has them in reverse order. Google writes
  /// 0 and 0 for an unknown place.
  private static func point(_ geometry: JSONFields?) -> String? {
    guard let geometry, geometry.text("type") == "Point",
      case .array(let values)? = geometry.object["coordinates"], values.count >= 2,
      let longitude = JSONFields.text(of: values[0]), let latitude = JSONFields.text(of: values[1]),
      longitude != "0" || latitude != "0"
    else { return nil }
    return "\(latitude),\(longitude)"
  }
}
