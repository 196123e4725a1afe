/// All that is to be known about a command: what the parser, the help, the manual and the completions read.
struct Synopsis<Arguments>: Sendable {
  let summary: String
  let details: [String]
  let operands: Operands
  /// Made when it is asked for: a command line without options never does.
  let makeOptions: @Sendable () -> [Option<Arguments>]
  let examples: [Example]
  /// Made when it is asked for, as the options are.
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

  /// Further words that it takes.
  var terms: TermList? { makeTerms() }
}

/// Words and what they mean, under a heading of the help and the manual.
struct TermList: Sendable {
  let title: String
  let rows: [(String, String)]
}

/// A command line worth showing, and what it does.
struct Example: Equatable, Sendable {
  let line: String
  let meaning: String

  init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}

/// What a command takes beside its options.
struct Operands: Equatable, Sendable {
  /// What the help calls them, as in `REF…`.
  let name: String
  let count: ClosedRange<Int>
  let completion: Completion
  /// True where one may begin with a dash: `-created`.
  var isSigned = false

  /// None.
  static let none = Operands(name: "", count: 0...0, completion: .none)

  /// Just one.
  static func one(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 1...1, completion: completion)
  }

  /// One or none.
  static func optional(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 0...1, completion: completion)
  }

  /// Any number from a least one on.
  static func some(
    _ name: String, atLeast least: Int = 1, _ completion: Completion = .none
  ) -> Operands {
    Operands(name: name, count: least...Int.max, completion: completion)
  }

  /// Just two.
  static func two(_ name: String, _ completion: Completion = .none) -> Operands {
    Operands(name: name, count: 2...2, completion: completion)
  }

  /// As the usage line shows them.
  var usage: String { count.lowerBound == 0 && !name.isEmpty ? "[\(name)]" : name }
}
