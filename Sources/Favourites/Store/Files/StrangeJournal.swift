internal import SQLite

/// Why a journal is not played back: what lies in it may not be what a favs left there.
package enum StrangeJournal: Equatable, Sendable {
  /// It is no plain file, or has another name besides.
  case notPlain
  /// It, or the file, belongs to another user.
  case notOurs
  /// Others may write to it.
  case isOpen
  /// Others may write to the folder.
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
