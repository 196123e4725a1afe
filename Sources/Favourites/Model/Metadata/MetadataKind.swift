/// The types that a piece of metadata can have; the raw value is what users and JSON call it.
package enum MetadataKind: String, Hashable, Sendable, CaseIterable {
  case text, number, date
  case choice = "enum"

  /// All names, for an error or a hint: `text, number, date, enum`.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
