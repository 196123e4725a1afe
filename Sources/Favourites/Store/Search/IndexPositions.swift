/// Reads the places of a word in a favourite.
enum IndexPositions {
  /// Passes them to a closure, in order.
  ///
  /// - Parameter part: where they are in some bytes.
  /// - Returns: false for a fault.
  @inline(__always)
  static func forEach(
    in bytes: Span<UInt8>, _ part: Range<Int>, _ body: (_ column: Int, _ position: Int) -> Void
  ) -> Bool {
    let end = part.upperBound
    var place = part.lowerBound
    var (column, position) = (0, 0)
    while place < end {
      let value = IndexLeaf.number(bytes, &place, end)
      if value == 1 {
        let next = IndexLeaf.number(bytes, &place, end)
        guard next > column, next < SearchColumn.count else { return false }
        (column, position) = (Int(next), 0)
      } else {
        // Each is stored as the distance from the last, and 2 more.
        guard value >= 2, value < 1 << 31, position < 1 << 31 else { return false }
        position += Int(value) - 2
        body(column, position)
      }
    }
    return place == end
  }
}

/// How often a column of a favourite contains a phrase.
struct IndexCount {
  let phrase: Int
  let column: Int
  /// Whether the word is all of the phrase, which may go on.
  var isWhole = true
  var count = 0
  /// The first position, in words.
  var first = 0
  /// The last one.
  var last = 0

  var isInTitle: Bool { column == SearchColumn.title.rawValue }

  /// Whether there is one, in a column that is among some.
  func isIn(_ columns: UInt8) -> Bool { count > 0 && columns >> column & 1 == 1 }

  /// Counts one more, at a position behind the others.
  mutating func add(_ position: Int) {
    if count == 0 { first = position }
    last = position
    count += 1
  }
}
