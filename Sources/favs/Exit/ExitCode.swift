/// The exit code of a command, as the contract defines it.
enum ExitCode: Int32, CaseIterable, Sendable {
  /// Success; also if there was nothing to do, and for an empty list.
  case done = 0
  /// Nothing matched, some items failed, or a check found something.
  case incomplete = 1
  /// An unknown command, option or value.
  case usage = 2
  /// Something named does not exist.
  case notFound = 3
  /// Ambiguous, already there, or refused without `--yes`.
  case conflict = 4
  /// Another favs held the database for too long.
  case busy = 5
  /// Not a favs database, damaged, or made by a newer favs.
  case database = 6
  /// Reading or writing failed.
  case inputOutput = 7
  /// The input is not valid.
  case invalidInput = 8
  /// Interrupted from the keyboard.
  case interrupted = 130
  /// The reader of the output went away.
  case pipeClosed = 141
  /// Terminated by a signal.
  case terminated = 143

  /// The name in JSON errors.
  var name: String {
    switch self {
    case .done: "done"
    case .incomplete: "incomplete"
    case .usage: "usage"
    case .notFound: "not_found"
    case .conflict: "conflict"
    case .busy: "busy"
    case .database: "database"
    case .inputOutput: "input_output"
    case .invalidInput: "invalid_input"
    case .interrupted: "interrupted"
    case .pipeClosed: "pipe_closed"
    case .terminated: "terminated"
    }
  }

  /// The meaning, for the help and the manual.
  var meaning: String {
    switch self {
    case .done: "success, even if there was nothing to do or the list is empty"
    case .incomplete: "no matches, some items failed, or a check found a problem"
    case .usage: "usage error: unknown command, option or value"
    case .notFound: "not found: something named on the command line does not exist"
    case .conflict: "conflict: ambiguous, already exists, or needs --yes or --all"
    case .busy: "database busy: another favs used it for over 10 s"
    case .database: "database unusable: damaged, not favs', or made by a newer favs"
    case .inputOutput: "reading or writing failed: disk full, no permission, output"
    case .invalidInput: "invalid input: bad UTF-8, too long or malformed"
    case .interrupted: "interrupted"
    case .pipeClosed: "pipe closed"
    case .terminated: "terminated"
    }
  }
}
