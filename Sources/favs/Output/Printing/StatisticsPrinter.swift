internal import Favourites
internal import Host

/// Prints statistics: drawn for people, as rows or JSON for programs.
struct StatisticsPrinter {
  private let isJSON: Bool
  private let isTerminal: Bool
  private let sketch: StatisticsSketch

  init(_ context: Context) {
    isJSON = context.global.isJSON
    isTerminal = context.output.isTerminal
    sketch = StatisticsSketch(
      width: Terminal.width(), style: context.output.style, bars: Bars())
  }

  /// Prints all statistics.
  func print(
    _ statistics: Statistics, _ surroundings: Stats.Surroundings?, _ context: inout Context
  ) throws(Failure) {
    if isJSON { return try context.output.write(Self.json(statistics, surroundings)) }
    guard !isTerminal else {
      return try context.output.show(sketch.drawing(statistics, surroundings).text)
    }
    for row in Self.rows(statistics, surroundings) {
      try context.output.write(row.map(Escaping.forTSV).joined(separator: "\t") + "\n")
    }
  }

  /// Prints the counts by one key.
  func print(_ counts: [FacetCount], _ context: inout Context) throws(Failure) {
    if isJSON {
      return try context.output.write(arrayOf: counts) { Self.write($0, to: &$1) }
    }
    guard !isTerminal else {
      return try context.output.show(sketch.drawing(counts).text)
    }
    for count in counts {
      try context.output.write("\(Escaping.forTSV(count.value))\t\(count.count)\n")
    }
  }

  // MARK: For programs

  private static func rows(
    _ statistics: Statistics, _ surroundings: Stats.Surroundings?
  ) -> [[String]] {
    var rows = [["favourites", "", "\(statistics.favourites)"]]
    rows += statistics.categories.map { ["category", $0.name, "\($0.total)"] }
    rows += statistics.tags.map { ["tag", $0.value, "\($0.count)"] }
    rows.append(["month", "earlier", "\(statistics.earlier)"])
    rows += statistics.months.map { ["month", $0.name, "\($0.count)"] }
    if statistics.later > 0 { rows.append(["month", "later", "\(statistics.later)"]) }
    for (name, count) in openings(statistics) { rows.append(["opened", name, "\(count)"]) }
    rows += statistics.links.map { ["link", $0.value, "\($0.count)"] }
    rows += statistics.mostUsed.map { ["used", "\($0.id)", "\($0.opened)"] }
    if let found = surroundings {
      rows.append(["trash", "", "\(found.trashed)"])
      if let expired = found.expired { rows.append(["trash", "expired", "\(expired)"]) }
      rows.append(["changes", "", "\(found.changes)"])
      rows.append(["size", "database", "\(found.database)"])
      rows += (found.parts ?? []).map { ["size", $0.kind.rawValue, "\($0.size)"] }
      if let backups = found.backups { rows.append(["size", "backups", "\(backups)"]) }
    }
    return rows
  }

  private static func openings(_ statistics: Statistics) -> [(String, Int64)] {
    let opened = statistics.opened
    return [
      ("today", opened.today), ("week", opened.week), ("ever", opened.ever),
      ("never", statistics.neverOpened),
    ]
  }

  private static func json(
    _ statistics: Statistics, _ surroundings: Stats.Surroundings?
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("favourites", statistics.favourites)
    writeArray("categories", statistics.categories, to: &json) { category, json in
      json.member("name", category.name)
      json.member("count", category.count)
      json.member("total", category.total)
    }
    writeArray("tags", statistics.tags, to: &json) { tag, json in
      json.member("name", tag.value)
      json.member("count", tag.count)
    }
    writeArray("months", statistics.months, to: &json) { month, json in
      json.member("month", month.name)
      json.member("count", month.count)
    }
    json.member("earlier", statistics.earlier)
    json.member("later", statistics.later)
    json.key("opened")
    json.beginObject()
    for (name, count) in openings(statistics) {
      json.member(name, count)
    }
    json.endObject()
    json.key("links")
    json.beginObject()
    for state in statistics.links { json.member(state.value, state.count) }
    json.endObject()
    writeArray("most_used", statistics.mostUsed, to: &json) { used, json in
      json.member("id", used.id)
      json.member("title", used.title)
      json.member("category", used.category)
      json.member("opened", used.opened)
    }
    write(surroundings, to: &json)
    json.endObject()
    json.newline()
    return json.bytes
  }

  private static func write(_ found: Stats.Surroundings?, to json: inout JSONWriter) {
    json.key("trash")
    guard let found else {
      json.null()
      for key in ["changes", "size"] {
        json.key(key)
        json.null()
      }
      return
    }
    json.beginObject()
    json.member("count", found.trashed)
    json.member("expired", found.expired)
    json.endObject()
    json.member("changes", found.changes)
    json.key("size")
    json.beginObject()
    json.member("database", found.database)
    json.key("parts")
    if let parts = found.parts {
      json.beginObject()
      for part in parts { json.member(part.kind.rawValue, part.size) }
      json.endObject()
    } else {
      json.null()
    }
    json.member("backups", found.backups)
    json.endObject()
  }

  private static func writeArray<Element>(
    _ key: String, _ elements: [Element], to json: inout JSONWriter,
    _ write: (Element, inout JSONWriter) -> Void
  ) {
    json.member(key, of: elements) { (json, element) in
      json.beginObject()
      write(element, &json)
      json.endObject()
    }
  }

  private static func write(_ count: FacetCount, to json: inout JSONWriter) {
    json.beginObject()
    json.member("value", count.value)
    json.member("count", count.count)
    json.endObject()
  }
}
