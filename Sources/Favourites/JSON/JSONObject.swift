/// The members of a JSON object, in the order of the text.
package struct JSONObject: Hashable, Sendable {
  /// A key and its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Whether it has a key, compared byte by byte: as Strings, `é` and `e` with a combining accent
    /// are equal.
    func has(_ other: String) -> Bool { key == other && key.utf8.elementsEqual(other.utf8) }
  }

  /// The members; without duplicate keys if parsed.
  package var members: [Member]

  package init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of a key, compared byte by byte; a linear search.
  package subscript(key: String) -> JSONValue? {
    members.last { $0.has(key) }?.value
  }
}
