internal import Favourites

/// Words that all shells complete.
enum CompletionWords {
  /// The names of fields.
  static var fields: String {
    FavouriteField.allCases.map(\.rawValue).joined(separator: " ")
  }

  /// The names of commands.
  static var commands: String { Commands.all.map(\.name).joined(separator: " ") }
}
