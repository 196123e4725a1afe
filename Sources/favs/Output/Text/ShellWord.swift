internal import Favourites

/// A word as a shell takes it.
enum ShellWord {
  /// The word itself where every shell leaves it alone, else between single quotes.
  static func quoted(_ word: String) -> String {
    // At the beginning zsh takes an = for the path of a command.
    let isPlain =
      !word.isEmpty && word.utf8.first != UInt8(ascii: "=")
      && word.utf8.allSatisfy { byte in
        byte.isASCIILetter || byte.isASCIIDigit
          || "-_./:=@,%+".utf8.contains(byte)
      }
    guard !isPlain else { return word }
    // By characters of Unicode: with an accent on it, a quote is a quote to the shell all the same.
    let parts = word.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.map(String.init).joined(separator: "'\\''") + "'"
  }
}
