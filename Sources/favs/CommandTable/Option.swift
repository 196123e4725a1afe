/// An option of a command: its name, its value, and what it sets.
struct Option<Arguments>: Sendable {
  let long: String
  let short: Character?
  /// The name of the value in the help; nil for a flag.
  let value: String?
  let summary: String
  let completion: Completion
  let set: @Sendable (inout Arguments, String) throws(ValueError) -> Void

  /// A flag.
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

  /// An option with a text, which may be repeated.
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

  /// An option with a value that a function parses.
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

  /// A repeatable option with a value that a function parses.
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

  /// A repeatable option, each occurrence of which may contain several values.
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

  /// The same option for a command that contains these arguments.
  func lifted<Whole>(
    to part: any WritableKeyPath<Whole, Arguments> & Sendable
  ) -> Option<Whole> {
    Option<Whole>(long: long, short: short, value: value, summary: summary, completion: completion)
    {
      [set] (whole, text) throws(ValueError) in
      try set(&whole[keyPath: part], text)
    }
  }

  /// The option as the help and the completions show it.
  var page: OptionPage {
    OptionPage(
      long: long, short: short, value: value, summary: summary, completion: completion)
  }
}

extension Array {
  /// The same options for a command that contains their arguments.
  func lifted<Whole, Part>(
    to part: any WritableKeyPath<Whole, Part> & Sendable
  ) -> [Option<Whole>] where Element == Option<Part> {
    map { $0.lifted(to: part) }
  }
}

/// How a value can be completed.
enum Completion: Equatable, Sendable {
  case none
  case file
  /// An existing category.
  case category
  /// A category in the trash.
  case trashedCategory
  case tag
  /// Tags separated by commas, each with an optional sign in front, which is one of these.
  case tags(signs: String)
  /// An existing favourite.
  case reference
  /// A favourite in the trash.
  case trashed
  /// A metadata key.
  case metadata
  /// `KEY=VALUE`, for metadata.
  case assignment
  /// Something that a favourite may have or lack: one of these fields, or metadata.
  case trait([String])
  /// The number of a change, with or without `@`.
  case change
  /// A favourite, or a change as `@N`.
  case subject
  /// A point in the history: a date, an age, or a change as `@N`.
  case point
  /// A backup in the database's backup folder.
  case backup
  /// Names of fields, separated by commas.
  case field
  case command
  /// The name of a setting, followed by its value.
  case setting
  case choices([String])
  /// Several of these, separated by commas.
  case list([String])
  /// One of these, with an optional `-` in front to reverse the order.
  case order([String])
  /// One of these, or metadata, with an optional `-` in front to reverse the order.
  case ordering([String])
}

/// An option as the help, the manual and the completions show it.
struct OptionPage: Equatable, Sendable {
  let long: String
  let short: Character?
  let value: String?
  let summary: String
  let completion: Completion
}
