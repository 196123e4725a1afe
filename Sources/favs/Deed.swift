/// What a command did for good, whatever became of the rest of it: nobody may take it for not done.
enum Deed: Equatable, Sendable {
  /// A change of the favourites, by its number.
  case change(Int64, WayBack)
  /// A file of its own.
  case file(String)

  /// The hint where the command failed all the same.
  var hint: String {
    switch self {
    case .change(let number, let back):
      "change \(number) was made all the same; \(back.rawValue)"
    case .file(let path): "'\(path)' was made all the same"
    }
  }
}

/// What takes a change back.
enum WayBack: String, Sendable {
  case undo = "favs undo takes it back"
  case redo = "favs redo takes it back"
  case never = "that is for good"
}
