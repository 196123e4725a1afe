internal import SQLite

/// Why a journal is not played back: its contents may not come from favs.
package enum StrangeJournal: Equatable, Sendable {
  /// It is not a regular file, or has a second name.
  case notPlain
  /// It, or the file, belongs to another user.
  case notOurs
  /// Other users may write to it.
  case isOpen
  /// Other users may write to the folder.
  case folderIsOpen
  /// It names another file, which SQLite would remove.
  case namesAnother
  /// It is not the journal of this file.
  case isOfAnother

  init(_ refusal: JournalRefusal) {
    self =
      switch refusal {
      case .notPlain: .notPlain
      case .notOurs: .notOurs
      case .isOpen: .isOpen
      case .folderIsOpen: .folderIsOpen
      case .namesAnother: .namesAnother
      case .isOfAnother: .isOfAnother
      }
  }
}
