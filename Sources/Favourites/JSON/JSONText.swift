internal import SQLite

/// Short JSON texts from columns.
package enum JSONText {
  /// The strings of an array; elements that are not strings are left out, and anything but an array
  /// gives none.
  static func strings(_ json: String) -> [String] {
    if json == "[]" { return [] }
    let bytes = Array(json.utf8)
    var parts: [Range<Int>] = []
    parts.reserveCapacity(8)
    if findPlainStrings(bytes[...], &parts) != nil {
      return parts.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    guard case .array(let values)? = try? JSONValue.parse(bytes) else { return [] }
    return values.compactMap(\.text)
  }

  /// How often each string is in arrays that were counted: the same strings as those of `strings`.
  static func counts(in arrays: ByteCounts) -> ByteCounts {
    var counts = ByteCounts()
    var parts: [Range<Int>] = []
    arrays.forEach { json, times in
      // Bytes that are not UTF-8 would become U+FFFD in a string.
      if findPlainStrings(json, &parts) == .ascii {
        for part in parts { counts.add(json[part], times: times) }
      } else {
        for string in strings(String(decoding: json, as: UTF8.self)) {
          counts.add(Array(string.utf8)[...], times: times)
        }
      }
    }
    return counts
  }

  /// What an array of strings is made of.
  private enum Letters { case ascii, any }

  /// Finds where the strings are in an array without other elements, blanks and escapes, as written
  /// here.
  ///
  /// This is done for each favourite that is shown or counted, and takes a fraction of the time.
  /// - Returns: nil if it is not one.
  private static func findPlainStrings(
    _ json: ArraySlice<UInt8>, _ strings: inout [Range<Int>]
  ) -> Letters? {
    let quote = UInt8(ascii: "\"")
    let (bytes, first) = (json.span, json.startIndex)
    guard bytes.count >= 4, bytes[0] == UInt8(ascii: "["), bytes[1] == quote else { return nil }
    strings.removeAll(keepingCapacity: true)
    var all: UInt8 = 0
    var (start, index) = (2, 2)
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
      all |= byte
      index += 1
      guard byte == quote else { continue }
      strings.append(first + start..<first + index - 1)
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: "]") {
        return index + 1 < bytes.count ? nil : all < 0x80 ? .ascii : .any
      }
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: ","), bytes[index + 1] == quote
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
