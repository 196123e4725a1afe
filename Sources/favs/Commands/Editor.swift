internal import Favourites
internal import Host

/// The user's editor.
enum Editor {
  /// Lets a person edit text: `$VISUAL`, else `$EDITOR`, else `vi`, run directly and never by a shell.
  ///
  /// - Parameters:
  ///   - folder: where the text is kept meanwhile, unless `$XDG_RUNTIME_DIR` is set.
  ///   - use: takes the edited text; where it refuses, the text is kept and its place is told.
  static func edit<Result>(
    _ text: String, in folder: String, _ use: (String) throws(ValueError) -> Result
  ) throws(Failure) -> Result {
    var command = try Places.variable("VISUAL")
    if command == nil { command = try Places.variable("EDITOR") }
    let words = command.map(Child.words) ?? ["vi"]
    guard let words, !words.isEmpty else {
      throw Failure(.usage, "$VISUAL or $EDITOR is not a command: '\(command ?? "")'")
    }
    let name = Randomness.bytes(8).map { String($0, radix: 16) }.joined()
    let path = "\(try Places.variable("XDG_RUNTIME_DIR") ?? folder)/favs-edit-\(name).txt"
    let status: Int32
    let edited: [UInt8]?
    do throws(HostError) {
      let file = try File.createPrivate(at: path)
      try file.writeAll(Array(text.utf8))
      status = try Child.run(words + [path])
      edited = try File(reading: path).readToEnd(atMost: 4 << 20)
    } catch {
      try? File.remove(path)
      throw Failure(error)
    }
    guard status == 0, let edited else {
      try? File.remove(path)
      throw Failure(.conflict, "the editor ended with \(status): nothing was changed")
    }
    guard UTF8Check.firstInvalidOffset(in: edited) == nil else {
      throw Failure(.invalidInput, "the text is not valid UTF-8", hint: "it is kept in '\(path)'")
    }
    do {
      let result = try use(String(decoding: edited, as: UTF8.self))
      try? File.remove(path)
      return result
    } catch {
      throw Failure(.invalidInput, error.message, hint: "the text is kept in '\(path)'")
    }
  }
}
