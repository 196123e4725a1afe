internal import SQLite

/// Finds words in the full-text index as it is in the file.
///
/// FTS5 itself gathers all favourites of all words with a beginning before it returns the first,
/// and it reads all favourites of two common words to find the few that have both in their titles.
/// What is read here is enough for the latest of them.
struct IndexWords {
  /// A part of the index that was written at once.
  struct Segment {
    let id: Int64
    let leaves: ClosedRange<Int64>

    /// The row of `search_data` that has a leaf.
    func row(_ leaf: Int64) -> Int64 { id << 37 + leaf }
  }

  /// Where the favourites of a word are in a segment.
  struct Spot {
    let word: [UInt8]
    let segment: Segment
    /// The place of the segment among all, the latest first.
    let age: Int
    let leaves: ClosedRange<Int64>
    /// The part of the first leaf.
    let entries: Range<Int>
  }

  /// The segments, the latest first.
  private let segments: [Segment]
  /// The average lengths of the columns.
  let usual: [Double]
  /// The leaves read last: many words are in the same ones.
  private var known: [(row: Int64, leaf: IndexLeaf)] = []

  /// - Returns: nil if the index has another layout, or is empty.
  init?(_ connection: borrowing Connection) throws(StoreError) {
    let version = try connection.integer("SELECT v FROM search_config WHERE k = 'version'")
    guard version == 4 else { return nil }
    let records = try connection.query(
      "SELECT block FROM search_data WHERE id IN (1, 10) ORDER BY id")
    guard try records.next(), let usual = Self.averages(records.bytes(0)), try records.next(),
      let segments = Self.segments(records.bytes(0)), !segments.isEmpty
    else { return nil }
    self.usual = usual
    self.segments = segments
  }

  /// The error for an index in which something does not fit.
  static var fault: StoreError {
    .sqlite(
      SQLiteError(code: .corruptIndex, message: "the search index is out of order", sql: nil))
  }

  /// The average length of each column; 1 for an empty index.
  static func averages(_ connection: borrowing Connection) throws(StoreError) -> [Double] {
    let totals = try connection.query("SELECT block FROM search_data WHERE id = 1")
    return try totals.next() ? averages(totals.bytes(0)) ?? ones : ones
  }

  private static let ones = SearchColumn.weights.map { _ in 1.0 }

  /// The average length of each column from the totals; nil if there are none.
  private static func averages(_ totals: [UInt8]) -> [Double]? {
    var place = 0
    let rows = Double(Int64(bitPattern: IndexLeaf.number(totals, &place, totals.count)))
    let averages = SearchColumn.weights.map { _ in
      let total = Int64(bitPattern: IndexLeaf.number(totals, &place, totals.count))
      return max(1, Double(total) / rows)
    }
    return rows > 0 && place <= totals.count ? averages : nil
  }

  /// The segments from the record of them: levels from the latest on, each with the oldest segment
  /// first.
  private static func segments(_ record: [UInt8]) -> [Segment]? {
    // After a number that every change raises.
    var place = 4
    func number() -> Int { Int(clamping: IndexLeaf.number(record, &place, record.count)) }
    let levels = number()
    _ = (number(), number())
    guard levels <= record.count else { return nil }
    var segments: [Segment] = []
    for _ in 0..<levels {
      _ = number()
      let count = number()
      guard count <= record.count else { return nil }
      var level: [Segment] = []
      for _ in 0..<count {
        let (id, first, last) = (number(), number(), number())
        guard (1...0xFFFF).contains(id), first > 0, first <= last, last < 1 << 31 else {
          return nil
        }
        level.append(Segment(id: Int64(id), leaves: Int64(first)...Int64(last)))
      }
      segments += level.reversed()
    }
    return place == record.count ? segments : nil
  }

  /// A leaf of a segment.
  static func leaf(
    _ number: Int64, of segment: Segment, _ connection: borrowing Connection
  ) throws(StoreError) -> IndexLeaf {
    let find = try connection.query(
      "SELECT block FROM search_data WHERE id = ?", segment.row(number))
    guard segment.leaves.contains(number), try find.next(), let leaf = IndexLeaf(find.bytes(0))
    else { throw fault }
    return leaf
  }

  /// A leaf in which a word is looked up.
  private mutating func knownLeaf(
    _ number: Int64, of segment: Segment, _ connection: borrowing Connection
  ) throws(StoreError) -> IndexLeaf {
    let row = segment.row(number)
    if let place = known.lastIndex(where: { $0.row == row }) { return known[place].leaf }
    let leaf = try Self.leaf(number, of: segment, connection)
    if known.count == Self.mostKnown { known.removeFirst(Self.mostKnown / 2) }
    known.append((row, leaf))
    return leaf
  }

  private static let mostKnown = 64

  /// Numbers the words of spots, in the order in which they first occur.
  func numbers(of spots: [Spot]) -> [Int] {
    // In one segment each word has one spot.
    guard segments.count > 1 else { return Array(spots.indices) }
    var numbers: [String: Int] = [:]
    return spots.map { spot in
      // Words are text; the words of a damaged index may be taken for each other.
      let word = String(decoding: spot.word, as: UTF8.self)
      if let number = numbers[word] { return number }
      numbers[word] = numbers.count
      return numbers.count - 1
    }
  }

  /// The spots of a word, or of all words that begin with it.
  ///
  /// - Returns: nil if there are more than `most`.
  mutating func spots(
    of token: String, isPrefix: Bool, most: Int, _ connection: borrowing Connection
  ) throws(StoreError) -> [Spot]? {
    // FTS5 precedes each word with a 0; other digits are for indexes of beginnings.
    let key = [UInt8(ascii: "0")] + Array(token.utf8)
    var spots: [Spot] = []
    for (age, segment) in segments.enumerated() {
      // A merge that is not finished has cut off leaves at the beginning, but not their rows.
      let indexed = try connection.integer(
        """
        SELECT pgno >> 1 FROM search_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1
        """, segment.id, key)
      var number = max(indexed ?? 0, segment.leaves.lowerBound)
      let later = try connection.query(
        "SELECT pgno >> 1 FROM search_idx WHERE segid = ? AND term > ? ORDER BY term", segment.id,
        key)
      defer { later.reset() }
      while true {
        let leaf = try knownLeaf(number, of: segment, connection)
        guard let (words, isPassed) = leaf.words(key, isPrefix: isPrefix) else { throw Self.fault }
        var next: Int64?
        if !isPassed || words.last?.isLast == true {
          repeat {
            next = try later.next() ? later.integer(0) : nil
          } while next ?? .max <= segment.leaves.lowerBound
          guard next ?? .max > number, next ?? number <= segment.leaves.upperBound else {
            throw Self.fault
          }
        }
        for word in words {
          let last = word.isLast ? next ?? segment.leaves.upperBound : number
          spots.append(
            Spot(
              word: word.text, segment: segment, age: age, leaves: number...last,
              entries: word.entries))
        }
        guard spots.count <= most else { return nil }
        guard isPrefix, !isPassed, let next else { break }
        number = next
      }
    }
    return spots
  }
}
