/// A piece of text to search for, as typed but without the quotes around it.
///
/// It may contain no letters at all (`---`), or several words without white space (`don't`,
/// `sci-fi`): the index decides what a word is.
package struct TextTerm: Hashable, Sendable {
  /// The text, never empty, without white space at its ends.
  package let text: String
  /// How the text has to occur.
  package let kind: Kind
  /// Where it has to occur; nil for anywhere.
  package let field: Field?

  /// How a text has to occur.
  package enum Kind: Sendable {
    /// Exactly; it contains no white space.
    case word
    /// Exactly, as several consecutive words.
    case phrase
    /// As the beginning of a word, or as a phrase whose last word is incomplete.
    case prefix
  }

  /// A text field that can be searched by itself; the raw value is its name in a query.
  package enum Field: String, CaseIterable, Sendable {
    case title, url, note, tags
  }

  /// Makes a term for a text without white space at its ends; with white space inside, it is a
  /// phrase.
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

  /// The term limited to a field, unless it has one already.
  func limited(to field: Field?) -> TextTerm {
    TextTerm(text, isPrefix: kind == .prefix, in: self.field ?? field)
  }
}
