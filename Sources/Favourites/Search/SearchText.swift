/// A favourite as the full-text index holds it, column by column.
///
/// FTS5's tokenizer `unicode61` cuts a text into runs of letters, digits and marks, and makes capitals small. The
/// rest is done to the text before it gets there, the same to what is indexed and to what is searched for:
/// - accents, marks and forms of letters that do not count are taken away: see `LetterFolding`;
/// - in scripts that are written without spaces (Chinese, Japanese, Thai and others), and in Hangul, each
///   character is a word of its own, so that any part of a title is found as a phrase;
/// - `C++` and `C#` are words of their own beside the `C` that is left of them.
///
/// Behind the words of a column stand those that its words are found by besides, each with a `^` before it: the parts
/// of `PostgreSQL` are `^Postgre ^SQL`, and `wi-fi` is `^wifi` too. See `WordRun`.
struct SearchText {
  let title: String
  let tags: String
  let url: String
  let note: String
  /// The values of the metadata.
  let other: String
  /// One word that says in which category it is: see `placeWord`.
  let place: String

  init(_ record: FavouriteRecord) { self.init(record, DerivedTexts(record)) }

  /// - Parameter texts: what follows from the record's texts.
  init(_ record: FavouriteRecord, _ texts: DerivedTexts) {
    title = texts.title
    url = texts.url
    note = texts.note
    tags = record.tags.map { Self.indexed(JSONText.strings($0).joined(separator: " ")) } ?? ""
    other =
      record.metadata.map { stored in
        let values = Metadata(stored: stored).entries.map(\.value.text)
        return Self.indexed(values.joined(separator: " "))
      } ?? ""
    place = Self.placeWord(record.category)
  }

  /// The word by which the favourites of a category are found. Its name is not indexed with each of them, so
  /// that renaming a category costs nothing; a word of a query is looked for among the names instead.
  static func placeWord(_ category: Int64) -> String { "k\(category)" }

  /// What stands before a word that is only a part of one of the text, or several of them joined. The tokenizer takes
  /// it for a letter; in the text itself it is a space.
  static let partMark: Unicode.Scalar = "^"

  /// How much of a URL is indexed, in bytes: what is longer holds data, not words.
  private static let urlBytes = 2_048

  /// A URL's words: without its scheme and `www.`, and with `%C3%A9` as the letter that it stands for.
  static func words(ofURL url: String) -> String {
    var bytes = Array(url.utf8.prefix(urlBytes))
    if let end = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) {
      bytes.removeFirst(end + 3)
    }
    if bytes.starts(with: "www.".utf8) { bytes.removeFirst(4) }
    return String(decoding: PercentEncoding.decoded(bytes[...]), as: UTF8.self)
  }

  /// A text as the tokenizer is to get it, to be cut into its words.
  static func prepared(_ text: String) -> String {
    isPlain(text) ? text : PreparedText(text).text
  }

  /// The same, with the words behind it that it is found by besides.
  static func indexed(_ text: String, inLink: Bool = false) -> String {
    if isPlain(text), !mayHaveParts(text) { return text }
    var prepared = PreparedText(text)
    prepared.appendParts(inLink: inLink)
    return prepared.text
  }

  /// Whether a text is ASCII without signs that mean something here: nothing has to be done to it.
  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains { $0 >= 0x80 || $0 == 0x2B || $0 == 0x23 || $0 == 0x5E }  // + # ^
  }

  /// Whether a text of ASCII may hold a word with parts: a sign, a digit or a capital next to a letter.
  private static func mayHaveParts(_ text: String) -> Bool {
    var last = FoldedText.Kind.separator
    var isBehindCapital = false
    var length = 0
    for byte in text.utf8 {
      var kind = FoldedText.Kind.ofASCII(byte)
      // A slash joins short words only.
      if byte == 0x2F, length == 0 || length > WordRun.longestBySlash { kind = .separator }
      length = kind.isOfWord ? length + 1 : 0
      if kind.isOfWord {
        switch (last, kind) {
        case (.separator, _), (.letter, .letter), (.digit, .digit): break
        case (.capital, .letter):
          // `Ab` is a word like any other, `ABc` is not.
          if isBehindCapital { return true }
        case (.capital, .capital): isBehindCapital = true
        default: return true
        }
      } else {
        isBehindCapital = false
      }
      last = kind
    }
    return false
  }

  /// Whether it belongs to a script that is written without spaces between words, or to Hangul, whose words
  /// carry their particles.
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF,  // Thai, Lao
      0x1000...0x109F,  // Myanmar
      0x1780...0x17FF,  // Khmer
      0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F,  // Kana
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF,  // Han
      0xAC00...0xD7A3:  // Hangul
      true
    default: false
    }
  }
}
