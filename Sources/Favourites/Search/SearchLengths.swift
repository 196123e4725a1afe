/// The number of words that a favourite has in each column of the full-text index, for ranking.
///
/// FTS5 would keep them in a table of its own, which takes three times the space that they take in
/// `place`. They are stored as FTS5 stores them, each in the bytes of a varint, in the order of the
/// columns (https://www.sqlite.org/fileformat2.html#varint), but without the last column, which
/// always is one word, and without zeros at the end.
enum SearchLengths {
  /// What is stored before they are known: as much as most of them take.
  static let unknown: [UInt8] = [0, 0, 0, 0]

  /// The lengths of all columns as they are stored.
  static func stored(_ lengths: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8)
    let all = lengths.dropLast()
    for length in all.prefix((all.lastIndex { $0 > 0 } ?? -1) + 1) {
      var shift = 63
      while shift > 0, length >> shift == 0 { shift -= 7 }
      while shift > 0 {
        bytes.append(0x80 | UInt8(truncatingIfNeeded: length >> shift))
        shift -= 7
      }
      bytes.append(UInt8(length & 0x7F))
    }
    return bytes
  }

  /// Reads the lengths of all columns.
  ///
  /// - Returns: false for a fault.
  static func read(_ bytes: [UInt8], into lengths: inout [Double]) -> Bool {
    var place = 0
    for column in lengths.indices.dropLast() {
      var length: UInt64 = 0
      if place < bytes.count { length = IndexLeaf.number(bytes, &place, bytes.count) }
      lengths[column] = Double(Int32(truncatingIfNeeded: length))
    }
    lengths[lengths.count - 1] = 1
    return place == bytes.count
  }

  /// The number of words in an ASCII text, as the tokenizer of the index splits it; nil for any
  /// other text.
  static func count(ofASCII text: String) -> Int? {
    var count = 0
    var isInWord = false
    for byte in text.utf8 {
      guard byte < 0x80 else { return nil }
      // ^ is a letter there: see `SearchText.partMark`.
      let isOfWord = byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5E
      if isOfWord, !isInWord { count += 1 }
      isInWord = isOfWord
    }
    return count
  }
}
