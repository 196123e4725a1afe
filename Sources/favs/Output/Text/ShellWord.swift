internal import Favourites

/// Quotes words for a shell.
enum ShellWord {
  /// The word unchanged if no shell treats it specially, otherwise in single quotes.
  static func quoted(_ word: String) -> String {
    // At the beginning of a word, zsh expands = to the path of a command.
    let isPlain =
      !word.isEmpty && word.utf8.first != UInt8(ascii: "=")
      && word.utf8.allSatisfy { byte in
        byte.isASCIILetter || byte.isASCIIDigit
          || "-_./:=@,%+".utf8.contains(byte)
      }
    guard !isPlain else { return word }
    // By code points: a quote with a combining accent is still a quote to the shell.
    let parts = word.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.map(String.init).joined(separator: "'\\''") + "'"
  }
}
