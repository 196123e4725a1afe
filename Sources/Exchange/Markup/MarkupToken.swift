/// A token of HTML or XML.
enum MarkupToken: Equatable {
  case start(MarkupTag)
  case end(String)
  /// Text, with references resolved, and with LF as line ends.
  case text([UInt8])
  /// The beginning of a comment.
  case comment(String)
}

/// A start tag.
struct MarkupTag: Equatable {
  /// An attribute.
  struct Attribute: Equatable {
    let name: String
    let value: String
  }

  /// In lower case for HTML, as written for XML.
  let name: String
  /// In the order of the file; with an empty value if there is none.
  var attributes: [Attribute] = []
  /// Whether it ends with `/>`.
  var isEmpty = false

  /// The value of the first attribute with a name, which in HTML is in lower case.
  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}
