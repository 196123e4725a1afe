internal import Favourites

/// What a Markdown file says of itself in YAML between `---`, at its beginning: members with a text
/// or a list. Of anything else in it, nothing is read.
///
/// Sources: Jekyll, "Front Matter"; Obsidian, "Properties"; YAML 1.2, 7.3 "Flow Scalar Styles".
struct FrontMatter {
  /// The index of the first line after it.
  let end: Int
  private var members: [(key: String, values: [String])] = []

  /// Nil if the lines do not begin with one.
  init?(_ lines: [TextLines.Line]) {
    guard let first = lines.first, first.text.trimmed == "---",
      let last = lines.dropFirst().firstIndex(where: { ["---", "..."].contains($0.text.trimmed) })
    else { return nil }
    end = last + 1
    for line in lines[1..<last] { read(line.text) }
  }

  private mutating func read(_ line: String) {
    let text = line.trimmed
    guard !text.isEmpty, text.utf8.first != UInt8(ascii: "#") else { return }
    if text.utf8.starts(with: "- ".utf8), let index = members.indices.last {
      members[index].values.append(Self.scalar(String(text.dropFirst(2))))
      return
    }
    let key = text.prefix { $0 != ":" }
    let rest = text[key.endIndex...].dropFirst()
    guard key.endIndex < text.endIndex, rest.isEmpty || rest.first == " ",
      line.utf8.first.map({ $0 > 0x20 }) ?? false
    else { return }
    let value = String(rest).trimmed
    if value.utf8.first == UInt8(ascii: "["), value.utf8.last == UInt8(ascii: "]"),
      !value.utf8.starts(with: "[[".utf8)
    {
      let values = value.dropFirst().dropLast().split(separator: ",")
      members.append((String(key), values.map { Self.scalar(String($0)) }))
    } else {
      members.append((String(key), value.isEmpty ? [] : [Self.scalar(value)]))
    }
  }

  /// A value without quotes around it, and without the brackets of a link to another note.
  private static func scalar(_ text: String) -> String {
    var text = text.trimmed
    for quote: Character in ["\"", "'"]
    where text.count > 1 && text.first == quote && text.last == quote {
      text = String(text.dropFirst().dropLast())
      if quote == "'" { continue }
      var plain: [UInt8] = []
      var isEscaped = false
      for byte in text.utf8 {
        isEscaped = byte == 0x5C && !isEscaped
        if !isEscaped { plain.append(byte) }
      }
      text = String(decoding: plain, as: UTF8.self)
    }
    if text.utf8.starts(with: "[[".utf8), text.utf8.suffix(2).elementsEqual("]]".utf8) {
      text = String(text.dropFirst(2).dropLast(2))
    }
    return text
  }

  /// The page that the file is about, such as a clipping; nil if it names none.
  var bookmark: Bookmark? {
    var bookmark = Bookmark()
    for (key, values) in members {
      let text = values.filter { !$0.isEmpty }.joined(separator: ", ")
      guard !text.isEmpty else { continue }
      switch TableField(named: key) {
      case .title? where bookmark.title == nil: bookmark.title = text
      case .url? where bookmark.url == nil && TableCell.isLink(text): bookmark.url = text
      case .note? where bookmark.note == nil: bookmark.note = text
      case .tags?: bookmark.tags += values.flatMap { NativeText.names($0) }
      case .createdAt? where ForeignDate.any(text) != nil:
        bookmark.createdAt = ForeignDate.any(text)
      case .modifiedAt? where ForeignDate.any(text) != nil:
        bookmark.modifiedAt = ForeignDate.any(text)
      default:
        if key.lowercased() == "source", bookmark.url == nil, TableCell.isLink(text) {
          bookmark.url = text
        } else {
          bookmark.set(key, text)
        }
      }
    }
    return bookmark.url == nil ? nil : bookmark
  }
}
