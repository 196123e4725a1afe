internal import Favourites

/// One favourite for people: title and link, category, details, note.
struct Description {
  /// The lines.
  let text: String

  /// The largest width of lines, in columns, since longer ones are hard to read.
  private static let widest = 100

  init(_ favourite: Favourite, style: Style, width: Int, now: Timestamp) {
    let room = min(width, Self.widest)
    var lines = [style.bold(Escaping.forTerminal(favourite.title))]
    if let url = favourite.url { lines.append(style.link(Escaping.forTerminal(url), to: url)) }
    if let sight = favourite.sight { lines.append(style.dim(Self.told(of: sight, now))) }
    lines.append(Self.place(favourite, room, style))
    let entries =
      (FavouriteField.further.map { ($0.rawValue, favourite.text($0)) }.filter { !$0.1.isEmpty }
      + favourite.metadata.entries.map { ($0.key, $0.value.text) })
      .map { (Escaping.forTerminal($0), Escaping.forTerminal($1)) }
    let width = entries.reduce(0) { max($0, TextWidth.of($1.0)) }
    for (name, value) in entries {
      lines.append(style.dim(TextWidth.padded(name, to: width)) + "  " + value)
    }
    lines += Self.times(favourite, now).map(style.dim)
    lines.append(style.dim("uid \(favourite.uid.text)"))
    var text = lines.map { $0 + "\n" }.joined()
    if let note = favourite.note {
      text += "\n" + Self.wrapped(Escaping.forParagraph(note), to: room) + "\n"
    }
    self.text = text
  }

  /// The result of the last check of the link.
  private static func told(of sight: LinkSight, _ now: Timestamp) -> String {
    "link \(sight.shown), checked \(Age.text(from: sight.checkedAt, to: now))"
      + " (\(Zone.system.text(of: sight.checkedAt)))"
  }

  /// Category, rank and tags, with the id at the end of the line.
  private static func place(_ favourite: Favourite, _ room: Int, _ style: Style) -> String {
    let category = "\(Escaping.forTerminal(favourite.category))@\(favourite.rank)"
    let tags = favourite.tags.map { "#" + Escaping.forTerminal($0) }
    let plain = ([category] + tags).joined(separator: " ")
    let shown = ([style.category(category)] + tags.map(style.tag)).joined(separator: " ")
    let id = "id \(favourite.id)"
    let space = max(2, room - TextWidth.of(plain) - id.utf8.count)
    return shown + String(repeating: " ", count: space) + style.dim(id)
  }

  /// The times when it was added, changed, opened and removed, both as an age and exactly.
  private static func times(_ favourite: Favourite, _ now: Timestamp) -> [String] {
    func told(_ verb: String, _ time: Timestamp) -> String {
      "\(verb) \(Age.text(from: time, to: now)) (\(Zone.system.text(of: time)))"
    }
    var lines = [told("added", favourite.createdAt)]
    if favourite.modifiedAt != favourite.createdAt {
      lines.append(told("changed", favourite.modifiedAt))
    }
    if let opened = favourite.openedAt {
      let often = favourite.opened == 1 ? "once" : "\(favourite.opened) times"
      lines.append(told("opened \(often),", opened))
    }
    if let deleted = favourite.deletedAt { lines.append(told("removed", deleted)) }
    return lines
  }

  /// The lines of a note, wrapped at spaces to a width in columns.
  static func wrapped(_ text: String, to width: Int) -> String {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrapped(line: String($0), to: width) }.joined(separator: "\n")
  }

  private static func wrapped(line: String, to width: Int) -> String {
    guard TextWidth.of(line) > width else { return line }
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = current.isEmpty ? String(word) : "\(current) \(word)"
      if !current.isEmpty, TextWidth.of(longer) > width {
        lines.append(current)
        current = String(word)
      } else {
        current = longer
      }
    }
    lines.append(current)
    return lines.joined(separator: "\n")
  }
}
