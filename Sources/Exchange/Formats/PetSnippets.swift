internal import Favourites

extension Format {
  /// pet's snippets: the command becomes the title, its description the note, and its output
  /// metadata.
  ///
  /// Source: pet, `snippet/snippet.go`: `[[snippets]]`, older `[[Snippets]]`, with `description`,
  /// `command`, `tag` and `output` in either case.
  static let pet = Format(
    name: "pet", summary: "pet's snippets, TOML",
    isRecognised: { sniff in
      // It must come first, except for comments: further down, it may be part of a note.
      let first = sniff.lines(20).map(\.trimmed).first { $0.utf8.first != UInt8(ascii: "#") }
      guard let header = first?.utf8.filter({ $0 != 0x20 }) else { return false }
      return header.elementsEqual("[[snippets]]".utf8) || header.elementsEqual("[[Snippets]]".utf8)
    },
    reader: { (input, _, sink) throws(ExchangeError) in
      var reader = TOMLReader(try input.readText())
      var snippet: (fields: [(key: String, texts: [String])], location: Location)?
      while true {
        let entry = try reader.next()
        switch entry {
        case .values(let key, let texts): snippet?.fields.append((key, texts))
        case .table, nil:
          if let snippet { try sink(.bookmark(bookmark(of: snippet.fields)), snippet.location) }
          snippet = entry == .table("snippets") ? ([], reader.location) : nil
        }
        if entry == nil { return }
      }
    })

  private static func bookmark(of fields: [(key: String, texts: [String])]) -> Bookmark {
    var bookmark = Bookmark()
    for (key, texts) in fields {
      let text = texts.joined(separator: "\n")
      switch key {
      case "command", "commands": bookmark.title = text
      case "description": bookmark.note = text
      case "tag": bookmark.tags += texts
      default: bookmark.add(text, as: MetadataKeys.clean(key))
      }
    }
    if let command = bookmark.title, command.trimmed.utf8.count > Limits.titleBytes {
      // Too long for a title, so the description takes its place.
      bookmark.title = (bookmark.note ?? command).cut(toBytes: 200)
      bookmark.note = command
    }
    return bookmark
  }
}
