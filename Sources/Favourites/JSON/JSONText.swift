/// Short JSON texts from columns.
package enum JSONText {
  /// The strings of an array; elements that are not strings are left out, and anything but an array
  /// gives none.
  static func strings(_ json: String) -> [String] {
    if json == "[]" { return [] }
    let bytes = Array(json.utf8)
    if let strings = plainStrings(bytes) { return strings }
    guard case .array(let values)? = try? JSONValue.parse(bytes) else { return [] }
    return values.compactMap(\.text)
  }

  /// The strings of an array without other elements, blanks and escapes, as written here; nil for
  /// any other.
  ///
  /// This is read for each favourite that is shown or counted, and takes a fraction of the time.
  private static func plainStrings(_ json: [UInt8]) -> [String]? {
    let quote = UInt8(ascii: "\"")
    guard json.count >= 4, json[0] == UInt8(ascii: "["), json[1] == quote else { return nil }
    var strings: [String] = []
    var (start, index) = (2, 2)
    while index < json.count {
      let byte = json[index]
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
      index += 1
      guard byte == quote else { continue }
      strings.append(String(decoding: json[start..<(index - 1)], as: UTF8.self))
      guard index < json.count else { return nil }
      if json[index] == UInt8(ascii: "]") { return index + 1 == json.count ? strings : nil }
      guard index + 1 < json.count, json[index] == UInt8(ascii: ","), json[index + 1] == quote
      else { return nil }
      (start, index) = (index + 2, index + 2)
    }
    return nil
  }

  /// An array of strings, as a column holds it; nil for none.
  package static func array(_ strings: [String]) -> String? {
    guard !strings.isEmpty else { return nil }
    var json = JSONWriter()
    json.beginArray()
    for string in strings { json.string(string) }
    json.endArray()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

/// Equality byte by byte: `==` on strings considers two spellings of one accent equal.
func areSame(_ first: String?, _ second: String?) -> Bool {
  switch (first, second) {
  case (nil, nil): true
  case (let first?, let second?):
    first.utf8.count == second.utf8.count && first.utf8.elementsEqual(second.utf8)
  default: false
  }
}
