internal import Favourites

extension Format {
  /// The output of `task export`. Tasks become favourites without a URL, unless they have an
  /// attribute named so.
  ///
  /// Source: https://taskwarrior.org/docs/design/task/, "Taskwarrior JSON format".
  static let taskwarrior = Format(
    name: "taskwarrior", summary: "the output of task export",
    isRecognised: { sniff in
      guard let json = sniff.json, json.has("description", "entry") else { return false }
      return json.has("uuid") || json.has("status")
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      try JSONItems.each(of: &input, sink) { (fields, location) throws(ExchangeError) in
        guard fields.text("status") != "deleted" else {
          return try sink(.leftOut("deleted tasks"), location)
        }
        try sink(.bookmark(task(fields)), location)
      }
    })

  private static func task(_ fields: JSONFields) -> Bookmark {
    var bookmark = Bookmark()
    bookmark.title = fields.text("description")
    bookmark.url = fields.text("url", "uri")
    bookmark.folders =
      fields.text("project")?.split(separator: ".").map(String.init) ?? []
    bookmark.tags = fields.texts("tags")
    let notes = fields.objects("annotations").compactMap { annotation -> String? in
      guard let text = annotation.text("description") else { return nil }
      return annotation.date("entry").map { "\($0.date.text) \(text)" } ?? text
    }
    if !notes.isEmpty { bookmark.note = notes.joined(separator: "\n") }
    bookmark.createdAt = fields.date("entry")
    bookmark.modifiedAt = fields.date("modified")
    for member in fields.object.members where !known.contains(member.key) {
      setMetadata(&bookmark, member)
    }
    return bookmark
  }

  /// Attributes that are used elsewhere, or redundant.
  private static let known: Set<String> = [
    "id", "description", "url", "uri", "project", "tags", "annotations", "entry", "modified",
    "urgency",
  ]

  /// Sets status, priority, dates, and the user's own attributes as metadata: numbers remain
  /// numbers, and times are written in favs' format.
  private static func setMetadata(_ bookmark: inout Bookmark, _ member: JSONObject.Member) {
    let key = MetadataKeys.clean(member.key)
    guard !key.isEmpty else { return }
    switch member.value {
    case .integer, .decimal:
      bookmark.metadata[key] = try? MetadataValue(plain: member.value, key: key)
    case .bool(let isSo): bookmark.set(key, when: isSo)
    case .string(let text):
      bookmark.set(key, ForeignDate.basic(text)?.text ?? text)
    case .array(let values):
      // The dependencies of a task.
      bookmark.set(key, values.compactMap { JSONFields.text(of: $0) }.joined(separator: ","))
    case .object, .null: break
    }
  }
}
