/// Ranges of ids, no two of which touch.
struct RangeSet {
  private var ranges: [ClosedRange<Int64>] = []

  init() {}

  /// Adds a range; returns its parts in ascending order, and which of them are new.
  mutating func add(_ range: ClosedRange<Int64>) -> [(part: ClosedRange<Int64>, isNew: Bool)] {
    var parts: [(part: ClosedRange<Int64>, isNew: Bool)] = []
    let first = index(of: range.lowerBound)
    var end = first
    var merged = range
    var next = range.lowerBound
    while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
      let known = ranges[end].clamped(to: range)
      if next < known.lowerBound { parts.append((next...(known.lowerBound - 1), true)) }
      parts.append((known, false))
      merged =
        min(
          merged.lowerBound, ranges[end].lowerBound)...max(
          merged.upperBound, ranges[end].upperBound)
      end += 1
      guard known.upperBound < range.upperBound else {
        ranges.replaceSubrange(first..<end, with: CollectionOfOne(merged))
        return parts
      }
      next = known.upperBound + 1
    }
    parts.append((next...range.upperBound, true))
    ranges.replaceSubrange(first..<end, with: CollectionOfOne(merged))
    return parts
  }

  /// The index of the first range that does not end before an id.
  private func index(of id: Int64) -> Int {
    ranges.partitionPoint { $0.upperBound >= id }
  }
}
