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

extension RandomAccessCollection where Index == Int {
  /// The first index of an element with this key; nil if there is none. The elements must be sorted
  /// by their keys, ascending. Takes logarithmic time.
  func sortedIndex<Key: Comparable>(of key: Key, by own: (Element) -> Key) -> Int? {
    let place = partitionPoint { own($0) >= key }
    return place < endIndex && own(self[place]) == key ? place : nil
  }
}

extension RandomAccessCollection where Index == Int, Element: Comparable {
  /// Whether an element is among these, which must be sorted, ascending.
  func sortedContains(_ element: Element) -> Bool { sortedIndex(of: element) { $0 } != nil }
}
