/// A leaf of the full-text index: words in order, each followed by the favourites that contain it
/// and its positions in them.
///
/// The layout is that of FTS5, version 4, described at the top of
/// https://www.sqlite.org/src/file/ext/fts5/fts5_index.c. Nothing in it is trusted: what does not
/// fit is a fault.
struct IndexLeaf {
  /// A favourite that contains a word.
  struct Entry {
    let id: Int64
    private let (from, length): (UInt32, UInt32)

    fileprivate init(id: Int64, start: Int, count: UInt32) {
      self.id = id
      from = UInt32(start)
      length = count
    }

    /// Where the positions begin in the leaf. They may go on in the next one.
    var start: Int { Int(from) }
    /// The length of the positions in bytes; 0 if the favourite no longer contains the word.
    var count: Int { Int(length) }
  }

  /// A word, and where its favourites are in the leaf.
  struct Word {
    let text: [UInt8]
    let entries: Range<Int>
    /// Whether it is the last, so that its favourites may go on in the next leaf.
    let isLast: Bool
  }

  let bytes: [UInt8]
  /// Where the favourites and words end.
  let end: Int
  /// The favourites at the beginning, which belong to the last word before this leaf; empty for
  /// none.
  let opening: Range<Int>
  /// Whether a word begins in it.
  var hasWords: Bool { end < bytes.count }

  /// - Returns: nil for a fault.
  init?(_ bytes: [UInt8]) {
    guard (4...Self.longest).contains(bytes.count) else { return nil }
    self.bytes = bytes
    end = Int(bytes[2]) << 8 | Int(bytes[3])
    let first = Int(bytes[0]) << 8 | Int(bytes[1])
    guard (4...bytes.count).contains(end) else { return nil }
    var place = end
    let word = end < bytes.count ? Int(clamping: Self.number(bytes, &place, bytes.count)) : end
    guard (4...end).contains(word), first == 0 || (4...word).contains(first) else { return nil }
    opening = first == 0 ? word..<word : first..<word
  }

  /// FTS5 stores offsets in two bytes, and the offsets of the words behind them.
  private static let longest = 1 << 17

  /// Reads a number of seven bits a byte, the highest first. If it does not end before the limit,
  /// the place is beyond the limit afterwards.
  @inline(__always)
  static func number(_ bytes: Span<UInt8>, _ place: inout Int, _ limit: Int) -> UInt64 {
    var value: UInt64 = 0
    var left = 8
    while place < limit {
      let byte = bytes[place]
      place += 1
      // The ninth byte has eight bits.
      if left == 0 { return value << 8 | UInt64(byte) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return value }
      left -= 1
    }
    place = limit + 1
    return 0
  }

  @inline(__always)
  static func number(_ bytes: [UInt8], _ place: inout Int, _ limit: Int) -> UInt64 {
    number(bytes.span, &place, limit)
  }

  /// Appends the favourites in a part of the leaf, the oldest first.
  ///
  /// - Parameter onlyTitled: whether those are left out that do not contain the word in their
  ///   title.
  /// - Returns: false for a fault.
  func read(_ part: Range<Int>, onlyTitled: Bool, into entries: inout [Entry]) -> Bool {
    let bytes = bytes.span
    var isSound = true
    // None takes less than two bytes.
    entries.append(addingCapacity: part.count / 2 + 1) { entries in
      isSound = Self.read(bytes, part, upTo: end, onlyTitled: onlyTitled, into: &entries)
    }
    return isSound
  }

  private static func read(
    _ bytes: Span<UInt8>, _ part: Range<Int>, upTo end: Int, onlyTitled: Bool,
    into entries: inout OutputSpan<Entry>
  ) -> Bool {
    var place = part.lowerBound
    var id: Int64 = 0
    while place < part.upperBound {
      let (step, size): (Int64, UInt64)
      if place &+ 1 < end, (bytes[place] | bytes[place &+ 1]) < 0x80 {
        // As usual.
        (step, size) = (Int64(bytes[place]), UInt64(bytes[place &+ 1]))
        place &+= 2
      } else {
        step = Int64(bitPattern: number(bytes, &place, end))
        size = number(bytes, &place, end)
      }
      guard place <= end, size < 1 << 31, step > 0 || id == 0 else { return false }
      id &+= step
      let entry = Entry(id: id, start: place, count: UInt32(truncatingIfNeeded: size >> 1))
      // Added, and taken back where it is not wanted: which have the word in their title follows no
      // pattern, so that a branch would often be guessed wrong.
      entries.append(entry)
      if onlyTitled {
        entries.removeLast(isTitled(entry, in: bytes, upTo: end) == false ? 1 : 0)
      }
      place &+= entry.count
    }
    return place == part.upperBound || part.upperBound == end
  }

