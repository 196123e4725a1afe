internal import Exchange

extension Failure {
  /// That a file is nothing that can be imported, and how a person gets at what is in it.
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

  /// A file's name as a shell takes it for one word.
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
