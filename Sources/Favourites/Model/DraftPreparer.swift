/// Does with one draft after another what can be done before the file is there.
package struct DraftPreparer {
  /// The words that were met, by their hashes.
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
