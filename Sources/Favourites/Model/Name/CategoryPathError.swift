/// Why a text is not a category path. Each case carries the text.
package enum CategoryPathError: Error, Hashable, Sendable {
  /// An empty text.
  case empty
  /// Nothing before, after or between two slashes.
  case emptyComponent(String)
  /// White space around a component.
  case padded(String)
  /// A control character.
  case controlCharacter(String)
  /// A `#`, which is used in references such as `books#1`.
  case numberSign(String)
  /// An `@` and digits at the end of a name, as in `books@1`.
  case rank(String)
  /// More than `Limits.categoryBytes`; the text is not included, since it may be huge.
  case tooLong(bytes: Int)

  /// The fault, in words.
  package var message: String {
    switch self {
    case .empty: "a category needs a name"
    case .emptyComponent(let text): "category '\(text)' has a '/' without a name next to it"
    case .padded(let text): "category '\(text)' has a space at the start or end of a name"
    case .controlCharacter(let text): "category '\(text)' has a control character"
    case .numberSign(let text): "category '\(text)' has a '#', which marks a rank"
    case .rank(let text): "category '\(text)' ends in '@' and a number, which names a rank"
    case .tooLong(let bytes):
      "a category of \(bytes) bytes is too long: the limit is \(Limits.categoryBytes)"
    }
  }
}
