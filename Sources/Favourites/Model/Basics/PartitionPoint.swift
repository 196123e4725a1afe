extension RandomAccessCollection where Index == Int {
  /// The first place from which on something holds of all elements; the end where it holds of none. What comes before
  /// has to be sorted so that it holds of none of them. Takes a number of looks that grows with the logarithm.
  package func partitionPoint(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
