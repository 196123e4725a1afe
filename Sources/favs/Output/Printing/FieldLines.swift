internal import Favourites

/// One favourite for scripts: one line for each field.
struct FieldLines {
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
    add(
      "link",
      favourite.sight.map { "\($0.shown), checked \(Zone.system.text(of: $0.checkedAt))" })
    add("category", "\(escaped(favourite.category))@\(favourite.rank)")
    add("tags", favourite.tags.map(escaped).joined(separator: ", "))
    for field in FavouriteField.further { add(field.rawValue, escaped(favourite.text(field))) }
    for entry in favourite.metadata.entries {
      add(escaped(entry.key), escaped(entry.value.text))
    }
    let zone = Zone.system
    add("created", zone.text(of: favourite.createdAt))
    if favourite.modifiedAt != favourite.createdAt {
      add("modified", zone.text(of: favourite.modifiedAt))
    }
    add(
      "opened",
      favourite.openedAt.map {
        "\(zone.text(of: $0)), \(favourite.opened == 1 ? "once" : "\(favourite.opened) times")"
      })
    add("trashed", favourite.deletedAt.map { zone.text(of: $0) })
    add("uid", favourite.uid.text)
    let width = lines.reduce(0) { max($0, TextWidth.of($1.0)) }
    var text = lines.map { name, value in
      style.dim(TextWidth.padded(name, to: width)) + "  " + value + "\n"
    }.joined()
    if let note = favourite.note { text += "\n" + Escaping.forParagraph(note) + "\n" }
    self.text = text
  }
}

extension LinkSight {
  /// The result of a check, escaped: the state, the new address, and the reason.
  var shown: String {
    let why = reason ?? status.map(String.init)
    let target = movedTo.map { " to \(Escaping.forTerminal($0))" } ?? ""
    return state.rawValue + target + (why.map { " (\(Escaping.forTerminal($0)))" } ?? "")
  }
}
