/// A durable result of a command, which must be reported even if the rest of the command fails.
enum Deed: Equatable, Sendable {
  /// A change, by its number.
  case change(Int64, WayBack)
  /// A file that was written.
  case file(String)
  /// The results of link checks.
  case sights

  /// The hint to print if the command failed after this.
  var hint: String {
    switch self {
    case .change(let number, let back):
      "change \(number) was saved anyway; \(back.rawValue)"
    case .file(let path): "'\(path)' was written anyway"
    case .sights: "the state of the links was saved anyway"
    }
  }
}

/// How a change can be reverted.
enum WayBack: String, Sendable {
  case undo = "favs undo reverts it"
  case redo = "favs redo reverts it"
  case never = "it cannot be undone"
}
