/// A favourite as the full-text index holds it, column by column.
///
/// FTS5's tokenizer `unicode61` splits a text into runs of letters, digits and marks, and
/// lower-cases it. Everything else is done to the text beforehand, in the same way for indexed
/// texts and for searches:
/// - accents, marks and variant forms of letters that do not matter are removed: see
///   `LetterFolding`;
/// - in scripts written without spaces (Chinese, Japanese, Thai and others), and in Hangul, each
///   character is a word of its own, so that any part of a title is found as a phrase;
/// - `C++` and `C#` are words of their own, in addition to the `C` that remains of them;
/// - a host name in ASCII (`xn--mnchen-3ya.de`) is read in its own letters: see `Punycode`.
///
/// The words of a column are followed by further words that find it, each with a `^` before it: the
/// parts of `PostgreSQL` are `^Postgre ^SQL`, and `wi-fi` is also `^wifi`. See `WordRun`.
struct SearchText {
  let title: String
  let tags: String
  let url: String
  let note: String
  /// The values of the metadata.
  let other: String
  /// A word that names its category: see `word(ofCategory:)`.
  let categoryWord: String

  /// The text of a column.
  subscript(column: SearchColumn) -> String {
    switch column {
    case .note: note
    case .title: title
    case .tags: tags
    case .url: url
    case .other: other
    case .place: categoryWord
    }
  }

  /// The length of all columns.
  var byteCount: Int {
    title.utf8.count + tags.utf8.count + url.utf8.count + note.utf8.count + other.utf8.count
      + categoryWord.utf8.count
  }

  init(_ record: FavouriteRecord) { self.init(record, DerivedTexts(record)) }

  /// - Parameter texts: the data derived from the record's texts.
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
    categoryWord = Self.word(ofCategory: record.category)
  }

  /// The word that finds the favourites of a category. Its name is not indexed with each of them,
  /// so that renaming a category costs nothing; a word of a query is looked up among the names
  /// instead.
  static func word(ofCategory category: Int64) -> String { "k\(category)" }

  /// Precedes a word that is only a part of a word in the text, or several of them joined. The
  /// tokenizer takes it for a letter; in the text itself it becomes a space.
  static let partMark: Unicode.Scalar = "^"

  /// How much of a URL is indexed, in bytes: anything longer holds data, not words.
  private static let urlBytes = 2_048

  /// A URL's words: without its scheme and `www.`, and with `%C3%A9` decoded.
  static func words(ofURL url: String) -> String {
    String(decoding: PercentEncoding.decoded(wordBytes(ofURL: Array(url.utf8))), as: UTF8.self)
  }

  /// The words of a URL in a query: without what indexed URLs differ in although they are the same,
  /// `WWW.` and the usual port.
  static func words(ofTypedURL url: String) -> String {
    var bytes = Array(url.utf8)
    let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }.map(\.loweredASCII)
    let port: StaticString? =
      scheme.elementsEqual("https".utf8) ? ":443" : scheme.elementsEqual("http".utf8) ? ":80" : nil
    let isWhole = bytes.dropFirst(scheme.count).starts(with: "://".utf8)
    let start = isWhole ? scheme.count + 3 : 0
    if bytes[start...].prefix(4).map(\.loweredASCII).elementsEqual("www.".utf8) {
      bytes.replaceSubrange(start..<(start + 4), with: "www.".utf8)
    }
    let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
    if let port = port?.description, isWhole,
      bytes[start..<end].suffix(port.utf8.count).elementsEqual(port.utf8)
    {
      bytes.removeSubrange((end - port.utf8.count)..<end)
    }
    return words(ofURL: String(decoding: bytes, as: UTF8.self))
  }

  /// Those of three indexed texts whose words are in the vocabulary: of a link, only the host.
  static func texts(title: String, url: String, note: String) -> [String] {
    let host = url.utf8.prefix { !"/?# ".utf8.contains($0) }
    return [title, note, String(decoding: host, as: UTF8.self)]
  }

  /// The texts whose words are in the vocabulary, without those that `DerivedTexts` has.
  var otherTexts: [String] { [tags, other] }

  /// All texts whose words are in the vocabulary.
  var texts: [String] { Self.texts(title: title, url: url, note: note) + otherTexts }

  /// The bytes of a URL that its words are in.
  static func wordBytes(ofURL url: [UInt8]) -> ArraySlice<UInt8> {
    var bytes = url.prefix(urlBytes)
    if let end = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) {
      bytes.removeFirst(end + 3)
    }
    if bytes.starts(with: "www.".utf8) { bytes.removeFirst(4) }
    return bytes
  }

  /// A text prepared for the tokenizer, to be split into its words.
  static func prepared(_ text: String) -> String {
    isPlain(text) ? text : PreparedText(text).text
  }

  /// A prepared text followed by the further words that find it.
  static func indexed(_ text: String, inLink: Bool = false) -> String {
    if isPlain(text), !mayHaveParts(text) { return text }
    var prepared = PreparedText(text)
    prepared.appendParts(inLink: inLink)
    return prepared.text
  }

  /// Whether a text is ASCII without characters that are special here: it needs no preparation.
  private static func isPlain(_ text: String) -> Bool {
    var last: UInt32 = 0
    return text.utf8.allSatisfy { byte in
      last = last << 8 | UInt32(byte)
      let isLabel = last | 0x2020_0000 == 0x786E_2D2D  // xn--
      return !(byte >= 0x80 || byte == 0x2B || byte == 0x23 || byte == 0x5E || isLabel)  // + # ^
    }
  }

  /// Whether an ASCII text may contain a word with parts: a sign, a digit or a capital next to a
  /// letter.
  private static func mayHaveParts(_ text: String) -> Bool {
    var last = FoldedText.Kind.separator
    var isBehindCapital = false
    var length = 0
    for byte in text.utf8 {
      var kind = FoldedText.Kind.ofASCII(byte)
      // A slash only joins short words.
      if byte == 0x2F, length == 0 || length > WordRun.longestBySlash { kind = .separator }
      length = kind.isOfWord ? length + 1 : 0
      if kind.isOfWord {
        switch (last, kind) {
        case (.separator, _), (.letter, .letter), (.digit, .digit): break
        case (.capital, .letter):
          // `Ab` is an ordinary word, `ABc` is not.
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

  /// Whether it belongs to a script written without spaces between words, or to Hangul, whose words
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
