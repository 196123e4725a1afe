/// The types of metadata; the raw value is the name for users and in JSON.
package enum MetadataKind: String, Hashable, Sendable, CaseIterable {
  case text, number, date
  case choice = "enum"

  /// All names, for an error or a hint: `text, number, date, enum`.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
