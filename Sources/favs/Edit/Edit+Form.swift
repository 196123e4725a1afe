internal import Favourites
internal import Host

extension Edit {
  /// Lets the user edit a favourite as text, and makes the change. Until that is durable, the text
  /// is kept, and errors say where it is.
  func change(_ favourite: Favourite, in context: inout Context) throws(Failure) {
    let form = EditForm(favourite)
    let draft = try EditDraft.make(form.text, of: favourite.uid, beside: context.file.path)
    let path = draft.path
    let place = Escaping.forTerminal(path)
    let lastAct = LastAct(saying: "\nfavs: what your editor saved is in '\(place)'\n")
    defer { _ = lastAct }
    do throws(Failure) {
      let settings = context.settings
      try context.waiting { () throws(Failure) in
        try Editor.run(on: path, settings, terminal: terminal, failing: "nothing changed")
      }
      let patch = try Self.patch(from: draft.text(), form)
      try change(favourite, patch, in: &context)
      guard write.isRehearsal, !patch.isEmpty else { return }
    } catch {
      // If the change is durable, the text is not lost, even if reporting it failed.
      guard context.deed == nil, draft.isChanged else { throw error }
      draft.keep()
      let hint = "your text was saved in '\(path)'" + (error.hint.map { "; \($0)" } ?? "")
      throw Failure(error.code, error.message, hint: hint, systemError: error.systemError)
    }
    draft.keep()
    try context.output.note("your text was saved in '\(path)'")
  }

  private static func patch(from text: String, _ form: EditForm) throws(Failure) -> Patch {
    if EditForm.isEmptied(text) {
      throw Failure(.conflict, "empty text: nothing changed")
    }
    do {
      return try form.patch(from: text)
    } catch {
      throw Failure(.invalidInput, error.message)
    }
  }
}
