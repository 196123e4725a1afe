extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether some bytes, at least one, are in these in a row.
  func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return false }
    var place = startIndex
    while endIndex - place >= part.count {
      if self[place] == first, self[place..<(place + part.count)].elementsEqual(part) {
        return true
      }
      place += 1
    }
    return false
  }
}
