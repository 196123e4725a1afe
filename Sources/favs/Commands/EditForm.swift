internal import Favourites

/// A favourite as plain text that a person edits.
struct EditForm {
  /// What the editor is given.
  let text: String
  private let favourite: Favourite
  /// The lines that hold a value each, by name, as they were written.
  private let fields: [(name: String, value: String)]
  private let assignments: [String]

  /// What stands between the fields and the note.
  private static let divider = "---"

  init(_ favourite: Favourite) {
    self.favourite = favourite
    fields = [
      ("title", Escaping.forTerminal(favourite.title)),
      ("url", Escaping.forTerminal(favourite.url ?? "")),
      ("category", Escaping.forTerminal(favourite.category)),
      ("tags", favourite.tags.map(Escaping.forTerminal).joined(separator: ", ")),
    ]
    assignments = favourite.metadata.entries.map {
      "\($0.key):\($0.value.kind.rawValue)=\(Escaping.forTerminal($0.value.text))"
    }
    let lines =
      [
        "# Lines that begin with '#' are left out. A value that is emptied is taken away.",
        "# Metadata: 'set: KEY:TYPE=VALUE', one a line. The note stands below the dashes.",
      ] + fields.map { "\($0.name): \($0.value)" } + assignments.map { "set: \($0)" }
    text = (lines + [Self.divider, favourite.note ?? ""]).joined(separator: "\n") + "\n"
  }

  /// What the edited text asks for; a line that was left as it was asks for nothing.
  func patch(from edited: String) throws(ValueError) -> Patch {
    var patch = Patch()
    var found: [String] = []
    let lines = edited.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let end = lines.firstIndex(of: Self.divider)
    for (index, line) in lines[..<(end ?? lines.count)].enumerated() {
      if line.trimmed.isEmpty || line.hasPrefix("#") { continue }
      do throws(ValueError) {
        try read(line, &patch, &found)
      } catch {
        throw ValueError("line \(index + 1): \(error.message)")
      }
    }
    try compare(found, &patch)
    if let end {
      var note = lines[(end + 1)...].joined(separator: "\n")
      // By scalars: a carriage return of the note's own and the form's last line feed are one Character.
      if note.unicodeScalars.last == "\n" { note.unicodeScalars.removeLast() }
      if !note.utf8.elementsEqual((favourite.note ?? "").utf8) { patch.note = note }
    }
    return patch
  }

  private func read(
    _ line: String, _ patch: inout Patch, _ found: inout [String]
  ) throws(ValueError) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      throw ValueError("'\(line)' is not 'NAME: VALUE'")
    }
    let name = String(line[..<colon]).trimmed
    let value = String(line[line.utf8.index(after: colon)...]).trimmed
    if name == "set" { return found.append(value) }
    guard let field = fields.first(where: { $0.name == name }) else {
      throw ValueError("there is no field '\(name)'")
    }
    // What could not be shown as it is must not be stored as it is shown.
    guard !value.utf8.elementsEqual(field.value.utf8) else { return }
    switch name {
    case "title": patch.title = value
    case "url": patch.url = value
    case "category": patch.category = try Value.category(value)
    default: try compareTags(value.split(separator: ",").map { String($0).trimmed }, &patch)
    }
  }

  /// What became of the lines of metadata. One that was left as it was is not read back: it may show a value
  /// escaped.
  private func compare(_ found: [String], _ patch: inout Patch) throws(ValueError) {
    var keys: [String] = []
    for line in found {
      let assignment = try Value.assignment(line)
      keys.append(assignment.key)
      if !contains(assignments, line) { patch.assignments.append(assignment) }
    }
    for entry in favourite.metadata.entries where !contains(keys, entry.key) {
      patch.unset.append(entry.key)
    }
  }

  /// What became of the tags; one that still stands there is not read back either.
  private func compareTags(_ found: [String], _ patch: inout Patch) throws(ValueError) {
    let shown = favourite.tags.map(Escaping.forTerminal)
    for (tag, text) in zip(favourite.tags, shown) where !contains(found, text) {
      patch.removedTags.append(try Value.tag(tag))
    }
    for text in found where !text.isEmpty && !contains(shown, text) {
      patch.addedTags.append(try Value.tag(text))
    }
  }

  /// Whether a text is among others, byte by byte.
  private func contains(_ texts: [String], _ text: String) -> Bool {
    texts.contains { $0.utf8.elementsEqual(text.utf8) }
  }
}
