/// A key of a terminal's keyboard, or another input that a terminal sends like one.
package enum Key: Equatable, Sendable {
  /// A typed character; a combined character arrives as several.
  case character(Unicode.Scalar)
  /// Control and a character, in lower case: `control("c")`.
  case control(Unicode.Scalar)
  /// Alt, or Escape before it, and a character.
  case alt(Unicode.Scalar)
  /// A named key that types nothing.
  case named(Name, Modifiers)
  /// Pasted text, whatever it contains.
  case paste(String)
  /// The cursor position, from 1: the reply to a query of ours.
  case position(row: Int, column: Int)

  /// A key that types nothing.
  package enum Name: Equatable, Sendable {
    case enter, tab, backspace, escape
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete
    /// F1 and up.
    case function(Int)
  }

  /// The modifier keys held.
  package struct Modifiers: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  /// A named key without modifiers.
  package static func named(_ name: Name) -> Key { .named(name, []) }
}
