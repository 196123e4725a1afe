/// The kind of the next value in a JSON text, recognised by its first byte.
package enum JSONKind: Hashable, Sendable {
  case object, array, string, number, bool, null
}
