/// One option of a command: what it is called, what it takes, and what it sets.
struct Option<Arguments>: Sendable {
  let long: String
  let short: Character?
  /// What the help calls the value; nil for an option that takes none.
  let value: String?
  let summary: String
  let completion: Completion
  let set: @Sendable (inout Arguments, String) throws(ValueError) -> Void

  /// An option that is given or not.
  static func flag(
    _ long: String, _ short: Character? = nil, _ summary: String,
    _ target: any WritableKeyPath<Arguments, Bool> & Sendable
  ) -> Option {
    Option(long: long, short: short, value: nil, summary: summary, completion: .none) {
      (arguments, _) throws(ValueError) in
      arguments[keyPath: target] = true
    }
  }

  /// An option with a text.
  static func text(
    _ long: String, _ short: Character? = nil, _ value: String, _ summary: String,
    _ target: any WritableKeyPath<Arguments, String?> & Sendable, _ completion: Completion = .none
  ) -> Option {
    Option(long: long, short: short, value: value, summary: summary, completion: completion) {
      (arguments, text) throws(ValueError) in
      arguments[keyPath: target] = text
    }
  }

  /// An option with a text that may be given several times.
  static func list(
    _ long: String, _ short: Character? = nil, _ value: String, _ summary: String,
    _ target: any WritableKeyPath<Arguments, [String]> & Sendable,
    _ completion: Completion = .none
  ) -> Option {
    Option(long: long, short: short, value: value, summary: summary, completion: completion) {
      (arguments, text) throws(ValueError) in
      arguments[keyPath: target].append(text)
    }
  }

  /// An option with a value that is read by a function.
  static func read<Value>(
    _ long: String, _ short: Character? = nil, _ value: String, _ summary: String,
    _ target: any WritableKeyPath<Arguments, Value?> & Sendable, _ completion: Completion = .none,
    by read: @escaping @Sendable (String) throws(ValueError) -> Value
  ) -> Option {
    Option(long: long, short: short, value: value, summary: summary, completion: completion) {
      (arguments, text) throws(ValueError) in
      arguments[keyPath: target] = try read(text)
    }
  }

  /// An option with values that are each read by a function.
  static func readList<Value>(
    _ long: String, _ short: Character? = nil, _ value: String, _ summary: String,
    _ target: any WritableKeyPath<Arguments, [Value]> & Sendable,
    _ completion: Completion = .none,
    by read: @escaping @Sendable (String) throws(ValueError) -> Value
  ) -> Option {
    Option(long: long, short: short, value: value, summary: summary, completion: completion) {
      (arguments, text) throws(ValueError) in
      arguments[keyPath: target].append(try read(text))
    }
  }

  /// An option with values of which each time it is given may bring several.
  static func readEach<Value>(
    _ long: String, _ short: Character? = nil, _ value: String, _ summary: String,
    _ target: any WritableKeyPath<Arguments, [Value]> & Sendable,
    _ completion: Completion = .none,
    by read: @escaping @Sendable (String) throws(ValueError) -> [Value]
  ) -> Option {
    Option(long: long, short: short, value: value, summary: summary, completion: completion) {
      (arguments, text) throws(ValueError) in
      arguments[keyPath: target] += try read(text)
    }
  }

  /// The same option for a command that holds these arguments as a part.
  func lifted<Whole>(
    to part: any WritableKeyPath<Whole, Arguments> & Sendable
  ) -> Option<Whole> {
    Option<Whole>(long: long, short: short, value: value, summary: summary, completion: completion)
    {
      [set] (whole, text) throws(ValueError) in
      try set(&whole[keyPath: part], text)
    }
  }

  /// What the help and the completions say of it.
  var page: OptionPage {
    OptionPage(
      long: long, short: short, value: value, summary: summary, completion: completion)
  }
}

extension Array {
  /// The same options for a command that holds their arguments as a part.
  func lifted<Whole, Part>(
    to part: any WritableKeyPath<Whole, Part> & Sendable
  ) -> [Option<Whole>] where Element == Option<Part> {
    map { $0.lifted(to: part) }
  }
}

/// What a value can be completed with.
enum Completion: Equatable, Sendable {
  case none
  case file
  /// A category that is there.
  case category
  /// A category in the trash.
  case trashedCategory
  case tag
  /// A favourite that is there.
  case reference
  /// A favourite in the trash.
  case trashed
  /// A name of metadata.
  case metadata
  /// `KEY=VALUE`, of metadata.
  case assignment
  /// A part that a favourite has or lacks: a field of this list, or metadata.
  case trait([String])
  /// The number of a change.
  case change
  /// A backup in the file's own folder.
  case backup
  /// Names of fields, with commas between them.
  case field
  case command
  /// The name of a setting, and behind it its value.
  case setting
  case choices([String])
  /// Several of these, with commas between them.
  case list([String])
  /// One of these, with `-` in front for the reverse.
  case order([String])
}

/// One option as the help, the manual and the completions show it.
struct OptionPage: Equatable, Sendable {
  let long: String
  let short: Character?
  let value: String?
  let summary: String
  let completion: Completion
}
