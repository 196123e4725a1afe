internal import Favourites
internal import Host

/// How many of each category a command dealt with: what a person is told where a line for each would be too many.
struct CategoryCounts {
  private var counts: [String: Int64] = [:]

  /// Counts one of a category.
  mutating func add(_ category: String) { counts[category, default: 0] += 1 }

  /// Prints a bar for each, the largest first, and says how to see more.
  func print(to output: inout Output) throws(Failure) {
    let sorted = counts.map { FacetCount(value: $0, count: $1) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    let sketch = StatisticsSketch(width: Terminal.width(), style: output.style, bars: Bars())
    try output.show(sketch.drawing(sorted).text)
    try output.note("--verbose lists each")
  }
}
