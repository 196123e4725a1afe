/// The words after the program's name on the command line.
package enum Words {
  /// All words, exactly as given.
  ///
  /// A word that is not UTF-8 is refused: with its bytes replaced, it could be stored as a title
  /// that no one typed.
  /// - Parameters: as C's `main` has them, the program's own name first.
  package static func all(
    _ count: Int32, _ given: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  ) throws(InvalidWord) -> [String] {
    var words: [String] = []
    words.reserveCapacity(Int(count))
    for argument in 1..<max(Int(count), 1) {
      guard let word = unsafe given[argument] else { break }
      if let text = unsafe String(validatingCString: word) {
        words.append(text)
        continue
      }
      var bytes: [UInt8] = []
      var next = unsafe word
      while unsafe next.pointee != 0 {
        unsafe bytes.append(UInt8(bitPattern: next.pointee))
        unsafe next += 1
      }
      let offset = UTF8Check.firstInvalidOffset(in: bytes) ?? 0
      throw InvalidWord(argument: argument, offset: offset)
    }
    return words
  }
}
