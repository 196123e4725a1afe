internal import Exchange

extension Failure {
  /// The error for a file that cannot be imported, with advice on how to get at its contents.
  init(_ binary: BinaryFile, _ path: String) {
    let isInput = path == "-"
    let file = isInput ? "FILE" : Self.quoted(path)
    self.init(
      .invalidInput,
      "\(isInput ? "standard input" : path): \(binary.what), which favs does not read",
      hint: binary.remedy.map { remedy in
        remedy.split(separator: " ").map { $0.utf8.elementsEqual("FILE".utf8) ? file : String($0) }
          .joined(separator: " ")
      })
  }

  /// The name of a file, quoted for a shell.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x2D...0x39).contains(byte) || byte == 0x5F
        || byte >= 0x80
    }
    guard !isPlain || path.hasPrefix("-") else { return path }
    var quoted = "'"
    for character in path.unicodeScalars {
      if character == "'" { quoted += #"'\''"# } else { quoted.unicodeScalars.append(character) }
    }
    return quoted + "'"
  }
}
