internal import Favourites

/// An editable line and its cursor. Counts characters as people do, however many code points each
/// consists of.
struct InputLine: Equatable, Sendable {
  private(set) var characters: [Character] = []
  /// The index of the character after the cursor.
  private(set) var cursor = 0

  /// The most characters that the line holds.
  static let longest = 1_000

  init(_ text: String = "") { insert(text) }

  /// The whole line.
  var text: String { String(characters) }

  /// Inserts a text at the cursor, with white space as spaces and without control characters.
  mutating func insert(_ text: String) {
    for scalar in text.unicodeScalars {
      if scalar.isWhitespace {
        insert(Unicode.Scalar(" "))
      } else if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) {
        insert(scalar)
      }
    }
  }

  /// Inserts a character at the cursor; a combining one, such as an accent, joins the character
  /// before it.
  mutating func insert(_ scalar: Unicode.Scalar) {
    guard characters.count < Self.longest else { return }
    if cursor > 0 {
      let joined = String(characters[cursor - 1]) + String(scalar)
      // No language has letters with this many marks.
      if joined.count == 1, joined.unicodeScalars.count <= 16 {
        characters[cursor - 1] = Character(joined)
        return
      }
    }
    characters.insert(Character(scalar), at: cursor)
    cursor += 1
  }

  /// Deletes the character before the cursor.
  mutating func deleteBackwards() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  /// Deletes the character at the cursor.
  mutating func deleteForwards() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  /// Deletes the word before the cursor.
  mutating func deleteWord() {
    let start = wordStart
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// Deletes everything before the cursor.
  mutating func deleteToStart() {
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  /// Deletes everything from the cursor on.
  mutating func deleteToEnd() { characters.removeSubrange(cursor...) }

  /// Moves the cursor by a number of characters, and stops at either end.
  mutating func move(by count: Int) { cursor = min(max(0, cursor + count), characters.count) }

  mutating func moveToStart() { cursor = 0 }

  mutating func moveToEnd() { cursor = characters.count }

  mutating func moveWordBackwards() { cursor = wordStart }

  mutating func moveWordForwards() {
    while cursor < characters.count, characters[cursor] == " " { cursor += 1 }
    while cursor < characters.count, characters[cursor] != " " { cursor += 1 }
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }
}
