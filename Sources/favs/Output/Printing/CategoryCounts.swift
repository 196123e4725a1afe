internal import Favourites
internal import Host

/// Counts changed favourites by category, for output to people if there are too many to list.
struct CategoryCounts {
  private var counts: [String: Int64] = [:]

  /// Counts a favourite in a category.
  mutating func add(_ category: String) { counts[category, default: 0] += 1 }

  /// Prints a bar for each category, the largest first, and how to see more.
  func print(to output: inout Output) throws(Failure) {
    let sorted = counts.map { FacetCount(value: $0, count: $1) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    let sketch = StatisticsSketch(width: Terminal.width(), style: output.style, bars: Bars())
    try output.show(sketch.drawing(sorted).text)
    try output.note("--verbose lists each")
  }
}
