internal import Favourites
internal import Host

/// From words to an exit code.
enum Program {
  /// The version of the program.
  static let version = "0.1.0"
  /// The day of that version, for the manual.
  static let date = "2026-11-23"

  /// Runs one command line.
  static func run() -> ExitCode {
    // Before any file is opened: a closed standard output must not become the database.
    Standard.reserve()
    Signals.prepare()
    Umask.restrict()
    var isJSON = false
    do throws(Failure) {
      let words: [String]
      do {
        words = try Words.all()
      } catch {
        throw Failure(error)
      }
      // Known before the words are understood, so that an error in them is told in the right form.
      isJSON = words.prefix { $0 != "--" }.contains("--json")
      return try run(words)
    } catch {
      Output.tell(isJSON ? error.json : error.text)
      return error.code
    }
  }

  private static func run(_ words: [String]) throws(Failure) -> ExitCode {
    let parser = CommandLineParser(
      table: Commands.all,
      allowsAbbreviations: Terminal.isTerminal(1) && Terminal.isTerminal(0))
    let outcome: CommandLineParser.Outcome
    do {
      outcome = try parser.parse(words)
    } catch {
      throw Failure(error)
    }
    switch outcome {
    case .version: return try say("favs \(version)\n")
    case .help(let path): return try say(try Help.text(for: path))
    case .run(_, let command):
      var context = try Context(global: command.global, words: words)
      do throws(Failure) {
        let code = try command.run(in: &context)
        try context.output.flush()
        return code
      } catch {
        // What is durable stays, even where it could not be told; nobody may take it for not done.
        guard let change = context.madeChange else { throw error }
        throw Failure(
          .inputOutput, error.message,
          hint: "change #\(change) was made all the same; favs undo takes it back")
      }
    }
  }

  private static func say(_ text: String) throws(Failure) -> ExitCode {
    var output = Output()
    try output.write(text)
    try output.flush()
    return .done
  }
}
