/// A variable of the environment that is not UTF-8.
package struct InvalidVariable: Error, Equatable, Sendable {
  /// Its name.
  package let name: String
  /// The place in its value of the first byte that cannot be, counted from 0.
  package let offset: Int

  /// The variable `name` goes wrong at byte `offset`.
  package init(name: String, offset: Int) {
    self.name = name
    self.offset = offset
  }
}
