internal import SQLite

/// A metadata value in the form used for comparing and sorting: numbers by value, before all texts;
/// texts by their keys.
enum SortValue: Equatable, Bindable {
  case number(Double)
  case text(String)

  /// Binds it, a whole number as an integer.
  func bind(to statement: borrowing Statement, at position: Int32) {
    binding.bind(to: statement, at: position)
  }

  /// The value as part of a condition.
  var binding: Binding {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): Int64(exactly: number).map(Binding.integer) ?? .number(number)
    }
  }
}

extension SortValue {
  /// The value as a cursor stores it: a number as its text, so that it is read back unchanged.
  var json: JSONValue {
    switch self {
    case .number(let number): .string("n\(number)")
    case .text(let text): .string("t" + text)
    }
  }

  /// Parses the output of `json`.
  init?(_ json: JSONValue) {
    guard let text = json.text else { return nil }
    let rest = String(text.unicodeScalars.dropFirst())
    switch text.utf8.first {
    case UInt8(ascii: "t"): self = .text(rest)
    case UInt8(ascii: "n"):
      guard let number = Double(rest), number.isFinite else { return nil }
      self = .number(number)
    default: return nil
    }
  }
}

extension SortValue: Comparable {
  static func == (first: SortValue, second: SortValue) -> Bool {
    switch (first, second) {
    case (.number(let first), .number(let second)): first == second
    case (.text(let first), .text(let second)): first.utf8.elementsEqual(second.utf8)
    case (.number, .text), (.text, .number): false
    }
  }

  static func < (first: SortValue, second: SortValue) -> Bool {
    switch (first, second) {
    case (.number(let first), .number(let second)): first < second
    case (.text(let first), .text(let second)): first.utf8.lexicographicallyPrecedes(second.utf8)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

extension MetadataValue {
  /// The value in the form used for comparing and sorting.
  var sortValue: SortValue {
    switch self {
    case .number(let number): .number(number.value)
    case .date(let date): .text(date.text)
    // A text that is a date is found as one, whatever its type.
    case .text(let text), .choice(let text):
      .text(CalendarDate(text: text) == nil ? text.nameKey : text)
    }
  }

  /// The case-folded text, if the sort value does not give it: a key that sorts digits by value and
  /// ignores accents cannot be searched for text, and a number does not keep its spelling.
  func textBeside(_ value: SortValue) -> String? {
    let folded = text.foldedName
    switch value {
    case .text(let key): return folded.utf8.elementsEqual(key.utf8) ? nil : folded
    case .number(let number):
      let plain = Int64(exactly: number).map(\.description)
      return areSame(plain, folded) ? nil : folded
    }
  }
}
