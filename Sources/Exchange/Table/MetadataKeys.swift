internal import Favourites

/// Makes names of metadata from the names of columns, each once.
struct MetadataKeys: Sendable {
  private var used: Set<String> = []
  /// The number that is tried next behind a name.
  private var numbers: [String: Int] = [:]

  init() {}

  /// `Word Count` becomes `word_count`, a column without a name `column_3`.
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

  /// Lower case, and `_` for what no name of metadata may hold.
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
      // Room is left for a number behind it.
      guard size <= Limits.metadataKeyBytes - 8 else { break }
      scalars.append(next)
    }
    while scalars.last == "_" { scalars.removeLast() }
    return String(scalars)
  }
}

extension Bookmark {
  /// Adds a text as metadata: as the number or the date that it is, or at the end of the note where it is too
  /// long.
  mutating func add(_ text: String, as key: String) {
    let text = text.trimmed
    guard !text.isEmpty else { return }
    if let value = try? MetadataValue(inferring: text, key: key) {
      metadata[key] = value
    } else {
      addToNote(text)
    }
  }

  /// The same of what is a text, whatever it looks like.
  mutating func addWord(_ text: String, as key: String) {
    let text = text.trimmed
    guard !text.isEmpty else { return }
    if let value = try? MetadataValue(text, as: .text, key: key) {
      metadata[key] = value
    } else {
      addToNote(text)
    }
  }

  private mutating func addToNote(_ text: String) {
    // One that is too long already is refused, however much is too much.
    guard (note?.utf8.count ?? 0) <= Limits.noteBytes else { return }
    note = [note, text].compactMap(\.self).joined(separator: "\n\n")
  }
}
