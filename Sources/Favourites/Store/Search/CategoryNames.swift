internal import SQLite

/// The names of all categories, for finding those that contain a word.
struct CategoryNames {
  /// The names, one behind the other.
  private var names: [UInt8] = []
  /// Where each ends, and whose it is.
  private var ends: [(end: Int, category: Int64)] = []
  /// Their letters and digits, small; nil if some name is not plain ASCII.
  private let letters: [UInt8]?
  /// Whether a name has a dot: `.NET` is found as `dotnet` too.
  private let haveDots: Bool
  /// The words of the names; nil until they are needed.
  private var words: [(text: String, category: Int64)]?

  init(_ connection: borrowing Connection) throws(StoreError) {
    let rows = try connection.query("SELECT id, name FROM category")
    while try rows.next() {
      names += rows.bytes(1)
      ends.append((names.count, rows.integer(0)))
    }
    letters = Self.letters(of: names)
    haveDots = names.contains(UInt8(ascii: "."))
  }

  private static func letters(of names: [UInt8]) -> [UInt8]? {
    var letters: [UInt8] = []
    letters.reserveCapacity(names.count)
    for byte in names {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: letters.append(byte)
      case 0x41...0x5A: letters.append(byte | 0x20)
      case 0x80..., UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: "^"): return nil
      default: break
      }
    }
    return letters
  }

  /// The categories whose name contains one of some forms of a word.
  mutating func categories(
    with forms: [WordForm], _ tokenizer: borrowing Tokenizer
  ) -> [Int64] {
    // Most words are in no name.
    guard forms.contains(where: { mayOccur($0.tokens[0]) }) else { return [] }
    let words = allWords(tokenizer)
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

  /// The words of the names that are long enough for the vocabulary, each once.
  mutating func knownWords(_ tokenizer: borrowing Tokenizer) -> [String] {
    var met: Set<String> = []
    return allWords(tokenizer).map(\.text).filter {
      WordScanner.isKept($0) && met.insert($0).inserted
    }
  }

  private mutating func allWords(
    _ tokenizer: borrowing Tokenizer
  ) -> [(text: String, category: Int64)] {
    let all = words ?? split(tokenizer)
    words = all
    return all
  }

  private func split(_ tokenizer: borrowing Tokenizer) -> [(text: String, category: Int64)] {
    // The names as they would be indexed, on a line each.
    var (text, start) = ("", 0)
    var lines: [(end: Int, category: Int64)] = []
    for (end, category) in ends {
      text += SearchText.indexed(String(decoding: names[start..<end], as: UTF8.self)) + "\n"
      lines.append((text.utf8.count, category))
      start = end
    }
    var words: [(text: String, category: Int64)] = []
    var line = 0
    for token in tokenizer.tokens(of: text) {
      while line < lines.count, token.range.lowerBound >= lines[line].end { line += 1 }
      if line < lines.count { words.append((token.text, lines[line].category)) }
    }
    return words
  }

  /// Whether a word may be in the names: false only if its letters are not, one behind the other,
  /// whatever is between them.
  private func mayOccur(_ word: String) -> Bool {
    guard let letters, word.isASCII else { return true }
    let word = word.utf8.filter { $0 != UInt8(ascii: "^") }
    guard !word.isEmpty, !(haveDots && word.starts(with: "dot".utf8)) else { return true }
    return letters.holds(word)
  }
}
