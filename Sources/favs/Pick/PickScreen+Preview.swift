internal import Favourites

// The preview: a short description of the selected favourite.

extension PickScreen {
  /// The lines of the preview, at most `height`.
  func preview(width: Int, height: Int) -> [String] {
    guard let about = state.description, about.favourite.id == state.chosen?.id, width > 8 else {
      return []
    }
    let favourite = about.favourite
    var lines = wrapped(favourite.title, width, most: 3).map(palette.bold)
    if let url = favourite.url {
      lines += wrapped(shownLink(url), width, most: 2)
    }
    lines.append("")
    lines.append(palette.category(cut("\(favourite.category)@\(favourite.rank)", width)))
    let tags = favourite.tags.map { "#" + $0 }.joined(separator: " ")
    if !tags.isEmpty { lines += wrapped(tags, width, most: 2).map(palette.tag) }
    for entry in favourite.metadata.entries {
      lines.append(cut("\(entry.key): \(entry.value.text)", width))
    }
    lines.append(palette.dim(cut("added " + Age.text(from: favourite.createdAt, to: now), width)))
    lines.append(palette.dim(cut(openings(favourite), width)))
    if let sight = about.sight {
      let age = Age.text(from: sight.checkedAt, to: now)
      let text = cut("link \(sight.state.rawValue), checked \(age)", width)
      lines.append(
        [.broken, .suspect, .failing].contains(sight.state)
          ? palette.error(text) : palette.dim(text))
    }
    for change in about.changes {
      let age = Age.text(from: change.at, to: now)
      lines.append(palette.dim(cut("@\(change.number) \(change.command), \(age)", width)))
    }
    if let note = favourite.note {
      lines.append("")
      lines += wrapped(note, width, most: max(0, height - lines.count))
    }
    return Array(lines.prefix(height))
  }

  private func cut(_ text: String, _ width: Int) -> String {
    palette.cut(palette.text(text), to: width)
  }

  private func openings(_ favourite: Favourite) -> String {
    guard let last = favourite.openedAt else { return "never opened" }
    let times = favourite.opened == 1 ? "once" : "\(favourite.opened) times"
    return "opened \(times), \(Age.text(from: last, to: now))"
  }

  /// A link for reading: a web page's without its scheme.
  private func shownLink(_ url: String) -> String {
    for scheme in ["https://", "http://"] where url.hasPrefix(scheme) {
      return String(decoding: url.utf8.dropFirst(scheme.utf8.count), as: UTF8.self)
    }
    return url
  }

  /// A text wrapped to a width, between words where possible; the last line is cut if more follows.
  func wrapped(_ text: String, _ width: Int, most: Int) -> [String] {
    guard most > 0, width > 0 else { return [] }
    var lines: [String] = []
    // Ignores what cannot be shown anyway: a note may have a megabyte.
    let enough = String(text.unicodeScalars.prefix(most * width * 2))
    for paragraph in enough.unicodeScalars.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" })
    {
      lines += wrapped(paragraph: palette.text(String(paragraph).trimmed), width)
      if lines.count > most { break }
    }
    guard lines.count > most else { return lines }
    lines = Array(lines.prefix(most))
    lines[most - 1] = palette.cut(lines[most - 1], to: width - 1)
    if !lines[most - 1].hasSuffix(palette.ellipsis) { lines[most - 1] += palette.ellipsis }
    return lines
  }

  private func wrapped(paragraph: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
      let columns = TextWidth.of(String(word))
      if used > 0, used + 1 + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if used > 0 {
        line += " "
        used += 1
      }
      for character in word {
        let columns = TextWidth.of(character)
        if used + columns > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(character)
        used += columns
      }
    }
    lines.append(line)
    return lines
  }
}
