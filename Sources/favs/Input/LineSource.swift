internal import Favourites
internal import Host

/// Reads favourites from standard input: one title or URL per line, or JSON.
struct LineSource: ~Copyable {
  private let file: File
  private var json: DraftStream?
  private var bytes: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// The number of the last line returned, from 1.
  private(set) var number = 0

  /// The longest line, in bytes.
  private static let longestLine = 1 << 20

  /// Opens standard input; reads all of it if it is a pipe.
  init() throws(Failure) {
    do {
      file = try File.standardInput().settled()
    } catch {
      throw Failure(error, in: "standard input")
    }
  }

  /// Returns to the beginning.
  mutating func rewind() throws(Failure) {
    try Failure.of(file.rewind())
    json = nil
    bytes = []
    (position, number, isAtEnd) = (0, 0, false)
    try begin()
  }

  /// Reads as much as is needed to tell JSON from plain lines.
  mutating func begin() throws(Failure) {
    while !isAtEnd {
      if let first = bytes.first(where: { !Self.isSpace($0) }) {
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return }
        if first == UInt8(ascii: "["), !(try isArrayOfObjects()) { return }
        var stream = DraftStream()
        stream.append(bytes)
        bytes = []
        json = stream
        return
      }
      try fill()
    }
  }

  /// Whether input that begins with a bracket is an array of objects, or an empty one: a title may
  /// begin with one too.
  private mutating func isArrayOfObjects() throws(Failure) -> Bool {
    while true {
      let signs = bytes.filter { !Self.isSpace($0) }.dropFirst()
      if let sign = signs.first { return sign == UInt8(ascii: "{") || sign == UInt8(ascii: "]") }
      guard !isAtEnd else { return false }
      try fill()
    }
  }

  /// Whether reading can continue after an invalid item.
  private(set) var canGoOn = true

  /// Returns the next favourite; nil at the end.
  mutating func next() throws(Failure) -> BulkAddition.Line? {
    while json != nil {
      do {
        if let draft = try json?.next() {
          number = (json?.lineNumber ?? 1)
          return .draft(draft)
        }
      } catch {
        // The end of an invalid item is known only if it is at least valid JSON.
        canGoOn = json?.canGoOn ?? false
        throw Failure(error, in: "standard input")
      }
      guard !isAtEnd else { return nil }
      try fill()
      json?.append(bytes)
      bytes = []
      if isAtEnd { json?.finish() }
    }
    return try nextWord()
  }

  private mutating func nextWord() throws(Failure) -> BulkAddition.Line? {
    var searched = position
    while true {
      while searched < bytes.count, bytes[searched] != 0x0A { searched += 1 }
      if searched < bytes.count || isAtEnd {
        guard position < bytes.count else { return nil }
        number += 1
        var line = Array(bytes[position..<searched])
        if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        position = searched + 1
        if let offset = UTF8Check.firstInvalidOffset(in: line) {
          throw Failure(
            .invalidInput,
            "standard input: line \(number), column \(offset + 1): not valid UTF-8")
        }
        let word = String(decoding: line, as: UTF8.self).trimmed
        if !word.isEmpty { return .word(word) }
        searched = position
        continue
      }
      guard searched - position <= Self.longestLine else {
        canGoOn = false
        throw Failure(
          .invalidInput,
          "standard input: line \(number + 1) has more than \(Self.longestLine) bytes")
      }
      bytes.removeSubrange(..<position)
      searched -= position
      position = 0
      try fill()
    }
  }

  private mutating func fill() throws(Failure) {
    isAtEnd = try Failure.of(file.read(into: &bytes, upTo: 1 << 18) == 0)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: true
    default: false
    }
  }
}
