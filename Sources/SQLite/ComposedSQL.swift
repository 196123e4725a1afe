/// SQL composed of constants in the sources, kept for the life of the program. Nothing stored or
/// typed can get into it: it only accepts literals and other such texts.
package final class ComposedSQL: ExpressibleByStringInterpolation, Sendable {
  /// The statement, or part of one.
  package let text: String

  package init(stringLiteral text: String) { self.text = text }

  package init(stringInterpolation pieces: Pieces) { text = pieces.text }

  /// Makes a list of names, each with a prefix, separated by commas.
  package init(listing names: [StaticString], prefix: StaticString = "") {
    var text = ""
    for (place, name) in names.enumerated() {
      if place > 0 { text += ", " }
      text += prefix.description
      text += name.description
    }
    self.text = text
  }

  /// Makes a list of question marks for a number of values, separated by commas.
  package init(placesFor count: Int) {
    text = [String](repeating: "?", count: count).joined(separator: ", ")
  }

  /// Collects the pieces of a literal.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ piece: ComposedSQL) { text += piece.text }
  }
}
