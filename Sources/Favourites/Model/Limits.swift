/// Every limit of what is kept, each here and nowhere else. Texts are measured in bytes of UTF-8.
package enum Limits {
  /// A title, 1 byte at least.
  package static let titleBytes = 4_096
  /// A URL.
  package static let urlBytes = 65_536
  /// A note.
  package static let noteBytes = 1_048_576
  /// The full path of a category.
  package static let categoryBytes = 255
  /// A tag.
  package static let tagBytes = 255
  /// The name of a piece of metadata.
  package static let metadataKeyBytes = 128
  /// A metadata value of type text, or one choice of an enum.
  package static let metadataTextBytes = 16_384
  /// How many pieces of metadata one favourite has.
  package static let metadataPerFavourite = 256
  /// How many tags one favourite has.
  package static let tagsPerFavourite = 1_000
}
