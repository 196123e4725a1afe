/// A draft, and what can be computed for it without the file.
package struct PreparedDraft: Sendable {
  /// The draft; it may still be given a rank.
  package var draft: Draft
  /// Its texts as they are stored; nil if they were not checked yet, or are invalid.
  private(set) var texts: Texts?

  /// Texts as a row stores them, and the data derived from them.
  struct Texts: Sendable {
    let title: String
    let url: String?
    let note: String?
    var derived: DerivedTexts
  }

  /// Leaves all preparation until it is added.
  package init(_ draft: Draft) {
    self.draft = draft
  }

  init(_ draft: Draft, _ texts: Texts) {
    self.draft = draft
    self.texts = texts
  }

  /// The draft without its list of new words: another draft that was not kept may have met them
  /// first.
  func withoutWords() -> PreparedDraft {
    var draft = self
    draft.texts?.derived.words = nil
    return draft
  }
}

extension PreparedDraft.Texts {
  /// - Parameter url: the draft's, as it is stored.
  /// - Throws: the first fault in one of the other texts.
  init(_ draft: Draft, url: String?) throws(InvalidValue) {
    title = try draft.resolvedTitle()
    note = try Draft.checkedNote(draft.note)
    self.url = url
    derived = DerivedTexts(title: title, url: url, note: note)
  }
}
