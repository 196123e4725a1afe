extension RandomAccessCollection where Index == Int {
  /// The first index from which a condition holds for all elements; the end if it holds for none.
  /// The elements must be partitioned, with those for which it does not hold first. Takes
  /// logarithmic time.
  package func partitionPoint(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Array where Element == Int64 {
  /// Whether a number is in this array, which is in ascending order.
  func sortedContains(_ number: Int64) -> Bool {
    let place = partitionPoint { $0 >= number }
    return place < count && self[place] == number
  }
}
