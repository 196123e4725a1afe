internal import Favourites

/// Escapes texts for Markdown.
///
/// Source: CommonMark 0.31, 2.4 to 2.5 and 6.
enum MarkdownEscape {
  /// Appends a title or a name, with all syntax escaped.
  ///
  /// - Parameter isAtStart: whether it begins a line or an item, where more needs to be escaped.
  static func append(_ text: String, atStart isAtStart: Bool = false, to bytes: inout [UInt8]) {
    let scalars = Array(text.unicodeScalars)
    let colon = isAtStart && Draft.looksLikeURL(text) ? scalars.firstIndex(of: ":") : nil
    let mark = isAtStart ? markLength(scalars[...]) : 0
    let obeyed = obeyedColons(scalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isMark: Bool
      switch scalar {
      case "\\", "[", "]", "*", "`", "<", "~": isMark = true
      case "_":
        let last = index > 0 ? scalars[index - 1] : " "
        isMark = !(last.properties.isAlphabetic && next.properties.isAlphabetic)
      case ":": isMark = next == "/" || index == colon || obeyed.contains(index)
      default: isMark = index + 1 == mark
      }
      append(scalar, before: next, isMark: isMark, to: &bytes)
    }
  }

  /// Appends a line of a note: escapes only what would end the item, or be read as HTML.
  static func append(noteLine line: Substring.UnicodeScalarView, to bytes: inout [UInt8]) {
    let scalars = Array(line)
    let mark = markLength(scalars[...])
    let obeyed = obeyedColons(scalars)
    for (index, scalar) in scalars.enumerated() {
      let isLast = index + 1 == scalars.count
      let next = isLast ? " " : scalars[index + 1]
      if index == 0 || isLast, scalar.isWhitespace {
        // Characters that editors and readers strip.
        append(entity: scalar, to: &bytes)
        continue
      }
      let isMark =
        scalar == "\\" || scalar == "<" || index + 1 == mark || obeyed.contains(index)
      append(scalar, before: next, isMark: isMark, to: &bytes)
    }
  }

  /// Appends the target of a link, in `<` and `>` if it could end early, or does not look like a
  /// URL.
  static func append(url: String, to bytes: inout [UInt8]) {
    let isPlain =
      Draft.looksLikeURL(url)
      && url.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "(", ")", "<", ">", "\\", "`", "\"", "'": false
        default: scalar.isASCII ? scalar.value > 0x20 : !scalar.isWhitespace
        }
      }
    if !isPlain { bytes.append(0x3C) }
    let scalars = Array(url.unicodeScalars)
    let obeyed = isPlain ? [] : obeyedColons(scalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if scalar == "`" {
        append(entity: scalar, to: &bytes)
      } else {
        let isMark =
          !isPlain && (scalar == "<" || scalar == ">" || scalar == "\\" || obeyed.contains(index))
        append(scalar, before: next, isMark: isMark, to: &bytes)
      }
    }
    if !isPlain { bytes.append(0x3E) }
  }

  /// Appends tags in a comment, which `-->` would end.
  static func append(tags: [String], to bytes: inout [UInt8]) {
    for (index, tag) in tags.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(comment: tag, to: &bytes)
    }
  }

  /// Appends a text in a comment.
  static func append(comment text: String, to bytes: inout [UInt8]) {
    let scalars = Array(text.unicodeScalars)
    let obeyed = obeyedColons(scalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if scalar == ">" {
        bytes += "&gt;".utf8
      } else if obeyed.contains(index) {
        append(entity: scalar, to: &bytes)
      } else {
        append(scalar, before: next, isMark: false, to: &bytes)
      }
    }
  }

  /// The positions of colons that would make an editor obey the line.
  private static func obeyedColons(_ scalars: [Unicode.Scalar]) -> Set<Int> {
    guard scalars.contains(":") else { return [] }
    return Set(Obeyed.colons(in: scalars.map { $0.isASCII ? UInt8($0.value) : 0x80 }))
  }

  private static func append(
    _ scalar: Unicode.Scalar, before next: Unicode.Scalar, isMark: Bool, to bytes: inout [UInt8]
  ) {
    if scalar == "&", next == "#" || (next.isASCII && next.properties.isAlphabetic) {
      bytes += "&amp;".utf8
    } else if isControl(scalar) {
      append(entity: scalar, to: &bytes)
    } else if scalar.isASCII {
      if isMark { bytes.append(0x5C) }
      bytes.append(UInt8(scalar.value))
    } else {
      bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
  }

  /// Whether it is a control character other than a tab.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 ? scalar != "\t" : (0x7F..<0xA0).contains(scalar.value)
  }

  private static func append(entity scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    bytes += "&#\(scalar.value);".utf8
  }

  /// The position at which a backslash prevents the beginning of a line from being syntax: `-`,
  /// `#`, `12.`; 0 if none is needed.
  private static func markLength(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    guard let first = scalars.first else { return 0 }
    switch first {
    case "-", "+", "*", "#", ">", "=", "~", "`", "|": return 1
    case "0"..."9": break
    default: return 0
    }
    let digits = scalars.prefix { ("0"..."9").contains($0) }.count
    guard digits > 0, digits < scalars.count, ".)".unicodeScalars.contains(scalars[digits]) else {
      return 0
    }
    return digits + 1
  }
}
