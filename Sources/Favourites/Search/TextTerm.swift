/// A piece of text to look for, as it was typed but without the quotes around it.
///
/// It may hold no letter at all (`---`), or several words without white space (`don't`, `sci-fi`):
/// what a word is in there is for the index to say.
package struct TextTerm: Hashable, Sendable {
  /// What to look for, never empty, no white space at its ends.
  package let text: String
  /// How the text has to occur.
  package let kind: Kind
  /// Where it has to occur; nil for anywhere.
  package let field: Field?

  /// How a text has to occur.
  package enum Kind: Sendable {
    /// As it is; there is no white space in it.
    case word
    /// As it is, several words one after the other.
    case phrase
    /// As the beginning of a word, or as a phrase whose last word is but begun.
    case prefix
  }

  /// A text that can be searched by itself; the raw value is its name in a query.
  package enum Field: String, CaseIterable, Sendable {
    case title, url, note, tags
  }

  /// A text without white space at its ends; with some between, it is a phrase.
  package init(_ text: String, isPrefix: Bool = false, in field: Field? = nil) {
    self.text = text
    self.field = field
    kind =
      if isPrefix {
        .prefix
      } else if text.unicodeScalars.contains(where: { $0.isWhitespace }) {
        .phrase
      } else {
        .word
      }
  }

  /// The same text, limited to a field unless it has one already.
  func limited(to field: Field?) -> TextTerm {
    TextTerm(text, isPrefix: kind == .prefix, in: self.field ?? field)
  }
}
