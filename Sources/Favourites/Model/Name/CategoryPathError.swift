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
  package var message: String { "\(subject) \(reason)" }

  /// What is wrong, as in "category 'a#b'".
  var subject: String {
    switch self {
    case .empty: "a category"
    case .emptyComponent(let text), .padded(let text), .controlCharacter(let text),
      .numberSign(let text), .rank(let text):
      "category '\(text)'"
    case .tooLong(let bytes): "a category of \(bytes) bytes"
    }
  }

  /// How it is wrong, as in "has a '#', which marks a rank".
  var reason: String {
    switch self {
    case .empty: "needs a name"
    case .emptyComponent: "has a '/' without a name next to it"
    case .padded: "has a space at the start or end of a name"
    case .controlCharacter: "has a control character"
    case .numberSign: "has a '#', which marks a rank"
    case .rank: "ends in '@' and a number, which names a rank"
    case .tooLong: "is too long: the limit is \(Limits.categoryBytes)"
    }
  }
}
