internal import SQLite

/// The names of all categories, for finding those that contain a word.
struct CategoryNames {
  /// The names as they would be indexed, each on a line of its own.
  private var text = ""
  /// Where each line ends, and whose name it is.
  private var lines: [(end: Int, category: Int64)] = []
  /// The text in small letters if all of it is ASCII; otherwise empty.
  private let small: [UInt8]
  /// The words of the names; nil until they are needed.
  private var words: [(text: String, category: Int64)]?

  init(_ connection: borrowing Connection) throws(StoreError) {
    let rows = try connection.query("SELECT id, name FROM category")
    while try rows.next() {
      text += SearchText.indexed(rows.text(1)) + "\n"
      lines.append((text.utf8.count, rows.integer(0)))
    }
    small = text.isASCII ? text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } : []
  }

  /// The categories whose name contains one of some forms of a word.
  mutating func categories(
    with forms: [WordForm], _ tokenizer: borrowing Tokenizer
  ) -> [Int64] {
    // Most words are in no name.
    guard forms.contains(where: { mayOccur($0.tokens[0]) }) else { return [] }
    let words = words ?? split(tokenizer)
    self.words = words
    var found: [Int64] = []
    for word in words where found.last != word.category {
      let isHit = forms.contains { form in
        form.isPrefix
          ? word.text.hasBytePrefix(form.tokens[0]) : areSame(word.text, form.tokens[0])
      }
      if isHit { found.append(word.category) }
    }
    return found
  }

  private func split(_ tokenizer: borrowing Tokenizer) -> [(text: String, category: Int64)] {
    var words: [(text: String, category: Int64)] = []
    var line = 0
    for token in tokenizer.tokens(of: text) {
      while line < lines.count, token.range.lowerBound >= lines[line].end { line += 1 }
      if line < lines.count { words.append((token.text, lines[line].category)) }
    }
    return words
  }

  /// Whether a word may be in the names: false only if its bytes are not.
  private func mayOccur(_ word: String) -> Bool {
    guard !small.isEmpty, word.isASCII, let first = word.utf8.first else { return !text.isEmpty }
    let length = word.utf8.count
    for place in small.indices where small[place] == first {
      guard place + length <= small.count else { return false }
      if small[place..<(place + length)].elementsEqual(word.utf8) { return true }
    }
    return false
  }
}
