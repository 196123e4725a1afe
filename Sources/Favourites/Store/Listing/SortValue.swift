internal import SQLite

/// A piece of metadata as it is compared and sorted: numbers by value, and before all texts; texts by their keys.
enum SortValue: Equatable {
  case number(Double)
  case text(String)

  /// Binds it, a whole number as one.
  func bind(to statement: borrowing Statement, at position: Int32) {
    binding.bind(to: statement, at: position)
  }

  /// The same as a part of a condition.
  var binding: Binding {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): Int64(exactly: number).map(Binding.integer) ?? .number(number)
    }
  }
}

extension SortValue {
  /// The value as a cursor holds it: a number as the text of one, so that it comes back as it was.
  var json: JSONValue {
    switch self {
    case .number(let number): .string("n\(number)")
    case .text(let text): .string("t" + text)
    }
  }

  /// Reads what `json` gave.
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
  /// The value as it is compared and sorted.
  var sortValue: SortValue {
    switch self {
    case .number(let number): .number(number.value)
    case .date(let date): .text(date.text)
    // A text that is a day is found by it, whatever its type.
    case .text(let text), .choice(let text):
      .text(CalendarDate(text: text) == nil ? text.nameKey : text)
    }
  }

  /// The text without case, where its sort value does not tell it: what is sorted by the value of its numbers and
  /// without accents cannot be searched in, nor the spelling of a number.
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
