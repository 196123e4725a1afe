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

    /// Whether it has a name, but for the case of ASCII letters.
    fileprivate func isCalled(_ other: String) -> Bool {
      name.utf8.count == other.utf8.count
        && zip(name.utf8, other.utf8).allSatisfy { one, other in
          one == other || one ^ other == 0x20 && (0x61...0x7A).contains(one | 0x20)
        }
    }
  }

  /// In lower case for HTML, as written for XML.
  let name: String
  /// In the order of the file; with an empty value if there is none.
  var attributes: [Attribute] = []
  /// Whether it ends with `/>`.
  var isEmpty = false

  /// The value of the first attribute with a name, which in HTML is in lower case. In XML one that
  /// differs only in case is used if there is no other: programs write `xmlurl`.
  subscript(name: String) -> String? {
    (attributes.first { $0.name == name } ?? attributes.first { $0.isCalled(name) })?.value
  }
}
