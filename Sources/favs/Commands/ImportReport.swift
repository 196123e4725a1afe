internal import Favourites

/// What an import did with each favourite, gathered until it is durable.
struct ImportReport {
  private let isJSON: Bool
  private var lines: [UInt8] = []
  private var added = 0
  private var updated = 0
  private var skipped = 0

  init(isJSON: Bool) {
    self.isJSON = isJSON
  }

  /// Takes down what became of one.
  mutating func note(_ addition: Addition, _ draft: Draft) {
    let word: String
    switch addition {
    case .added:
      word = "add"
      added += 1
    case .updated:
      word = "mod"
      updated += 1
    case .skipped:
      word = "skip"
      skipped += 1
    }
    let title = draft.title ?? draft.url ?? ""
    if isJSON {
      var json = JSONWriter()
      json.beginObject()
      json.key("action")
      json.string(word)
      json.key("id")
      json.integer(addition.id)
      json.key("title")
      json.string(title)
      json.endObject()
      if !lines.isEmpty { lines += Array(",\n".utf8) }
      lines += json.bytes
    } else {
      lines += Array(
        "\(word)\t\(addition.id)\t\(Escaping.forTSV(title))\n".utf8)
    }
  }

  /// Prints all of it.
  func print(_ context: inout Context) throws(Failure) {
    if isJSON { try context.output.write("[") }
    try context.output.write(lines)
    if isJSON { try context.output.write("]\n") }
    try context.output.note("\(added) added, \(updated) changed, \(skipped) skipped")
  }
}
