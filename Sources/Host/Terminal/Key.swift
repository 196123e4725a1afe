/// One key of a terminal's keyboard, or something else that a terminal sends like one.
package enum Key: Equatable, Sendable {
  /// A character as it is typed; one that is made of several comes as several.
  case character(Unicode.Scalar)
  /// Control and a character, in lower case: `control("c")`.
  case control(Unicode.Scalar)
  /// Alt, or Escape before it, and a character.
  case alt(Unicode.Scalar)
  /// A key that has a name and types nothing.
  case named(Name, Modifiers)
  /// A text that was pasted, with whatever is in it.
  case paste(String)
  /// Where the cursor stands, from 1 on: the answer to a question of ours.
  case position(row: Int, column: Int)

  /// A key that types nothing.
  package enum Name: Equatable, Sendable {
    case enter, tab, backspace, escape
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete
    /// F1 and on.
    case function(Int)
  }

  /// The keys that were held with it.
  package struct Modifiers: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  /// A named key alone.
  package static func named(_ name: Name) -> Key { .named(name, []) }
}
