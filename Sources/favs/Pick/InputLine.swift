internal import Favourites

/// A line that is being typed, and the cursor in it. Counts characters as a person does, however many code points each
/// is made of.
struct InputLine: Equatable, Sendable {
  private(set) var characters: [Character] = []
  /// Before which character what is typed goes.
  private(set) var cursor = 0

  /// More is not taken, in characters.
  static let longest = 1_000

  init(_ text: String = "") { insert(text) }

  /// The whole line.
  var text: String { String(characters) }

  /// Puts a text at the cursor: white space as spaces, and nothing of what a terminal would obey.
  mutating func insert(_ text: String) {
    for scalar in text.unicodeScalars {
      if scalar.isWhitespace {
        insert(Unicode.Scalar(" "))
      } else if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) {
        insert(scalar)
      }
    }
  }

  /// Puts a character at the cursor; one that belongs to the character before, such as an accent, joins it.
  mutating func insert(_ scalar: Unicode.Scalar) {
    guard characters.count < Self.longest else { return }
    if cursor > 0 {
      let joined = String(characters[cursor - 1]) + String(scalar)
      // A letter with more marks than any language has is no letter.
      if joined.count == 1, joined.unicodeScalars.count <= 16 {
        characters[cursor - 1] = Character(joined)
        return
      }
    }
    characters.insert(Character(scalar), at: cursor)
    cursor += 1
  }

  /// Takes away the character before the cursor.
  mutating func deleteBackwards() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  /// Takes away the character at the cursor.
  mutating func deleteForwards() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  /// Takes away the word before the cursor.
  mutating func deleteWord() {
    let start = wordStart
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// Takes away all before the cursor.
  mutating func deleteToStart() {
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  /// Takes away all from the cursor on.
  mutating func deleteToEnd() { characters.removeSubrange(cursor...) }

  /// Moves the cursor by so many characters, as far as there are any.
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
