/// The description of a command, which the parser, the help, the manual and the completions use.
struct Synopsis<Arguments>: Sendable {
  let summary: String
  let details: [String]
  let operands: Operands
  /// Built on demand: a command line without options does not need them.
  let makeOptions: @Sendable () -> [Option<Arguments>]
  let examples: [Example]
  /// Built on demand, like the options.
  let makeTerms: @Sendable () -> TermList?
  let exits: [ExitCode]
  let seeAlso: [String]

  init(
    _ summary: String, details: [String] = [], operands: Operands = .none,
    options: @escaping @autoclosure @Sendable () -> [Option<Arguments>] = [],
    examples: [Example] = [], terms: @escaping @autoclosure @Sendable () -> TermList? = nil,
    exits: [ExitCode] = [], seeAlso: [String] = []
  ) {
    self.summary = summary
    self.details = details
    self.operands = operands
    makeOptions = options
    self.examples = examples
    makeTerms = terms
    self.exits = exits
    self.seeAlso = seeAlso
  }
}

extension Synopsis {
  /// The command's own options.
  var options: [Option<Arguments>] { makeOptions() }

  /// Further terms that the command accepts.
  var terms: TermList? { makeTerms() }
}

/// Terms and their meanings, for a section of the help and the manual.
struct TermList: Sendable {
  let title: String
  let rows: [(String, String)]
}

/// An example of a command line, and what it does.
struct Example: Equatable, Sendable {
  let line: String
  let meaning: String

  init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}

/// The operands of a command.
struct Operands: Equatable, Sendable {
  /// The name in the help, as in `REF…`.
  let name: String
  let count: ClosedRange<Int>
  let completion: Completion
  /// Whether an operand may begin with a dash: `-created`.
  var isSigned = false
  /// Whether they are a query, in which a dash stands before a word to leave out: `-film`.
  var isQuery = false

  /// No operands.
  static let none = Operands(name: "", count: 0...0, completion: .none)

  /// Exactly one.
  static func one(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 1...1, completion: completion)
  }

  /// One or none.
  static func optional(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 0...1, completion: completion)
  }

  /// At least a minimum number.
  static func some(
    _ name: String, atLeast least: Int = 1, _ completion: Completion = .none
  ) -> Operands {
    Operands(name: name, count: least...Int.max, completion: completion)
  }

  /// A query, of at least a minimum number of words.
  static func query(atLeast least: Int = 1) -> Operands {
    Operands(name: "QUERY…", count: least...Int.max, completion: .none, isQuery: true)
  }

  /// Exactly two.
  static func two(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 2...2, completion: completion)
  }

  /// The form in the usage line.
  var usage: String { count.lowerBound == 0 && !name.isEmpty ? "[\(name)]" : name }
}
