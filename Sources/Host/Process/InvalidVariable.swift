/// An environment variable that is not UTF-8.
package struct InvalidVariable: Error, Equatable, Sendable {
  /// Its name.
  package let name: String
  /// The offset in its value of the first invalid byte, counted from 0.
  package let offset: Int

  /// Makes an error for the variable `name`, which is invalid at byte `offset`.
  package init(name: String, offset: Int) {
    self.name = name
    self.offset = offset
  }
}
