internal import Favourites
internal import Host

/// Runs a command line.
enum Program {
  /// The version of the program.
  static let version = "0.1.0"
  /// The release date of that version, for the manual.
  static let date = "2026-11-23"

  /// Runs one command line.
  static func run(_ given: Result<[String], InvalidWord>) -> ExitCode {
    var run = Run()
    // Must come before any file is opened: a closed standard output must not become the database.
    Standard.reserve()
    Signals.prepare()
    Umask.restrict()
    Store.useOneThread()
    var isJSON = false
    do throws(Failure) {
      let words: [String]
      do {
        words = try given.get()
      } catch {
        throw Failure(error)
      }
      // Decided before the words are parsed, so that a parse error is reported in the right format.
      isJSON = words.prefix { $0 != "--" }.contains("--json")
      let code = try Program.run(words, &run)
      run.end(code)
      return code
    } catch {
      Output.tell(isJSON ? error.json(isShown: Terminal.isTerminal(2)) : error.text)
      run.failure = error
      run.end(error.code)
      return error.code
    }
  }

  private static func run(_ words: [String], _ run: inout Run) throws(Failure) -> ExitCode {
    let parser = CommandLineParser(
      table: Commands.all, hidden: Commands.hidden,
      allowsAbbreviations: Terminal.isTerminal(1) && Terminal.isTerminal(0),
      isThere: { (try? FileStatus.of($0, followingLinks: true)) ?? nil != nil })
    let outcome: CommandLineParser.Outcome
    do {
      outcome = try parser.parse(words)
    } catch {
      throw Failure(error)
    }
    switch outcome {
    case .version:
      run.begin("version")
      return try say("favs \(version)\n")
    case .help(let path):
      run.begin("help")
      return try say(try Help.text(for: path))
    case .run(let name, let command):
      run.begin(name, isProfiling: command.global.isProfiling)
      var context = try Context(
        global: command.global, words: words, opensFile: type(of: command).opensFile,
        makesFile: type(of: command).makesFile,
        isRehearsal: command.write.isRehearsal,
        settings: type(of: command).heedsSettings ? try Settings.checked() : .none,
        meter: run.meter)
      context.tellsSights = command.output.tellsSights || context.showsSights
      defer {
        run.waited = context.waited
        run.network = context.network
        if let upgrade = run.meter.upgrade { Output.tell(upgrade.text) }
      }
      do throws(Failure) {
        if type(of: command).isPaged, !command.global.isUnpaged { context.output.gather() }
        let code = try command.run(in: &context)
        try context.output.flush()
        return code
      } catch {
        // Output from before the failure is printed all the same.
        try? context.output.flushGathered()
        // What is durable stays, even if it could not be reported, and must not be mistaken for not
        // done.
        guard let deed = context.deed else { throw error }
        // Who leaves after a change has failed at nothing.
        let isLeft = error.code == .interrupted || error.code == .incomplete
        throw Failure(
          isLeft ? error.code : .inputOutput, error.message, hint: deed.hint,
          systemError: error.systemError)
      }
    }
  }

  private static func say(_ text: String) throws(Failure) -> ExitCode {
    var output = Output()
    output.gather()
    try output.write(text)
    try output.flush()
    return .done
  }
}
