internal import Favourites
internal import Host

/// The user's editor.
enum Editor {
  /// Lets a person edit a file: `$VISUAL`, else `$EDITOR`, else `vi`, run directly and never by a shell.
  static func run(on path: String) throws(Failure) {
    let words = try words()
    let status: Int32
    do throws(HostError) {
      status = try Child.run(words + [path])
    } catch {
      throw Failure(error)
    }
    guard status == 0 else {
      throw Failure(.conflict, "the editor exited with \(status): nothing changed")
    }
  }

  /// The command that the variables name.
  private static func words() throws(Failure) -> [String] {
    var command = try Places.variable("VISUAL")
    if command == nil { command = try Places.variable("EDITOR") }
    let words = command.map(Child.words) ?? ["vi"]
    guard let words, !words.isEmpty else {
      throw Failure(.usage, "$VISUAL or $EDITOR is not a command: '\(command ?? "")'")
    }
    return words
  }
}
