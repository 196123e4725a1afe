/// A favourite as the full-text index holds it, column by column.
///
/// FTS5's tokenizer `unicode61` does most: it cuts text at all that is neither letter nor digit, and takes case
/// and accents away. What it cannot do is done to the text before it gets there, the same to what is
/// indexed and to what is searched for:
/// - in scripts that are written without spaces (Chinese, Japanese, Thai and others), and in Hangul, each
///   character is a word of its own, so that any part of a title is found as a phrase;
/// - letters that are no accented form of another become those they are written with where they are missing:
///   `ł` is `l`, `ø` is `o`, `ß` is `ss`;
/// - `C++` and `C#` are words of their own beside the `C` that is left of them.
struct SearchText {
  let title: String
  let tags: String
  let url: String
  let note: String
  /// The values of the metadata.
  let other: String
  /// One word that says in which category it is: see `placeWord`.
  let place: String

  init(_ record: FavouriteRecord) {
    title = Self.prepared(record.title)
    tags = record.tags.map { Self.prepared(JSONText.strings($0).joined(separator: " ")) } ?? ""
    url = record.url.map { Self.prepared(url: $0) } ?? ""
    note = record.note.map { Self.prepared($0) } ?? ""
    other =
      record.metadata.map { stored in
        let values = Metadata(stored: stored).entries.map(\.value.text)
        return Self.prepared(values.joined(separator: " "))
      } ?? ""
    place = Self.placeWord(record.category)
  }

  /// The word by which the favourites of a category are found. Its name is not indexed with each of them, so
  /// that renaming a category costs nothing; a word of a query is looked for among the names instead.
  static func placeWord(_ category: Int64) -> String { "k\(category)" }

  /// How much of a URL is indexed, in bytes: what is longer holds data, not words.
  private static let urlBytes = 2_048

  /// A URL's words: without its scheme and `www.`, and with `%C3%A9` as the letter that it stands for.
  static func prepared(url: String) -> String {
    var bytes = Array(url.utf8.prefix(urlBytes))
    if let end = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) {
      bytes.removeFirst(end + 3)
    }
    if bytes.starts(with: "www.".utf8) { bytes.removeFirst(4) }
    return prepared(String(decoding: PercentEncoding.decoded(bytes[...]), as: UTF8.self))
  }

  /// A text as the tokenizer is to get it.
  static func prepared(_ text: String) -> String {
    // Plain ASCII, but for the two signs below, needs nothing.
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x2B || $0 == 0x23 }) else { return text }
    return traced(text).text
  }

  /// The same, and for each of its bytes the bytes of the text that it comes from.
  static func traced(_ text: String) -> (text: String, origins: [Range<Int>]) {
    var result = Traced()
    var word = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      result.origin = result.origin.upperBound..<(result.origin.upperBound + UTF8.width(scalar))
      if scalar == "+" || scalar == "#" {
        let isDouble = scalar == "#" || (index + 1 < scalars.count && scalars[index + 1] == "+")
        let after = index + (scalar == "#" ? 1 : 2)
        let isEnd = after >= scalars.count || !isWordScalar(scalars[after])
        result.append(scalar)
        if isDouble, isEnd, !word.isEmpty {
          // Of both signs: the second one is still to come.
          let sign = result.origin
          if scalar == "+" { result.origin = sign.lowerBound..<(sign.upperBound + 1) }
          result.append(" ")
          result.append(contentsOf: word)
          result.append(contentsOf: (scalar == "#" ? "sharp" : "plusplus").unicodeScalars)
          result.append(" ")
          result.origin = sign
        }
        word = String.UnicodeScalarView()
      } else if isUnspaced(scalar) {
        result.append(" ")
        result.append(scalar)
        result.append(" ")
        word = String.UnicodeScalarView()
      } else {
        let letters = spelledOut(scalar)
        if let letters { result.append(contentsOf: letters.unicodeScalars) }
        if letters == nil { result.append(scalar) }
        if isWordScalar(scalar) {
          word.append(scalar)
        } else {
          word = String.UnicodeScalarView()
        }
      }
    }
    return (String(result.scalars), result.origins)
  }

  /// A text that is being made of another.
  private struct Traced {
    var scalars = String.UnicodeScalarView()
    var origins: [Range<Int>] = []
    /// The bytes that what is appended comes from.
    var origin = 0..<0

    mutating func append(_ scalar: Unicode.Scalar) {
      scalars.append(scalar)
      for _ in 0..<UTF8.width(scalar) { origins.append(origin) }
    }

    mutating func append(contentsOf view: String.UnicodeScalarView) {
      for scalar in view { append(scalar) }
    }
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      return byte.isASCIILetter || byte.isASCIIDigit
    }
    return scalar.properties.isAlphabetic
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

  /// Letters without a decomposition, as they are written where they are missing.
  static func spelledOut(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ł", "Ł": "l"
    case "ø", "Ø": "o"
    case "đ", "Đ", "ð", "Ð": "d"
    case "æ", "Æ": "ae"
    case "œ", "Œ": "oe"
    case "ß", "ẞ": "ss"
    case "þ", "Þ": "th"
    case "ı": "i"
    case "ħ", "Ħ": "h"
    case "ŧ", "Ŧ": "t"
    default: nil
    }
  }
}
