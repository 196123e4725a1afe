/// The number of single mistakes between two words.
enum EditDistance {
  /// The number of letters to insert, remove, replace, or swap with their neighbour; nil if it
  /// exceeds `limit`.
  ///
  /// The optimal string alignment distance: Boytsov, "Indexing methods for approximate dictionary
  /// searching", 2011, https://doi.org/10.1145/1963190.1963191, section 2.1.
  static func between<Letters: RandomAccessCollection>(
    _ first: Letters, _ second: Letters, limit: Int
  ) -> Int? where Letters.Element: Equatable, Letters.Index == Int {
    let (rows, columns) = (first.count, second.count)
    guard abs(rows - columns) <= limit else { return nil }
    var before = [Int](repeating: 0, count: columns + 1)
    var last = Array(0...columns)
    var row = last
    for i in 1..<(rows + 1) {
      row[0] = i
      var least = i
      for j in 1..<(columns + 1) {
        let (a, b) = (first[first.startIndex + i - 1], second[second.startIndex + j - 1])
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a == b ? 0 : 1))
        if i > 1, j > 1, a == second[second.startIndex + j - 2],
          first[first.startIndex + i - 2] == b
        {
          cost = min(cost, before[j - 2] + 1)
        }
        row[j] = cost
        least = min(least, cost)
      }
      guard least <= limit else { return nil }
      (before, last, row) = (last, row, before)
    }
    return last[columns] <= limit ? last[columns] : nil
  }
}
