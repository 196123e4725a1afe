/// Every limit on stored data, defined only here. Texts are measured in bytes of UTF-8.
package enum Limits {
  /// A title; at least 1 byte.
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
  /// The number of pieces of metadata in one favourite.
  package static let metadataPerFavourite = 256
  /// The number of tags on one favourite.
  package static let tagsPerFavourite = 1_000
}
