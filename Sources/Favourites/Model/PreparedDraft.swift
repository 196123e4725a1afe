/// A draft, and what can be made of it before the file is there.
package struct PreparedDraft: Sendable {
  package let draft: Draft
  /// Its texts as they are kept; nil where that was not looked at yet, or they cannot be kept.
  private(set) var texts: Texts?

  /// Texts as a row holds them, and what is derived from them.
  struct Texts: Sendable {
    let title: String
    let url: String?
    let note: String?
    var derived: DerivedTexts
  }

  /// Leaves all work to whoever keeps it.
  package init(_ draft: Draft) {
    self.draft = draft
  }

  init(_ draft: Draft, _ texts: Texts) {
    self.draft = draft
    self.texts = texts
  }

  /// The same without the words that are new in it: another draft may have them that was not kept.
  func withoutWords() -> PreparedDraft {
    var draft = self
    draft.texts?.derived.words = nil
    return draft
  }
}

extension PreparedDraft.Texts {
  /// - Parameter url: the draft's, as it is kept.
  /// - Throws: what is wrong with the first of the others that cannot be kept.
  init(_ draft: Draft, url: String?) throws(InvalidValue) {
    title = try draft.resolvedTitle()
    note = try Draft.checkedNote(draft.note)
    self.url = url
    derived = DerivedTexts(title: title, url: url, note: note)
  }
}
