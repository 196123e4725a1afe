/// SQL put together from constants of the sources, kept for as long as the program runs. Nothing that was stored or
/// typed can get into it: the only pieces it takes are literals and other such texts.
package final class ComposedSQL: ExpressibleByStringInterpolation, Sendable {
  /// The statement, or a part of one.
  package let text: String

  package init(stringLiteral text: String) { self.text = text }

  package init(stringInterpolation pieces: Pieces) { text = pieces.text }

  /// Names with a prefix before each, with commas between them.
  package init(listing names: [StaticString], prefix: StaticString = "") {
    var text = ""
    for (place, name) in names.enumerated() {
      if place > 0 { text += ", " }
      text += prefix.description
      text += name.description
    }
    self.text = text
  }

  /// A question mark for each of so many values, with commas between them.
  package init(placesFor count: Int) {
    text = [String](repeating: "?", count: count).joined(separator: ", ")
  }

  /// The pieces of a literal.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ piece: ComposedSQL) { text += piece.text }
  }
}