  /// Whether a favourite contains the word in its title, the second column; nil if its positions go
  /// on in the next leaf, where that would be seen.
  func isTitled(_ entry: Entry) -> Bool? { Self.isTitled(entry, in: bytes.span, upTo: end) }

  @inline(__always)
  private static func isTitled(_ entry: Entry, in bytes: Span<UInt8>, upTo end: Int) -> Bool? {
    // The positions in each column but the first stand behind a 1 and the number of the column.
    let title = UInt8(SearchColumn.title.rawValue)
    if entry.count <= 4, entry.start &+ 3 < end {
      // Mostly it has the word once or twice. To compare all three bytes is quicker than a branch
      // that is often guessed wrong.
      let (first, second) = (bytes[entry.start], bytes[entry.start &+ 1])
      let third = bytes[entry.start &+ 2]
      let isFirst = (first ^ 1) | (second ^ title) == 0
      let isSecond = (first & 0x80) | (second ^ 1) | (third ^ title) == 0
      return (isFirst || isSecond) && entry.count >= 3
    }
    guard entry.count >= 3 else { return false }
    let limit = min(entry.start + entry.count, end)
    var place = entry.start
    while place < limit, bytes[place] != 1 {
      while place < limit, bytes[place] >= 0x80 { place += 1 }
      place += 1
    }
    if place + 1 < limit { return bytes[place + 1] == title }
    return entry.start + entry.count > end ? nil : false
  }

  /// The words that equal a key, or begin with it, and whether there are no more of them in later
  /// leaves.
  ///
  /// - Returns: nil for a fault.
  func words(_ key: [UInt8], isPrefix: Bool) -> (words: [Word], isPassed: Bool)? {
    var found: [Word] = []
    var text: [UInt8] = []
    // How much of the key the last word begins with.
    var matched = 0
    var isFirst = true
    var index = end
    var start = hasWords ? Int(clamping: Self.number(bytes, &index, bytes.count)) : end
    while start < end {
      var next = end
      if index < bytes.count {
        let step = Self.number(bytes, &index, bytes.count)
        guard step > 0, step < UInt64(end - start) else { return nil }
        next = start + Int(step)
      }
      var place = start
      // Each word but the first begins with a part of the word before it.
      let kept = isFirst ? 0 : Int(clamping: Self.number(bytes, &place, next))
      let count = Int(clamping: Self.number(bytes, &place, next))
      guard place <= next, count <= next - place else { return nil }
      isFirst = false
      start = next
      let rest = place..<(place + count)
      if found.isEmpty {
        if kept > matched { continue }
        guard kept == matched else { return (found, true) }
        let same = matchedBytes(in: rest, of: key, from: matched)
        matched += same
        guard matched == key.count else {
          if same < count, bytes[rest.lowerBound + same] > key[matched] { return (found, true) }
          continue
        }
        guard isPrefix || same == count else { return (found, true) }
        text = Array(key[..<kept])
      } else {
        guard kept <= text.count else { return nil }
        guard kept >= key.count else { return (found, true) }
        text.removeLast(text.count - kept)
      }
      text += bytes[rest]
      found.append(Word(text: text, entries: rest.upperBound..<next, isLast: next == end))
      if !isPrefix { return (found, true) }
    }
    return (found, false)
  }

  /// How many bytes of a part equal those of a key from a place on.
  private func matchedBytes(in part: Range<Int>, of key: [UInt8], from place: Int) -> Int {
    var same = 0
    while same < part.count, place + same < key.count,
      bytes[part.lowerBound + same] == key[place + same]
    { same += 1 }
    return same
  }
}
