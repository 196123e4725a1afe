/// The words of the command line.
package enum Words {
  /// A word that is not UTF-8.
  package struct Invalid: Error, Equatable, Sendable {
    /// Which one, from 1.
    package let position: Int
    /// Where in it the first byte stands that is not part of any character, from 0.
    package let offset: Int
  }

  /// The words after the program's name, each checked: the standard library would mend what is not
  /// UTF-8, and then something else would be stored than what was given.
  package static func all() throws(Invalid) -> [String] {
    var words: [String] = []
    let count = Int(CommandLine.argc)
    guard count > 1 else { return [] }
    words.reserveCapacity(count)
    for position in 1..<count {
      guard let word = unsafe CommandLine.unsafeArgv[position] else { break }
      if let text = unsafe String(validatingCString: word) {
        words.append(text)
        continue
      }
      var bytes: [UInt8] = []
      var next = unsafe word
      while unsafe next.pointee != 0 {
        bytes.append(UInt8(bitPattern: unsafe next.pointee))
        unsafe next += 1
      }
      throw Invalid(position: position, offset: UTF8Check.firstInvalidOffset(in: bytes) ?? 0)
    }
    return words
  }
}
