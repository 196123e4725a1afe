/// Why a text is not a tag. Each case carries the text.
package enum TagNameError: Error, Hashable, Sendable {
  /// Nothing, or nothing but white space.
  case empty
  /// A comma, which stands between tags.
  case comma(String)
  /// A control character.
  case controlCharacter(String)
  /// More than `Limits.tagBytes`; the text is not carried, it may be huge.
  case tooLong(bytes: Int)

  /// What is wrong, in words.
  package var message: String {
    switch self {
    case .empty: "a tag needs a name"
    case .comma(let text): "tag '\(text)' has a comma"
    case .controlCharacter(let text): "tag '\(text)' has a control character"
    case .tooLong(let bytes): "a tag of \(bytes) bytes is too long: the limit is \(Limits.tagBytes)"
    }
  }
}
