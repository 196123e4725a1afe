/// A number with its noun: `1 favourite`, `3 favourites`.
///
/// - Parameter many: the noun for any number other than one.
package func counted(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}

/// A number of favourites, in words.
package func counted(favourites number: Int) -> String {
  counted(number, "favourite", "favourites")
}
