/// Why a piece of metadata, or a field of a schema, is invalid.
package enum MetadataError: Error, Hashable, Sendable {
  /// No `=` in what should be `KEY[:TYPE]=VALUE`.
  case noValue(String)
  /// An empty key.
  case emptyKey
  /// A key with white space, a control character or one of `: = < > ! ~`.
  case badKey(String)
  /// A key longer than `Limits.metadataKeyBytes`.
  case longKey(bytes: Int)
  /// A type that does not exist.
  case unknownKind(String)
  /// A value that is not of the type.
  case mismatch(key: String, text: String, kind: MetadataKind)
  /// A value that is not one of the choices.
  case notAChoice(key: String, text: String, choices: [String])
  /// A text value or a choice longer than `Limits.metadataTextBytes`.
  case longValue(key: String, bytes: Int)
  /// A NUL in a value.
  case holdsNUL(key: String)
  /// More than `Limits.metadataPerFavourite` entries.
  case tooMany
  /// Choices that are missing, duplicate, empty, or not in `enum(a,b)`.
  case badChoices(String)
  /// JSON that is neither a text nor a number, nor one of these with its type.
  case malformed(key: String)
  /// JSON that does not name the types of metadata.
  case malformedTypes
  /// A schema that cannot be read.
  case malformedSchema

  /// The fault, in words.
  package var message: String {
    switch self {
    case .noValue(let text): "'\(text)' is not KEY=VALUE or KEY:TYPE=VALUE"
    case .emptyKey: "metadata needs a key"
    case .badKey(let key):
      "'\(key)' is not a metadata key: it has a space, a control character or one of : = < > ! ~"
    case .longKey(let bytes):
      "a metadata key of \(bytes) bytes is too long: the limit is \(Limits.metadataKeyBytes)"
    case .unknownKind(let name): "'\(name)' is not a type: use \(MetadataKind.names)"
    case .mismatch(let key, let text, let kind): "\(key): '\(text)' is not \(Self.phrase(kind))"
    case .notAChoice(let key, let text, let choices):
      "\(key): '\(text)' is not one of \(choices.joined(separator: ", "))"
    case .longValue(let key, let bytes):
      "\(key): a value of \(bytes) bytes is too long: the limit is \(Limits.metadataTextBytes)"
    case .holdsNUL(let key): "\(key): a value cannot contain NUL"
    case .tooMany:
      "more than \(Limits.metadataPerFavourite) metadata keys for one favourite"
    case .badChoices(let text): "'\(text)' does not list its choices as enum(one,two)"
    case .malformed(let key): "metadata '\(key)' is neither text nor a number"
    case .malformedTypes: "metadata_types is not {\"KEY\":\"TYPE\"}"
    case .malformedSchema: "the schema is not [{\"key\":…,\"type\":…}]"
    }
  }

  private static func phrase(_ kind: MetadataKind) -> String {
    switch kind {
    case .text: "a text"
    case .number: "a number such as 3.10, with up to 15 digits"
    case .date: "a date such as 2024-01-31"
    case .choice: "a choice"
    }
  }
}
