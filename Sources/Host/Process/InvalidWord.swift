/// An argument that is not UTF-8.
package struct InvalidWord: Error, Equatable, Sendable {
  /// Which argument, counted from 1.
  package let argument: Int
  /// The place in it of the first byte that cannot be, counted from 0.
  package let offset: Int

  /// The word at `argument` goes wrong at byte `offset`.
  package init(argument: Int, offset: Int) {
    self.argument = argument
    self.offset = offset
  }
}
