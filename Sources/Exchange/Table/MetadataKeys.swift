internal import Favourites

/// Makes unique metadata keys from the names of columns.
struct MetadataKeys: Sendable {
  private var used: Set<String> = []
  /// The number to try next after a name.
  private var numbers: [String: Int] = [:]

  init() {}

  /// `Word Count` becomes `word_count`, and an unnamed column `column_3`.
  mutating func key(for name: String, column: Int) -> String {
    let clean = Self.clean(name)
    let base = clean.isEmpty ? "column_\(column)" : clean
    var key = base
    var number = numbers[base, default: 2]
    while !used.insert(key).inserted {
      key = "\(base)_\(number)"
      number += 1
    }
    numbers[base] = number
    return key
  }

  /// The name in lower case, with `_` in place of characters that keys may not contain.
  static func clean(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    var size = 0
    for scalar in name.lowercased().unicodeScalars {
      let isPlain =
        !":=<>!~".unicodeScalars.contains(scalar) && !scalar.isWhitespace
        && scalar.properties.generalCategory != .control
      let next: Unicode.Scalar = isPlain ? scalar : "_"
      if next == "_", scalars.last == "_" || scalars.isEmpty { continue }
      size += UTF8.width(next)
      // Leaves room for a number.
      guard size <= Limits.metadataKeyBytes - 8 else { break }
      scalars.append(next)
    }
    while scalars.last == "_" { scalars.removeLast() }
    return String(scalars)
  }
}

extension Bookmark {
  /// Adds a text as metadata: as a number or a date if it is one, or to the end of the note if it
  /// is too long.
  mutating func add(_ text: String, as key: String) {
    let text = text.trimmed
    guard !text.isEmpty else { return }
    if let value = try? MetadataValue(inferring: text, key: key) {
      metadata[key] = value
    } else {
      addToNote(text)
    }
  }

  /// Adds a text as metadata, always as text.
  mutating func addWord(_ text: String, as key: String) {
    let text = text.trimmed
    guard !text.isEmpty else { return }
    if let value = try? MetadataValue(text, as: .text, key: key) {
      metadata[key] = value
    } else {
      addToNote(text)
    }
  }

  /// Adds the contents of a cell as metadata.
  mutating func add(_ cell: TableCell, as key: String) {
    if case .text(let text) = cell { add(text, as: key) } else { addWord(cell.text, as: key) }
  }

  /// Adds the members of an object as metadata, as if they were cells of a table.
  /// - Parameter known: the keys of those that are used otherwise, or of no interest to people.
  mutating func keep(_ object: JSONObject, except known: Set<String>) {
    keep(JSONRow(JSONObject(object.members.filter { !known.contains($0.key) })).cells)
  }

  /// Adds cells as metadata, beside what there is.
  mutating func keep(_ cells: [(name: String, cell: TableCell)]) {
    var keys = MetadataKeys()
    for entry in metadata.entries { _ = keys.key(for: entry.key, column: 0) }
    for (index, part) in cells.prefix(JSONRow.mostNames).enumerated() {
      add(part.cell, as: keys.key(for: part.name, column: index + 1))
    }
  }

  private mutating func addToNote(_ text: String) {
    // A note that is too long already will be rejected anyway.
    guard (note?.utf8.count ?? 0) <= Limits.noteBytes else { return }
    note = [note, text].compactMap(\.self).joined(separator: "\n\n")
  }
}

extension Draft {
  /// Adds cells as metadata, beside what there is; what is too long for that, to the end of the
  /// note.
  mutating func keep(_ cells: [(name: String, cell: TableCell)]) {
    guard !cells.isEmpty else { return }
    var rest = Bookmark()
    rest.metadata = values
    rest.note = note
    rest.keep(cells)
    values = rest.metadata
    note = rest.note
  }
}
