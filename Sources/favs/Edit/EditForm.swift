internal import Favourites

/// A favourite as plain text for an editor.
///
/// Editors obey certain lines near the ends of a file: Vim checks the first and last five, Kate
/// ten, and Emacs the first line and whatever follows the last form feed. So stored text is placed
/// between lines of favs' own, where no editor obeys it. The last of these lines also shows that
/// the form is complete.
///
/// Source: Vim's `:help modeline`, Emacs' `hack-local-variables` in `files.el`.
struct EditForm {
  /// The text for the editor.
  let text: String
  let favourite: Favourite
  /// The lines with one value each, by name, as written.
  let fields: [(field: FavouriteField, value: String)]
  /// The lines of metadata, as written.
  let assignments: [String]

  /// The line between the fields and the note.
  static let divider = "---"
  /// The line after the note.
  static let closing = "--- end of the note ---"
  /// Begins the last line of favs' own that could be mistaken for part of the note.
  static let formFeed: Unicode.Scalar = "\u{0C}"

  init(_ favourite: Favourite) {
    self.favourite = favourite
    fields = FavouriteField.formLines.map { field in
      field == .tags
        ? (field, favourite.tags.map(Escaping.forTerminal).joined(separator: ", "))
        : (field, Self.line(favourite.text(field)))
    }
    assignments = favourite.metadata.entries.map {
      "\($0.key):\($0.value.kind.rawValue)=\(Self.line($0.value.text))"
    }
    let lines =
      Self.beginning + fields.map { "\($0.field.rawValue): \($0.value)" }
      + assignments.map { "set: \($0)" }
      + [Self.divider, favourite.note ?? "", "\(Self.formFeed)\(Self.closing)"] + Self.end
    text = lines.joined(separator: "\n") + "\n"
  }

  /// A value on one line: as it is or, if it has line ends or hidden characters, with these
  /// escaped, and every backslash too.
  private static func line(_ text: String) -> String {
    isEscaped(text) ? Escaping.forTSV(text) : text
  }

  /// Whether a value is shown escaped; what is written in its place is then read so too.
  static func isEscaped(_ text: String) -> Bool { Escaping.forTerminal(text) != text }

  private static let beginning = [
    "# Edit this favourite, then save and close the editor.",
    "# Changing nothing, or deleting everything, leaves it as it is.",
    "#",
    "# To clear a field, empty its value or delete its line. The title is required;",
    "# without a category, the favourite moves to the inbox.",
    "# Metadata: 'set: KEY:TYPE=VALUE', one per line; the type is optional.",
    "# The note is everything between '\(divider)' and '\(closing)'.",
    "# Other lines that start with '#' are ignored.",
    "#",
    "#",
  ]

  private static let end =
    [
      "# Text below the note is not allowed. Keep the last line: it shows favs that",
      "# the text is complete.",
    ] + [String](repeating: "#", count: 8)
}
