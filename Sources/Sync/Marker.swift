package import Favourites

/// The file by which a remote is known, and the set that it holds.
package struct Marker: Hashable, Sendable {
  /// The set.
  package var set: UID
  /// The set again, sealed, where all other files are: see `Seal`.
  package var key: [UInt8]?

  package init(_ set: UID, key: [UInt8]? = nil) {
    self.set = set
    self.key = key
  }

  /// Where it stands.
  package static let path = "favs-sync"
  /// The most bytes of one that is taken.
  package static let longest = 65_536

  /// The bytes of the file.
  package func encoded() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("favs_sync", 1)
    if let key { json.member("key", key.hex) }
    json.member("set", set.hex)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads a file.
  package init(_ bytes: [UInt8]) throws(SegmentError) {
    guard bytes.count <= Self.longest, case .object(let object)? = try? JSONValue.parse(bytes),
      case .integer(let version)? = object["favs_sync"]
    else { throw .malformed }
    guard version == 1 else { throw .newer }
    guard let set = object["set"]?.uid else { throw .malformed }
    self.set = set
    guard let key = object["key"] else { return }
    guard case .string(let text) = key, let bytes = [UInt8](hex: text), !bytes.isEmpty else {
      throw .malformed
    }
    self.key = bytes
  }

  /// That of a remote; nil where there is none yet.
  package init?(of files: any RemoteFiles) throws(SegmentError) {
    guard files.paths.contains(Self.path) else { return nil }
    guard let bytes = files.bytes(of: Self.path, atMost: Self.longest) else { throw .malformed }
    try self.init(bytes)
  }
}
