internal import SQLite

/// Short JSON texts from columns.
package enum JSONText {
  /// The strings of an array; elements that are not strings are left out, and anything but an array
  /// gives none.
  static func strings(_ json: String) -> [String] {
    if json == "[]" { return [] }
    let bytes = Array(json.utf8)
    if let parts = plainStrings(bytes[...]) {
      return parts.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    guard case .array(let values)? = try? JSONValue.parse(bytes) else { return [] }
    return values.compactMap(\.text)
  }

  /// Counts each of the strings of an array: the same as those of `strings`.
  static func count(_ json: ArraySlice<UInt8>, times: Int64, in counts: inout ByteCounts) {
    // Bytes that are not UTF-8 would become U+FFFD in a string.
    if json.allSatisfy({ $0 < 0x80 }), let parts = plainStrings(json) {
      for part in parts { counts.add(json[part], times: times) }
      return
    }
    for string in strings(String(decoding: json, as: UTF8.self)) {
      counts.add(Array(string.utf8)[...], times: times)
    }
  }

  /// Where the strings are in an array without other elements, blanks and escapes, as written here;
  /// nil for any other.
  ///
  /// This is read for each favourite that is shown or counted, and takes a fraction of the time.
  private static func plainStrings(_ json: ArraySlice<UInt8>) -> [Range<Int>]? {
    let quote = UInt8(ascii: "\"")
    let end = json.endIndex
    var index = json.startIndex
    guard json.count >= 4, json[index] == UInt8(ascii: "["), json[index + 1] == quote
    else { return nil }
    index += 2
    var strings: [Range<Int>] = []
    var start = index
    while index < end {
      let byte = json[index]
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
      index += 1
      guard byte == quote else { continue }
      strings.append(start..<(index - 1))
      guard index < end else { return nil }
      if json[index] == UInt8(ascii: "]") { return index + 1 == end ? strings : nil }
      guard index + 1 < end, json[index] == UInt8(ascii: ","), json[index + 1] == quote
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
  case (let first?, let second?): haveSameBytes(first, second)
  default: false
  }
}

/// The comparison of UTF-8 views goes by way of two iterators, which takes ten times as long.
private func haveSameBytes(_ first: String, _ second: String) -> Bool {
  let (one, other) = (first.utf8Span.span, second.utf8Span.span)
  guard one.count == other.count else { return false }
  for place in one.indices where one[place] != other[place] { return false }
  return true
}
