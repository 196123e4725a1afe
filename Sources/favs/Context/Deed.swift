/// What a command did for good, whatever became of the rest of it: nobody may take it for not done.
enum Deed: Equatable, Sendable {
  /// A change of the favourites, by its number.
  case change(Int64, WayBack)
  /// A file of its own.
  case file(String)
  /// What was seen of links.
  case sights

  /// The hint where the command failed all the same.
  var hint: String {
    switch self {
    case .change(let number, let back):
      "change \(number) was saved anyway; \(back.rawValue)"
    case .file(let path): "'\(path)' was written anyway"
    case .sights: "the state of the links was saved anyway"
    }
  }
}

/// What takes a change back.
enum WayBack: String, Sendable {
  case undo = "favs undo reverts it"
  case redo = "favs redo reverts it"
  case never = "it cannot be undone"
}
