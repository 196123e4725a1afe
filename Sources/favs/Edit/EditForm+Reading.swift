internal import Favourites

extension EditForm {
  /// Whether only comments and blank lines are left: emptying a form cancels the edit.
  static func isEmptied(_ edited: String) -> Bool { lines(of: edited).allSatisfy(isRemark) }

  /// The changes in the edited text; an unchanged line changes nothing.
  func patch(from edited: String) throws(ValueError) -> Patch {
    let lines = Self.lines(of: edited)
    guard let top = lines.firstIndex(where: { Self.isLine(Self.divider, $0) }) else {
      throw ValueError("the line '\(Self.divider)' above the note is missing")
    }
    // A note may contain such a line too, so the last one counts.
    guard let bottom = lines.lastIndex(where: { Self.isLine(Self.closing, $0) }), bottom > top
    else {
      throw ValueError("the line '\(Self.closing)' is missing: the text is incomplete")
    }
    if let below = lines[bottom...].dropFirst().firstIndex(where: { !Self.isRemark($0) }) {
      throw ValueError("line \(below + 1): text below the end of the note")
    }
    var patch = try fields(in: lines[..<top])
    let note = lines[(top + 1)..<bottom].joined(separator: "\n")
    if !note.utf8.elementsEqual((favourite.note ?? "").utf8) { patch.note = note }
    return patch
  }

  /// The lines of a text, without a byte order mark, and without the carriage returns of an editor
  /// that writes CRLF.
  private static func lines(of text: String) -> [String] {
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // If the form's own lines have none, those in a note are part of it.
    if lines.contains(where: { $0.utf8.elementsEqual((divider + "\r").utf8) }) {
      lines = lines.map { line in
        guard line.unicodeScalars.last == "\r" else { return line }
        return String(line.unicodeScalars.dropLast())
      }
    }
    return lines
  }

  /// Whether a line is one of the two around the note; some editors strip a form feed or a space.
  private static func isLine(_ own: String, _ line: String) -> Bool {
    var scalars = line.unicodeScalars[...]
    if scalars.first == formFeed { scalars.removeFirst() }
    while scalars.last == " " || scalars.last == "\t" { scalars.removeLast() }
    return scalars.elementsEqual(own.unicodeScalars)
  }

  /// Whether a line is blank or a comment.
  private static func isRemark(_ line: String) -> Bool {
    line.trimmed.isEmpty || line.utf8.first == UInt8(ascii: "#")
  }

  private func fields(in lines: ArraySlice<String>) throws(ValueError) -> Patch {
    var patch = Patch()
    var found: [Line] = []
    var values: [String: Line] = [:]
    for (index, line) in lines.enumerated() where !Self.isRemark(line) {
      try Self.naming(index + 1) { () throws(ValueError) in
        let (name, value) = try read(line)
        let own = Line(number: index + 1, value: value)
        if name == "set" {
          found.append(own)
        } else if values.updateValue(own, forKey: name) != nil {
          throw ValueError("there are two lines '\(name)'")
        }
      }
    }
    for (field, shown) in fields {
      let line = values[field.rawValue]
      var value = line?.value ?? ""
      guard !Self.isLeft(value, as: shown) else { continue }
      if field != .tags, Self.isEscaped(favourite.text(field)) { value = Escaping.restored(value) }
      try Self.naming(line?.number) { () throws(ValueError) in try set(field, to: value, &patch) }
    }
    try compare(found, &patch)
    return patch
  }

  /// The value in a line, and the number of the line.
  private struct Line {
    let number: Int
    let value: String
  }

  /// Runs a block, and names a line in its errors; nil for a line that was deleted.
  private static func naming(
    _ number: Int?, _ body: () throws(ValueError) -> Void
  ) throws(ValueError) {
    do throws(ValueError) {
      try body()
    } catch {
      throw number.map { ValueError("line \($0): \(error.message)", hint: error.hint) } ?? error
    }
  }

  /// Whether a value is left as it was shown. It may have been shown in escaped form, and must not
  /// be stored that way.
  ///
  /// White space at the ends does not count: reading a line drops it, as some editors do.
  private static func isLeft(_ value: String, as shown: String) -> Bool {
    value.utf8.elementsEqual(shown.trimmed.utf8)
  }

  private func read(_ line: String) throws(ValueError) -> (name: String, value: String) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      throw ValueError("'\(line)' is not 'NAME: VALUE'")
    }
    let name = String(line[..<colon]).trimmed
    guard name == "set" || fields.contains(where: { $0.field.rawValue == name }) else {
      throw ValueError("unknown field '\(name)'")
    }
    return (name, String(line[line.utf8.index(after: colon)...]).trimmed)
  }

  private func set(
    _ field: FavouriteField, to value: String, _ patch: inout Patch
  ) throws(ValueError) {
    switch field {
    case .category: patch.category = value.isEmpty ? .inbox : try Value.newCategory(value)
    case .tags: try compareTags(value.split(separator: ",").map { String($0).trimmed }, &patch)
    case .title where value.isEmpty: throw ValueError("a favourite needs a title")
    default: if let column = field.column { patch.columns[text: column] = value }
    }
  }

  /// Determines changes to metadata. Lines that are left are not parsed.
  private func compare(_ found: [Line], _ patch: inout Patch) throws(ValueError) {
    var keys: [String] = []
    let entries = favourite.metadata.entries
    for line in found {
      if let place = assignments.firstIndex(where: { Self.isLeft(line.value, as: $0) }) {
        keys.append(entries[place].key)
        continue
      }
      try Self.naming(line.number) { () throws(ValueError) in
        let assignment = try Value.assignment(restored(line.value))
        keys.append(assignment.key)
        patch.assignments.append(assignment)
      }
    }
    for entry in entries where !keys.contains(where: { $0.utf8.elementsEqual(entry.key.utf8) }) {
      patch.unset.append(entry.key)
    }
  }

  /// An assignment with its value as it is meant: escaped if that of the same key was shown so.
  private func restored(_ line: String) -> String {
    let key = line.prefix { $0 != ":" && $0 != "=" }
    guard let equals = line.firstIndex(of: "="),
      favourite.metadata.entries.contains(where: {
        $0.key.utf8.elementsEqual(key.utf8) && Self.isEscaped($0.value.text)
      })
    else { return line }
    return String(line[...equals]) + Escaping.restored(String(line[equals...].dropFirst()))
  }

  /// Determines changes to tags. Tags that are left are not parsed either.
  private func compareTags(_ found: [String], _ patch: inout Patch) throws(ValueError) {
    let shown = favourite.tags.map(Escaping.forTerminal)
    for (tag, text) in zip(favourite.tags, shown)
    where !found.contains(where: { Self.isLeft($0, as: text) }) {
      patch.removedTags.append(try Value.tag(tag))
    }
    for text in found
    where !text.isEmpty && !shown.contains(where: { Self.isLeft(text, as: $0) }) {
      patch.addedTags.append(try Value.tag(text))
    }
  }
}
