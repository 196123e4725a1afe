internal import Favourites
internal import Host

/// Prints the version.
struct Version: Command {
  static let synopsis = Synopsis<Self>("Print the version", exits: [.done, .inputOutput])

  static let opensFile = false

  var operands: [String] = []
  var global = GlobalOptions()

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    guard context.global.isJSON else {
      try context.output.write("favs \(Program.version)\n")
      return .done
    }
    var json = JSONWriter()
    json.beginObject()
    json.member("version", Program.version)
    json.member("commit", Build.commit)
    json.member("sqlite", Store.libraryVersion)
    json.endObject()
    json.newline()
    try context.output.write(json.bytes)
    return .done
  }
}
