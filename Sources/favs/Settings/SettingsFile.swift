internal import Favourites
internal import Host

/// The settings file: one `key = value` per line, with `#` for comments. Keeps everything as
/// written except what is set.
struct SettingsFile: Equatable, Sendable {
  private var lines: [Line] = []

  /// The largest size, in bytes.
  static let longest = 1 << 16

  /// A key and its value on one line.
  struct Entry: Equatable, Sendable {
    let name: String
    let value: String
    /// The line number, from 1.
    let line: Int
  }

  /// An invalid line.
  struct Mistake: Equatable, Sendable {
    /// The line number, from 1.
    let line: Int
    let message: String
    let hint: String?
  }

  /// One line, without its end.
  private struct Line: Equatable, Sendable {
    let bytes: [UInt8]
    /// The key and the position of the value; nil for a comment, an empty line, and an invalid one.
    let parts: (name: Range<Int>, value: Range<Int>)?

    static func == (first: Line, second: Line) -> Bool { first.bytes == second.bytes }
  }

  /// Creates an empty file.
  init() {}

  /// Parses bytes. Never fails: `mistakes` lists invalid lines.
  init(_ bytes: [UInt8]) {
    // Some editors begin a file with U+FEFF.
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var rest = bytes[start...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      lines.append(Self.line(Array(rest[rest.startIndex..<end])))
      rest = rest[min(end + 1, rest.endIndex)...]
    }
  }

  /// Whether it sets no key.
  var isEmpty: Bool { lines.isEmpty }

  /// The text of the file, in UTF-8.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for line in lines { bytes += line.bytes + [0x0A] }
    return bytes
  }

  /// The entry for a key: the last one if there are several.
  func entry(of name: String) -> Entry? {
    for index in lines.indices.reversed() {
      if let entry = entry(at: index), entry.name.utf8.elementsEqual(name.utf8) { return entry }
    }
    return nil
  }

  /// All invalid lines, in order.
  var mistakes: [Mistake] {
    lines.indices.compactMap { index in
      mistake(in: lines[index]).map { error in
        Mistake(line: index + 1, message: error.message, hint: error.hint)
      }
    }
  }

  /// Sets a key on its last line, or on a new one; other lines with that key are removed.
  mutating func set(_ name: String, to value: String) {
    let places = places(of: name)
    guard let last = places.last, let parts = lines[last].parts else {
      return lines.append(Self.line(Array("\(name) = \(value)".utf8)))
    }
    let old = lines[last].bytes
    let space: [UInt8] = parts.value.isEmpty ? [0x20] : []
    lines[last] = Self.line(
      Array(old[..<parts.value.lowerBound]) + space + Array(value.utf8)
        + Array(old[parts.value.upperBound...]))
    for place in places.dropLast().reversed() { lines.remove(at: place) }
  }

  /// Removes all lines with a key; false if there are none.
  mutating func unset(_ name: String) -> Bool {
    let places = places(of: name)
    for place in places.reversed() { lines.remove(at: place) }
    return !places.isEmpty
  }

  /// Whether a value can be written as it is: on one line, with nothing that would begin a comment.
  static func canHold(_ value: String) -> Bool {
    let line = line(Array("k = \(value)".utf8))
    guard let parts = line.parts, !value.utf8.contains(0x0A) else { return false }
    return line.bytes[parts.value].elementsEqual(value.utf8) && !value.isEmpty
  }

  // MARK: Lines

  private func places(of name: String) -> [Int] {
    lines.indices.filter { entry(at: $0)?.name.utf8.elementsEqual(name.utf8) ?? false }
  }

  private func entry(at index: Int) -> Entry? {
    let line = lines[index]
    guard let parts = line.parts else { return nil }
    return Entry(
      name: String(decoding: line.bytes[parts.name], as: UTF8.self),
      value: String(decoding: line.bytes[parts.value], as: UTF8.self), line: index + 1)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private static func line(_ bytes: [UInt8]) -> Line {
    func trimmed(_ range: Range<Int>) -> Range<Int> {
      let start = bytes[range].firstIndex { !isBlank($0) } ?? range.upperBound
      let end = bytes[range].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
      return start..<end
    }
    let whole = trimmed(bytes.indices)
    guard let first = bytes[whole].first, first != UInt8(ascii: "#"),
      let sign = bytes[whole].firstIndex(of: UInt8(ascii: "="))
    else { return Line(bytes: bytes, parts: nil) }
    var end = sign + 1
    // A comment begins after a space: `c#` is a value.
    while end < whole.upperBound,
      bytes[end] != UInt8(ascii: "#") || !(isBlank(bytes[end - 1]) || end == sign + 1)
    {
      end += 1
    }
    return Line(
      bytes: bytes, parts: (trimmed(whole.lowerBound..<sign), trimmed((sign + 1)..<end)))
  }

  private func mistake(in line: Line) -> ValueError? {
    if let offset = UTF8Check.firstInvalidOffset(in: line.bytes) {
      return ValueError("not valid UTF-8 at byte \(offset)")
    }
    guard let parts = line.parts else {
      let first = line.bytes.first { !Self.isBlank($0) }
      guard let first, first != UInt8(ascii: "#") else { return nil }
      return ValueError("not 'key = value'", hint: "a remark begins with #")
    }
    let name = String(decoding: line.bytes[parts.name], as: UTF8.self)
    let value = String(decoding: line.bytes[parts.value], as: UTF8.self)
    guard let setting = Setting.named(name) else { return Setting.unknown(name) }
    do {
      try setting.accept(value)
      return nil
    } catch {
      return ValueError("\(name): \(error.message)", hint: error.hint)
    }
  }
}

extension Setting {
  /// Throws if the key does not accept a value in the file.
  func accept(_ value: String) throws(ValueError) {
    guard !value.isEmpty else {
      throw ValueError("no value", hint: "favs config --unset \(name) gives it its default")
    }
    try check(value)
  }
}
