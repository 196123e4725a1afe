/// Prepares drafts, one after another, as far as possible without the file.
package struct DraftPreparer {
  /// Hashes of the words met so far.
  private var words = HashesMet()

  package init() {}

  /// The next draft, prepared.
  package mutating func prepared(_ draft: Draft) -> PreparedDraft {
    do throws(InvalidValue) {
      var texts = try PreparedDraft.Texts(draft, url: try Draft.checkedURL(draft.url))
      texts.derived.findWords(&words)
      return PreparedDraft(draft, texts)
    } catch {
      return PreparedDraft(draft)
    }
  }
}
