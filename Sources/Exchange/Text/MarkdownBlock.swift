internal import Favourites

/// The kind of a line of Markdown.
struct MarkdownBlock {
  /// The indentation of the text, in columns, with tab stops every four columns.
  private(set) var indentation = 0
  /// The line without its indentation.
  let text: ArraySlice<UInt8>

  init(_ line: [UInt8]) {
    var index = 0
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 {
      indentation += line[index] == 0x09 ? 4 - indentation % 4 : 1
      index += 1
    }
    text = line[index...]
  }

  /// Whether the line is blank.
  var isBlank: Bool { text.isEmpty }

  /// The level and text of a heading; favs' own levels go beyond six.
  var heading: (level: Int, text: ArraySlice<UInt8>)? {
    guard indentation < 4 else { return nil }
    let level = text.prefix { $0 == 0x23 }.count
    let rest = text.dropFirst(level)
    guard level > 0, rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
    var name = rest[...]
    while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
    let bare = name.reversed().drop { $0 == 0x23 }
    // `## Name ##`
    if bare.first == 0x20, bare.count < name.count { name = name.prefix(bare.count) }
    return (level, name)
  }

  /// The text of a list item, and the width of its marker in columns.
  var item: (text: ArraySlice<UInt8>, width: Int)? {
    guard !isBreak, let first = text.first else { return nil }
    var width = 1
    if first.isASCIIDigit {
      let digits = text.prefix(10).prefix(while: \.isASCIIDigit).count
      let mark = text.dropFirst(digits).first
      guard digits < 10, mark == 0x2E || mark == 0x29 else { return nil }
      width = digits + 1
    } else if first != 0x2D, first != 0x2A, first != 0x2B {
      return nil
    }
    let rest = text.dropFirst(width)
    guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
    let spaces = rest.prefix { $0 == 0x20 || $0 == 0x09 }.count
    return (rest.dropFirst(spaces), width + min(max(spaces, 1), 4))
  }

  /// A thematic break: `---`, `***` or `___`, with or without spaces between the characters.
  var isBreak: Bool {
    guard let mark = text.first, mark == 0x2D || mark == 0x2A || mark == 0x5F else { return false }
    return text.count { $0 == mark } > 2
      && text.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 }
  }

  /// The level of the heading that this line underlines; 0 if it does not.
  var underline: Int {
    guard indentation < 4, let mark = text.first, mark == 0x3D || mark == 0x2D else { return 0 }
    let rest = text.drop { $0 == mark }
    guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), text.count - rest.count > 1 else {
      return 0
    }
    return mark == 0x3D ? 1 : 2
  }

  /// The cells that are not empty, if the line may be a row of a table.
  ///
  /// Source: GitHub Flavored Markdown, 4.10 "Tables (extension)".
  var cells: [ArraySlice<UInt8>]? {
    guard indentation < 4, text.contains(0x7C) else { return nil }
    var cells: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    for index in text.indices + [text.endIndex] {
      let isEnd = index == text.endIndex
      guard isEnd || text[index] == 0x7C && (index == text.startIndex || text[index - 1] != 0x5C)
      else { continue }
      var cell = text[start..<index].drop { $0 == 0x20 || $0 == 0x09 }
      while let last = cell.last, last == 0x20 || last == 0x09 { cell.removeLast() }
      if !cell.isEmpty { cells.append(cell) }
      start = index + 1
    }
    return cells
  }

  /// Whether it is the line between the header of a table and its rows: `|---|:--:|`.
  var isBelowTableHeader: Bool {
    text.contains(0x2D) && text.contains(0x7C)
      && text.allSatisfy { [0x2D, 0x3A, 0x7C, 0x20, 0x09].contains($0) }
  }

  /// The character and the length of a code fence.
  var fence: (mark: UInt8, length: Int)? {
    guard let mark = text.first, mark == 0x60 || mark == 0x7E else { return nil }
    let length = text.prefix { $0 == mark }.count
    guard length > 2, mark == 0x7E || !text.dropFirst(length).contains(mark) else { return nil }
    return (mark, length)
  }

  /// Whether it is a heading or a list item, as at the beginning of Markdown.
  var isHeadingOrItem: Bool { heading != nil || item != nil }

  /// Whether it is a list item.
  var isItem: Bool { item != nil }

  /// Whether it contains `[a](url)`, or an item's `<url>`.
  var hasMarkedLink: Bool {
    let line = MarkdownLine(item?.text ?? text)
    let hasBrackets = text.contains(0x5B) && line.links.contains { $0.title != nil }
    return hasBrackets || isItem && text.contains(0x3C) && !line.links.isEmpty
  }

  /// Whether it is an item with only a link, which plain lists of links contain too.
  var isBareLink: Bool {
    guard let item else { return false }
    return WrittenLink.isLink(String(decoding: item.text, as: UTF8.self))
  }
}
