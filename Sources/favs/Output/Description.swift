internal import Favourites

/// One favourite as a person reads it: a line for each field.
struct Description {
  /// The lines.
  let text: String

  init(_ favourite: Favourite, style: Style) {
    var lines: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { lines.append((name, value)) }
    }
    let escaped = Escaping.forTerminal
    add("id", String(favourite.id))
    add("title", style.bold(escaped(favourite.title)))
    add("url", favourite.url.map { style.link(escaped($0), to: $0) })
    add("category", "\(escaped(favourite.category))#\(favourite.rank)")
    add("tags", favourite.tags.map(escaped).joined(separator: ", "))
    for entry in favourite.metadata.entries {
      add(escaped(entry.key), escaped(entry.value.text))
    }
    add("created", favourite.createdAt.text)
    if favourite.modifiedAt != favourite.createdAt { add("modified", favourite.modifiedAt.text) }
    add(
      "opened",
      favourite.openedAt.map {
        "\($0.text), \(favourite.opened == 1 ? "once" : "\(favourite.opened) times")"
      })
    add("trashed", favourite.deletedAt?.text)
    add("uid", favourite.uid.text)
    let width = lines.reduce(0) { max($0, TextWidth.of($1.0)) }
    var text = lines.map { name, value in
      style.dim(TextWidth.padded(name, to: width)) + "  " + value + "\n"
    }.joined()
    if let note = favourite.note { text += "\n" + Escaping.forParagraph(note) + "\n" }
    self.text = text
  }
}
