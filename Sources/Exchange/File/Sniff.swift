internal import Favourites

/// The beginning of a file, looked at to tell what it is.
package struct Sniff: Sendable {
  /// The first bytes, `ForeignFile.prefixSize` at most.
  let bytes: [UInt8]
  /// The beginning as text without byte order mark and white space in front, in lower case of ASCII.
  let text: [UInt8]
  /// What the file's name ends with, without the point, in lower case; empty for none.
  let ending: String
  /// What JSON at the beginning tells; nil where there is none.
  let json: JSONSketch?
  /// The header of a table, were the file one.
  let tableHeader: TableHeader?

  package init(_ bytes: [UInt8], path: String?) {
    self.bytes = bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start] == 0x20 || (0x09...0x0D).contains(bytes[start]) {
      start += 1
    }
    text = bytes[start...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let name = path?.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    if let point = name.lastIndex(of: UInt8(ascii: ".")) {
      ending = String(decoding: name[(point + 1)...], as: UTF8.self).lowercased()
    } else {
      ending = ""
    }
    json = JSONSketch(Array(bytes[start...]))
    let mayBeTable = json == nil && text.first != UInt8(ascii: "<")
    tableHeader = mayBeTable ? TableHeader(bytes) : nil
  }

  /// Whether it is what `export --full` writes.
  package var isArchive: Bool { json?.isArray == false && json?.has("favs_export") == true }

  /// Whether the text begins with a word, given in lower case.
  func begins(with word: StaticString) -> Bool {
    unsafe text.starts(
      with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// Whether a word, given in lower case, stands in the beginning of the text.
  func contains(_ word: String) -> Bool {
    let wanted = Array(word.utf8)
    guard let first = wanted.first, text.count >= wanted.count else { return wanted.isEmpty }
    var index = 0
    while index <= text.count - wanted.count {
      if text[index] == first, text[index...].starts(with: wanted) { return true }
      index += 1
    }
    return false
  }

  /// The columns that the first line names, in lower case and trimmed, were the file a table.
  func columns(separatedBy separator: UInt8) -> [String] {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.split(separator: separator, omittingEmptySubsequences: false).map {
      var name = String(decoding: $0, as: UTF8.self).trimmed
      if name.utf8.count >= 2, name.utf8.first == 0x22, name.utf8.last == 0x22 {
        name = String(name.dropFirst().dropLast())
      }
      return name
    }
  }
}

/// What the beginning of a file in JSON tells of the rest.
package struct JSONSketch: Sendable {
  /// Whether the outermost value is an array.
  let isArray: Bool
  /// The keys of the outermost object, or of the first object in the outermost array, as far as they were seen.
  let keys: Set<String>
  /// The keys of all objects beside and behind that one, as far as they were seen.
  let allKeys: Set<String>
  /// Whether, as far as it was seen, what stands under the names of a favourite's fields is what favs writes there.
  let isOfOwnForm: Bool
  /// Whether the outermost array begins with a text.
  let beginsWithText: Bool

  init?(_ bytes: [UInt8]) {
    guard let first = bytes.first, first == 0x7B || first == 0x5B else { return nil }
    isArray = first == 0x5B
    var (keys, allKeys): (Set<String>, Set<String>) = ([], [])
    var reader = JSONReader(bytes)
    var isFirst = true
    var (isOfOwnForm, beginsWithText) = (true, false)
    do throws(JSONError) {
      if isArray { try reader.beginArray() }
      while isArray ? try reader.nextElement() : isFirst || reader.skipSeparator() {
        let kind = try reader.peekKind()
        let isObject = kind == .object
        if isFirst, kind == .string { beginsWithText = true }
        guard isFirst && !beginsWithText || isObject else {
          isFirst = false
          try reader.skipValue()
          continue
        }
        try reader.beginObject()
        while let key = try reader.nextKey() {
          if isFirst { keys.insert(key) }
          allKeys.insert(key)
          if try !Self.skip(ownValueOf: key, &reader) { isOfOwnForm = false }
        }
        isFirst = false
      }
    } catch {
      // The prefix ends somewhere; what was seen until then is what there is to go by.
    }
    self.keys = keys
    self.allKeys = allKeys
    self.isOfOwnForm = isOfOwnForm
    self.beginsWithText = beginsWithText
  }

  /// Steps over a value; whether favs might have written it under a key.
  private static func skip(
    ownValueOf key: String, _ reader: inout JSONReader
  ) throws(JSONError) -> Bool {
    let kind = try reader.peekKind()
    guard kind == .string else {
      try reader.skipValue()
      return switch FavouriteField(rawValue: key) {
      case .tags?: kind == .array
      case .title?, .url?, .note?, .category?: kind == .null
      case let field? where field.isTime && field != .deletedAt: kind == .null
      default: true
      }
    }
    let text = try reader.readString()
    return switch FavouriteField(rawValue: key) {
    case .tags?: false
    case .title?: text.utf8.count <= Limits.titleBytes
    case .note?: text.utf8.count <= Limits.noteBytes
    case let field? where field.isTime && field != .deletedAt: Timestamp(rfc3339: text) != nil
    default: true
    }
  }

  /// Whether all of some keys were seen.
  func has(_ names: String...) -> Bool { names.allSatisfy(keys.contains) }
}
