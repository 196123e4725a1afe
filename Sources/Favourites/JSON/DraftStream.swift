/// Parses favourites from JSON that arrives in pieces: one object per line, or one array of
/// objects.
///
/// Pass in bytes with `append(_:)`, and take what is complete with `next()` until it returns nil;
/// after the last byte call `finish()` and take the rest. After an error about the meaning of one
/// favourite, the next can be taken.
package struct DraftStream: Sendable {
  /// The longest line, in bytes: far longer than any favourite, far shorter than memory.
  static let longestLine = 16 << 20
  /// The largest array, in bytes; lines have no such limit, as they need not be held in memory.
  static let largestArray = 256 << 20

  private var buffer: [UInt8] = []
  private var position = 0
  /// How far the buffer was searched for the end of a line.
  private var searched = 0
  private var line = 1
  /// Whether all bytes were passed in.
  package private(set) var isFinished = false
  private var form = Form.unknown
  private var array: JSONReader?

  private let keepsOthers: Bool
  /// The members with unknown keys of the last favourite returned.
  package private(set) var others = JSONObject()

  private enum Form {
    case unknown, lines, array
  }

  /// - Parameter keepsOthers: whether members with unknown keys are returned in `others` rather
  ///   than refused.
  package init(keepsOthers: Bool = false) { self.keepsOthers = keepsOthers }

  /// Appends the next bytes of the input.
  package mutating func append(_ bytes: [UInt8]) {
    if position > 1 << 16, form != .array {
      buffer.removeSubrange(..<position)
      searched -= position
      position = 0
    }
    buffer += bytes
  }

  /// Declares that there are no more bytes.
  package mutating func finish() { isFinished = true }

  /// The line of the last favourite returned, from 1.
  package private(set) var lineNumber = 1

  /// Whether the next favourite can be taken after a faulty one: only with one favourite per line.
  package var canGoOn: Bool { form == .lines && searched == position }

  /// The next favourite; nil if more bytes are needed, or at the end.
  package mutating func next() throws(JSONError) -> Draft? {
    if form == .unknown { try settleForm() }
    switch form {
    case .unknown: return nil
    case .lines: return try nextLine()
    case .array: return try nextElement()
    }
  }

  private mutating func settleForm() throws(JSONError) {
    // A byte order mark counts as white space here.
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    guard let first = buffer.first(where: { !space.contains($0) }) else { return }
    switch first {
    case UInt8(ascii: "{"): form = .lines
    case UInt8(ascii: "["): form = .array
    default:
      throw JSONError(line: 1, column: 1, reason: "neither JSON lines nor a JSON array")
    }
  }

  private mutating func nextLine() throws(JSONError) -> Draft? {
    while position < buffer.count {
      var end = max(searched, position)
      while end < buffer.count, buffer[end] != 0x0A { end += 1 }
      searched = end
      guard end < buffer.count || isFinished else {
        guard end - position <= Self.longestLine else {
          throw JSONError(
            line: line, column: 1, reason: "a line of more than \(Self.longestLine) bytes")
        }
        return nil
      }
      var reader = JSONReader(buffer, from: position, to: end, line: line)
      defer {
        position = end + 1
        searched = position
        line += 1
      }
      if isBlank(position, end) { continue }
      lineNumber = line
      let draft = try draft(from: &reader)
      try reader.finish()
      return draft
    }
    return nil
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    for index in start..<end {
      switch buffer[index] {
      case 0x20, 0x09, 0x0D, 0xEF, 0xBB, 0xBF: continue
      default: return false
      }
    }
    return true
  }

  private mutating func nextElement() throws(JSONError) -> Draft? {
    guard isFinished else {
      guard buffer.count <= Self.largestArray else {
        throw JSONError(
          line: 1, column: 1,
          reason: "an array of more than \(Self.largestArray) bytes; write one object per line")
      }
      return nil
    }
    if array == nil {
      array = JSONReader(buffer)
      buffer = []
      try array?.beginArray()
    }
    guard var reader = array.take() else { return nil }
    guard try reader.nextElement() else {
      try reader.finish()
      form = .lines
      position = buffer.count
      return nil
    }
    // Skip the white space before it.
    _ = try reader.peekKind()
    lineNumber = reader.line()
    defer { array = reader }
    return try draft(from: &reader)
  }

  private mutating func draft(from reader: inout JSONReader) throws(JSONError) -> Draft {
    var others: JSONObject? = keepsOthers ? JSONObject() : nil
    let draft = try Draft(from: &reader, others: &others)
    self.others = others ?? JSONObject()
    return draft
  }
}
