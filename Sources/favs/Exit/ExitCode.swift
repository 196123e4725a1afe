/// How a command ends: the contract's table.
enum ExitCode: Int32, CaseIterable, Sendable {
  /// Done; also when it was so already, and for an empty list.
  case done = 0
  /// Nothing matched, some items failed, or a check found something.
  case incomplete = 1
  /// An unknown command, option or value.
  case usage = 2
  /// A thing that was named does not exist.
  case notFound = 3
  /// Ambiguous, already there, or refused without a `--yes`.
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
  /// Asked to end.
  case terminated = 143

  /// The name that JSON errors carry.
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

  /// What it means, for the help and the man pages.
  var meaning: String {
    switch self {
    case .done: "done; also when it was so already, and for an empty list"
    case .incomplete: "nothing matched, some items failed, or a check found something"
    case .usage: "usage: unknown command, option or value"
    case .notFound: "a thing that was named does not exist"
    case .conflict: "conflict or refused: ambiguous, already there, needs --yes or --all"
    case .busy: "the database is busy: another favs held it for over 10 s"
    case .database: "not a favs database, damaged, or made by a newer favs"
    case .inputOutput: "reading or writing failed: disk full, no permission, output"
    case .invalidInput: "the input is not valid: bad UTF-8, too long, malformed"
    case .interrupted: "interrupted"
    case .pipeClosed: "pipe closed"
    case .terminated: "terminated"
    }
  }
}
