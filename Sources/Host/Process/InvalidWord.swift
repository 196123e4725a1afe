/// An argument that is not UTF-8.
package struct InvalidWord: Error, Equatable, Sendable {
  /// The index of the argument, counted from 1.
  package let argument: Int
  /// The offset in it of the first invalid byte, counted from 0.
  package let offset: Int

  /// Makes an error for the word at `argument`, which is invalid at byte `offset`.
  package init(argument: Int, offset: Int) {
    self.argument = argument
    self.offset = offset
  }
}
