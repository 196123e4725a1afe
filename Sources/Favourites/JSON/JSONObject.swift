/// The members of a JSON object, in the order of the text.
package struct JSONObject: Hashable, Sendable {
  /// One key and its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Whether it has a key, compared byte by byte: a String finds `é` and `e` with an accent of its own equal.
    func has(_ other: String) -> Bool { key == other && key.utf8.elementsEqual(other.utf8) }
  }

  /// The members; no key is there twice in one that was parsed.
  package var members: [Member]

  package init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of a key, compared byte by byte; it looks at all of them.
  package subscript(key: String) -> JSONValue? {
    members.last { $0.has(key) }?.value
  }
}
