/// Short JSON texts that stand in a column.
package enum JSONText {
  /// The strings of an array; what is no string is left out, and what is no array is empty.
  static func strings(_ json: String) -> [String] {
    guard json != "[]", case .array(let values)? = try? JSONValue.parse(Array(json.utf8)) else {
      return []
    }
    return values.compactMap(\.text)
  }

  /// An array of strings; nil for none, as a column holds it.
  package static func array(_ strings: [String]) -> String? {
    guard !strings.isEmpty else { return nil }
    var json = JSONWriter()
    json.beginArray()
    for string in strings { json.string(string) }
    json.endArray()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

/// Equality byte by byte: `==` on strings takes two spellings of one accent for the same.
func areSame(_ first: String?, _ second: String?) -> Bool {
  switch (first, second) {
  case (nil, nil): true
  case (let first?, let second?):
    first.utf8.count == second.utf8.count && first.utf8.elementsEqual(second.utf8)
  default: false
  }
}
