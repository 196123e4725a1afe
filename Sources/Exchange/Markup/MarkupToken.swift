/// A piece of HTML or XML.
enum MarkupToken: Equatable {
  case start(MarkupTag)
  case end(String)
  /// Text with its references resolved and its lines ended by line feeds.
  case text([UInt8])
  /// How a comment begins.
  case comment(String)
}

/// The beginning of an element.
struct MarkupTag: Equatable {
  /// One attribute.
  struct Attribute: Equatable {
    let name: String
    let value: String
  }

  /// In lower case for HTML, as it is written for XML.
  let name: String
  /// In the order of the file; without a value, an empty one.
  var attributes: [Attribute] = []
  /// Whether it ends with `/>`.
  var isEmpty = false

  /// The value of the first attribute with a name; of HTML, in lower case.
  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}
