/// What kind of value stands next in a JSON text, told by its first byte.
package enum JSONKind: Hashable, Sendable {
  case object, array, string, number, bool, null
}
