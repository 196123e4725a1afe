/// Why a text is not a tag. Each case carries the text.
package enum TagNameError: Error, Hashable, Sendable {
  /// An empty text, or only white space.
  case empty
  /// A comma, which separates tags.
  case comma(String)
  /// A control character.
  case controlCharacter(String)
  /// More than `Limits.tagBytes`; the text is not included, since it may be huge.
  case tooLong(bytes: Int)

  /// The fault, in words.
  package var message: String {
    switch self {
    case .empty: "a tag needs a name"
    case .comma(let text): "tag '\(text)' has a comma"
    case .controlCharacter(let text): "tag '\(text)' has a control character"
    case .tooLong(let bytes): "a tag of \(bytes) bytes is too long: the limit is \(Limits.tagBytes)"
    }
  }
}
