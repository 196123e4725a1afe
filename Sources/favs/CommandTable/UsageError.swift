/// Why a command line is invalid.
enum UsageError: Error, Equatable, Sendable {
  case unknownCommand(String, under: String, nearest: String?)
  case missingCommand(under: String, names: [String])
  case unknownOption(String, command: String, nearest: String?)
  case ambiguousOption(String, candidates: [String])
  case missingValue(option: String, value: String)
  case unexpectedValue(option: String)
  case badValue(option: String, ValueError)
  /// A word of a query that begins with a dash and could be an option with its value.
  case optionOrWord(String, option: String)
  /// Two options that exclude each other.
  case apart(String, String)
  case missingOperand(command: String, name: String)
  case tooManyOperands(command: String, String)
}
