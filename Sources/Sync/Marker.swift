package import Favourites

/// The file that identifies a remote, with the uid of its set.
package struct Marker: Hashable, Sendable {
  /// The set.
  package var set: UID
  /// The set in sealed form, if all other files are sealed: see `Seal`.
  package var key: [UInt8]?

  package init(_ set: UID, key: [UInt8]? = nil) {
    self.set = set
    self.key = key
  }

  /// The path of the file.
  package static let path = "favs-sync"
  /// The largest marker accepted, in bytes.
  package static let longest = 65_536

  /// The contents of the file.
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

  /// Parses a marker.
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

  /// Reads the marker of a remote; nil if there is none yet.
  package init?(of files: any RemoteFiles) throws(SegmentError) {
    guard files.paths.contains(Self.path) else { return nil }
    guard let bytes = files.bytes(of: Self.path, atMost: Self.longest) else { throw .malformed }
    try self.init(bytes)
  }
}
