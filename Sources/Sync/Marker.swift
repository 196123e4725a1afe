package import Favourites

/// The file by which a remote is known, and the set that it holds.
package enum Marker {
  /// Where it stands.
  package static let path = "favs-sync"
  /// The most bytes of one that is taken.
  package static let longest = 4_096

  /// The bytes of the file.
  package static func encoded(_ set: UID) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("favs_sync", 1)
    json.member("set", set.hex)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads the set.
  package static func set(_ bytes: [UInt8]) throws(SegmentError) -> UID {
    guard bytes.count <= longest, case .object(let object)? = try? JSONValue.parse(bytes),
      case .integer(let version)? = object["favs_sync"]
    else { throw .malformed }
    guard version == 1, object["key"] == nil else { throw .newer }
    guard let set = object["set"]?.uid else { throw .malformed }
    return set
  }
}
