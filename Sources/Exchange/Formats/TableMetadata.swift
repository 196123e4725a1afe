internal import Favourites

/// The metadata in a record of favs' own tables, in two cells, for values and types: JSON in an
/// export, `key=value;key=value` in a list.
struct TableMetadata {
  var values = ""
  /// Nil if the table has no such column: then a value that looks like a date is one.
  var types: String?

  /// The metadata of both cells.
  func read() throws(UnusableBookmark) -> Metadata {
    guard values.utf8.first == UInt8(ascii: "{") else {
      return try Self.checked { () throws(MetadataError) in try list() }
    }
    guard case .object(let object) = try Self.json(values, .metadata) else { return Metadata() }
    var told: JSONValue?
    if let types {
      told = types.isEmpty ? .object(JSONObject()) : try Self.json(types, .metadataTypes)
    }
    return try Self.checked { () throws(MetadataError) in try Metadata(from: object, types: told) }
  }

  private func list() throws(MetadataError) -> Metadata {
    var metadata = Metadata()
    let kinds = try types.map { (text) throws(MetadataError) in try Self.kinds(text) }
    for piece in values.unicodeScalars.split(separator: ";") {
      let assignment = try MetadataAssignment.parse(String(piece))
      let (key, text) = (assignment.key, assignment.text)
      metadata[key] =
        if let kind = kinds?[Array(key.utf8)] {
          try MetadataValue(text, as: kind, key: key)
        } else if kinds != nil, Number(text) == nil {
          try MetadataValue(text, as: .text, key: key)
        } else {
          assignment.value
        }
    }
    return metadata
  }

  private static func kinds(_ text: String) throws(MetadataError) -> [[UInt8]: MetadataKind] {
    var kinds: [[UInt8]: MetadataKind] = [:]
    for piece in text.unicodeScalars.split(separator: ";") {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let kind = MetadataKind(rawValue: String(parts[1])) else {
        throw .malformedTypes
      }
      kinds[Array(String(parts[0]).utf8)] = kind
    }
    return kinds
  }

  private static func json(
    _ text: String, _ field: FavouriteField
  ) throws(UnusableBookmark) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue.parse(Array(text.utf8))
    } catch {
      throw UnusableBookmark(reason: "\(FavsTable.name(of: field)): \(error.reason)")
    }
  }

  private static func checked(
    _ read: () throws(MetadataError) -> Metadata
  ) throws(UnusableBookmark) -> Metadata {
    do throws(MetadataError) {
      return try read()
    } catch {
      throw UnusableBookmark(reason: error.message)
    }
  }
}
