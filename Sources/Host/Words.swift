/// What was typed after the program's name.
package enum Words {
  /// All of it, exactly as given.
  ///
  /// `CommandLine.arguments` replaces bytes that are not UTF-8, so that a title would be kept that
  /// nobody gave; here such a word is refused.
  package static func all() throws(InvalidWord) -> [String] {
    let count = Int(CommandLine.argc)
    var words: [String] = []
    words.reserveCapacity(count)
    for argument in 1..<max(count, 1) {
      guard let word = unsafe CommandLine.unsafeArgv[argument] else { break }
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
