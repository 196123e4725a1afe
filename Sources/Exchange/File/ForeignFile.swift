package import Host
internal import Synchronization

/// The progress of reading a file. Safe to use from other threads.
package final class ReadingProgress: Sendable {
  /// The size of a regular file, in bytes.
  package let size: Int64?
  private let taken = Atomic<Int64>(0)
  /// The approximate number of bytes read so far.
  package fileprivate(set) var consumed: Int64 {
    get { taken.load(ordering: .relaxed) }
    set { taken.store(newValue, ordering: .relaxed) }
  }

  init(size: Int64?) {
    self.size = size
  }
}

/// Reads the contents of a file on demand, and keeps track of the line and column.
///
/// Returns text as UTF-8, without byte order mark and NUL: decodes other encodings, and replaces
/// invalid text with U+FFFD, which is recorded in `remarks`. `readBytes(atMost:)` returns binary
/// data unchanged.
package struct ForeignFile: ~Copyable {
  /// The number of bytes to read at a time.
  private static let pieceSize = 1 << 18
  /// The size of the beginning that can be inspected, in bytes.
  package static let prefixSize = 1 << 16
  /// The largest file that can be read as a whole, in bytes.
  package static let largestWhole = 256 << 20
  /// The longest line, in bytes: far above the longest favourite, far below the size of memory.
  package static let longestLine = 16 << 20

  let file: File?
  /// The path of the file; nil for standard input and for bytes in memory.
  package let path: String?
  /// The progress of reading.
  package let progress: ReadingProgress
  /// Whether to reject invalid UTF-8, as in files that favs wrote.
  package var isStrict = false
  /// The remarks on the part of the file read so far.
  package private(set) var remarks = Remarks()
  var buffer: [UInt8] = []
  private var position = 0
  /// The end of the part of the buffer that was checked to be text.
  var checkedEnd = 0
  var isFileAtEnd = false
  private var hasBegun = false
  /// Whether the bytes are known to be UTF-8, whatever they declare.
  private let isDecoded: Bool
  /// The encoding; nil before the beginning was inspected.
  private(set) var encoding: TextEncoding?
  /// Converts the bytes to UTF-8 if necessary.
  private var decoder: TextDecoder?
  /// The source of decoded text, if it is not the file itself.
  var filter: Worker?
  var soundness = TextSoundness()
  /// The number of bytes in the file before those in the buffer.
  private var bytesBefore: Int64 = 0
  private var line = 1
  private var column = 1
  /// The bytes given in memory, kept for rewinding.
  private let given: [UInt8]

  /// Opens a file. It should be a regular one: see `File.settled()`.
  package init(_ file: consuming File, path: String?) throws(ExchangeError) {
    do {
      let status = try file.status()
      progress = ReadingProgress(size: status.kind == .regular ? status.size : nil)
    } catch {
      throw .host(error)
    }
    self.file = consume file
    self.path = path
    given = []
    isDecoded = false
  }

  /// Reads bytes in memory.
  /// - Parameter isDecoded: whether they are known to be UTF-8, whatever they declare.
  package init(_ bytes: [UInt8], isDecoded: Bool = false) {
    self.isDecoded = isDecoded
    if isDecoded { encoding = .utf8(isDeclared: true) }
    file = nil
    path = nil
    given = bytes
    progress = ReadingProgress(size: Int64(bytes.count))
    buffer = bytes
    isFileAtEnd = true
  }

  /// The position of the next character.
  package var location: Location { Location(line: line, column: column) }

  /// The number of bytes read so far.
  package var consumed: Int64 { bytesBefore + Int64(position) }

  /// The first bytes of the file, to determine its format. Call it before reading anything else.
  package mutating func prefix() throws(ExchangeError) -> [UInt8] {
    precondition(!hasBegun && position == 0, "the prefix is looked at first")
    while buffer.count < Self.prefixSize, !isFileAtEnd { try fill() }
    findEncoding()
    return Array(buffer.prefix(Self.prefixSize))
  }

  /// Records a remark on the file.
  package mutating func note(_ what: String, at location: Location?, isLoss: Bool, count: Int = 1) {
    remarks.note(what, at: location, isLoss: isLoss, count: count)
  }

  /// Returns the next byte of text without reading past it; nil at the end.
  package mutating func peek() throws(ExchangeError) -> UInt8? {
    if position == checkedEnd { guard try fillText() else { return nil } }
    return buffer[position]
  }

  /// Returns the next byte of text; nil at the end.
  package mutating func next() throws(ExchangeError) -> UInt8? {
    if position == checkedEnd { guard try fillText() else { return nil } }
    let byte = buffer[position]
    position += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
    return byte
  }

  /// Returns the next line without its end (LF, CR LF, or LF CR); nil at the end of the file.
  package mutating func nextLine() throws(ExchangeError) -> [UInt8]? {
    var bytes: [UInt8] = []
    var isAny = false
    while true {
      if position == checkedEnd { guard try fillText() else { break } }
      isAny = true
      var end = position
      while end < checkedEnd, buffer[end] != 0x0A { end += 1 }
      bytes += buffer[position..<end]
      guard bytes.count <= Self.longestLine else {
        throw .malformed(Location(line: line), "a line of more than \(Self.longestLine) bytes")
      }
      let isComplete = end < checkedEnd
      position = isComplete ? end + 1 : end
      if isComplete {
        line += 1
        column = 1
        break
      }
    }
    guard isAny else { return nil }
    progress.consumed = consumed
    if bytes.last == 0x0D { bytes.removeLast() }
    if bytes.first == 0x0D { bytes.removeFirst() }
    return bytes
  }

  /// Returns the next bytes of text, as many as are buffered; nil at the end. Does not advance the
  /// line and column.
  package mutating func nextPiece() throws(ExchangeError) -> [UInt8]? {
    if position == checkedEnd { guard try fillText() else { return nil } }
    defer {
      position = checkedEnd
      progress.consumed = consumed
    }
    return Array(buffer[position..<checkedEnd])
  }

  /// Returns to the beginning, as if nothing had been read.
  package mutating func rewind() throws(ExchangeError) {
    do throws(HostError) {
      try file?.rewind()
    } catch {
      throw .host(error)
    }
    buffer = given
    (position, checkedEnd, bytesBefore) = (0, 0, 0)
    (line, column) = (1, 1)
    remarks = Remarks()
    soundness = TextSoundness()
    (decoder, filter) = (nil, nil)
    if !isDecoded { encoding = nil }
    (isFileAtEnd, hasBegun) = (file == nil, false)
    progress.consumed = 0
  }

  /// Returns the rest of the text.
  package mutating func readText(
    atMost limit: Int = ForeignFile.largestWhole
  ) throws(ExchangeError) -> [UInt8] {
    try refuseLarge(limit, after: 0)
    var bytes: [UInt8] = []
    if let size = progress.size { bytes.reserveCapacity(min(Int(clamping: size), limit)) }
    while true {
      if position == checkedEnd { guard try fillText() else { return bytes } }
      try refuseLarge(limit, after: bytes.count)
      bytes += buffer[position..<checkedEnd]
      position = checkedEnd
    }
  }

  /// Returns the rest of the bytes, unchanged.
  package mutating func readBytes(
    atMost limit: Int = ForeignFile.largestWhole
  ) throws(ExchangeError) -> [UInt8] {
    hasBegun = true
    try refuseLarge(limit, after: 0)
    var bytes = Array(buffer[position...])
    position = buffer.count
    while !isFileAtEnd {
      drop()
      try fill()
      try refuseLarge(limit, after: bytes.count)
      bytes += buffer[position...]
      position = buffer.count
    }
    return bytes
  }

  /// Throws if a file would take more memory than allowed, before that happens: growing an array
  /// doubles it.
  private func refuseLarge(_ limit: Int, after count: Int) throws(ExchangeError) {
    let size = progress.size.map { Int(clamping: $0 - consumed) } ?? 0
    guard count <= limit - (buffer.count - position), count > 0 || size <= limit else {
      throw .tooLarge("larger than \(limit >> 20) MiB, the limit for this format")
    }
  }

  /// Reads more text into the buffer; false at the end.
  private mutating func fillText() throws(ExchangeError) -> Bool {
    let isBeginning = !hasBegun
    hasBegun = true
    repeat {
      drop()
      if !isFileAtEnd { try fill() }
      if isBeginning { try begin() }
      try check()
    } while position == checkedEnd && !isFileAtEnd
    guard position == checkedEnd else { return true }
    try judge()
    return false
  }

  private mutating func fill() throws(ExchangeError) {
    do throws(HostError) {
      if let filter {
        isFileAtEnd = try filter.read(into: &buffer, upTo: Self.pieceSize) == 0
      } else if decoder != nil {
        var bytes: [UInt8] = []
        let count = try file?.read(into: &bytes, upTo: Self.pieceSize)
        isFileAtEnd = (count ?? 0) == 0
        decode(bytes)
      } else {
        let count = try file?.read(into: &buffer, upTo: Self.pieceSize)
        isFileAtEnd = (count ?? 0) == 0
      }
    } catch {
      throw .host(error)
    }
  }

  /// Drops the part of the buffer that was read.
  private mutating func drop() {
    guard position > 0 else { return }
    bytesBefore += Int64(position)
    progress.consumed = bytesBefore
    buffer.removeSubrange(..<position)
    checkedEnd -= position
    position = 0
  }

  /// Determines the encoding from the first bytes, which are in the buffer.
  private mutating func findEncoding() {
    guard encoding == nil else { return }
    let found = TextEncoding.of(buffer)
    encoding = found
    switch found {
    case .utf8, .foreign: return
    case .utf16, .utf32, .singleByte:
      decoder = TextDecoder(found)
      let bytes = buffer
      buffer = []
      decode(bytes)
    }
  }

  /// Skips a byte order mark, and starts the conversion of encodings that favs does not support
  /// itself.
  private mutating func begin() throws(ExchangeError) {
    while buffer.count < 4_096, !isFileAtEnd { try fill() }
    findEncoding()
    if case .foreign(let iconv, let name)? = encoding {
      try startFilter(iconv, name)
      try fill()
    }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      checkedEnd = 3
    }
  }

  private mutating func decode(_ bytes: [UInt8]) {
    guard let piece = decoder?.decode(bytes, isLast: isFileAtEnd) else { return }
    let start = buffer.count
    buffer += piece.text
    noteFlaws(piece.flaws, from: start, "bytes that are no character in the encoding")
  }

  /// Checks the new part of the buffer; keeps an incomplete character for the next piece.
  private mutating func check() throws(ExchangeError) {
    var end = buffer.count
    if !isFileAtEnd { end -= Self.unfinished(in: buffer, from: checkedEnd) }
    guard end > checkedEnd else { return }
    let bytes = buffer[checkedEnd..<end]
    let wrong = UTF8Check.firstInvalidOffset(in: bytes)
    let zero = bytes.firstIndex(of: 0)
    guard wrong != nil || zero != nil else {
      soundness.take(right: bytes)
      checkedEnd = end
      return
    }
    if isStrict {
      if let zero, wrong.map({ zero - checkedEnd < $0 }) ?? true {
        throw .malformed(placeOf(zero), "a NUL character")
      }
      throw .malformed(placeOf(checkedEnd + (wrong ?? 0)), "not valid UTF-8")
    }
    let piece = TextDecoder.Piece(repairing: bytes)
    buffer.replaceSubrange(checkedEnd..<end, with: piece.text)
    let first = piece.flaws.first.map { placeOf(checkedEnd + $0) }
    soundness.take(piece, firstAt: first)
    noteFlaws(piece.flaws, from: checkedEnd, "invalid UTF-8")
    checkedEnd += piece.text.count
  }

  /// Records replacements with U+FFFD, with the first few positions.
  private mutating func noteFlaws(_ flaws: [Int], from start: Int, _ what: String) {
    for (number, flaw) in flaws.enumerated() where number < 5 {
      note("\(what), read as U+FFFD", at: placeOf(start + flaw), isLoss: true)
    }
    if flaws.count > 5 {
      note("\(what), read as U+FFFD", at: nil, isLoss: true, count: flaws.count - 5)
    }
  }

  /// The number of bytes at the end that begin an incomplete character.
  private static func unfinished(in bytes: [UInt8], from start: Int) -> Int {
    for length in 1...3 where bytes.count - length >= start {
      let byte = bytes[bytes.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > length ? length : 0
    }
    return 0
  }

  /// The position of a byte that was not read yet.
  private func placeOf(_ offset: Int) -> Location {
    var line = line
    var column = column
    for byte in buffer[position..<offset] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Location(line: line, column: column)
  }
}
