package import Favourites

/// The index of a device's files on a remote: the only file in its folder that is overwritten,
/// always last.
package struct Manifest: Hashable, Sendable {
  /// A segment, as listed in the manifest.
  package struct Part: Hashable, Sendable {
    /// The number of the last manifest that contributed to it.
    package var to: Int64
    /// The hash of its bytes: see `SHA256.name`.
    package var hash: String
    package var bytes: Int64
    package var lines: Int64
    package var level: Int64

    /// Whether it has at least half the lines or bytes that a segment may have.
    var isFull: Bool {
      lines >= Int64(Segment.mostLines / 2) || bytes >= Int64(Segment.mostBytes / 2)
    }

    /// The path of the segment's file.
    package func path(of device: UID) -> String {
      let number = String(to)
      let zeros = String(repeating: "0", count: max(8 - number.utf8.count, 0))
      return "d/\(device.hex)/\(zeros)\(number)-\(hash).seg"
    }
  }

  package var set: UID
  package var device: UID
  /// The name of the machine.
  package var name: String
  /// The number of the manifest, from 1 for each device.
  package var seq: Int64
  /// A stamp of the time of writing, above all stamps sent.
  package var ms: Int64
  /// The name of the previous manifest; empty for the first.
  package var previous: String
  /// The last manifests, in order.
  package var recent: [Publication]
  /// The devices whose data this one has taken over, each with the last stamp taken.
  package var was: [UID: Int64]
  /// Devices whose folders were removed.
  package var retired: [UID]
  package var parts: [Part]

  /// The most manifests listed in one.
  package static let mostRecent = 64
  /// The largest manifest accepted, in bytes.
  package static let longest = 8 << 20
  private static let mostParts = 65_536

  /// The path of a device's manifest.
  package static func path(of device: UID) -> String { "d/\(device.hex)/manifest" }

  /// The contents of the file.
  package func encoded() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("favs_manifest", 1)
    json.member("set", set.hex)
    json.member("device", device.hex)
    json.member("name", name)
    json.member("seq", seq)
    json.member("ms", ms)
    json.member("previous", previous)
    json.key("recent")
    json.beginArray()
    for publication in recent { publication.write(to: &json) }
    json.endArray()
    json.key("was")
    json.beginObject()
    for (device, ms) in was.sorted(by: { $0.key < $1.key }) { json.member(device.hex, ms) }
    json.endObject()
    json.key("retired")
    json.beginArray()
    for device in retired.sorted() { json.string(device.hex) }
    json.endArray()
    json.key("segments")
    json.beginArray()
    for part in parts {
      json.beginObject()
      json.member("to", part.to)
      json.member("hash", part.hash)
      json.member("bytes", part.bytes)
      json.member("lines", part.lines)
      json.member("level", part.level)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Parses a manifest.
  ///
  /// - Parameter device: the device whose folder contains it.
  package init(_ bytes: [UInt8], of device: UID) throws(SegmentError) {
    guard bytes.count <= Self.longest else { throw .tooLarge }
    guard case .object(let object)? = try? JSONValue.parse(bytes) else { throw .malformed }
    guard case .integer(let version)? = object["favs_manifest"] else { throw .malformed }
    guard version == 1 else { throw .newer }
    guard let set = object["set"]?.uid, object["device"]?.uid == device,
      case .string(let name)? = object["name"], name.utf8.count <= 1_024,
      case .integer(let seq)? = object["seq"], seq > 0, seq < 1 << 40,
      case .integer(let ms)? = object["ms"], ms > 0,
      case .string(let previous)? = object["previous"],
      case .array(let recent)? = object["recent"], (1...Self.mostRecent).contains(recent.count),
      case .object(let was)? = object["was"], case .array(let retired)? = object["retired"],
      case .array(let parts)? = object["segments"], parts.count <= Self.mostParts
    else { throw .malformed }
    guard ms < Stamp.end else { throw .clock }
    self.set = set
    self.device = device
    self.name = name
    self.seq = seq
    self.ms = ms
    self.previous = previous
    self.recent = []
    self.was = [:]
    self.retired = []
    self.parts = []
    for value in recent {
      guard let publication = Publication(value) else { throw .malformed }
      self.recent.append(publication)
    }
    guard self.recent.last?.seq == seq else { throw .malformed }
    for member in was.members {
      guard let uid = UID(hex: member.key), case .integer(let ms) = member.value else {
        throw .malformed
      }
      self.was[uid] = ms
    }
    for value in retired {
      guard let uid = value.uid else { throw .malformed }
      self.retired.append(uid)
    }
    for value in parts { self.parts.append(try Self.part(value, atMost: seq)) }
  }

  private static func part(_ value: JSONValue, atMost seq: Int64) throws(SegmentError) -> Part {
    guard case .object(let object) = value, case .integer(let to)? = object["to"],
      (1...seq).contains(to), case .string(let hash)? = object["hash"], hash.utf8.count == 32,
      [UInt8](hex: hash) != nil, case .integer(let bytes)? = object["bytes"],
      (1...Int64(Segment.longest)).contains(bytes), case .integer(let lines)? = object["lines"],
      (0...4 * Int64(Segment.mostLines)).contains(lines),
      case .integer(let level)? = object["level"],
      (0...64).contains(level)
    else { throw .malformed }
    return Part(to: to, hash: hash, bytes: bytes, lines: lines, level: level)
  }

  package init(
    set: UID, device: UID, name: String, seq: Int64, ms: Int64, previous: String,
    recent: [Publication], was: [UID: Int64], retired: [UID], parts: [Part]
  ) {
    self.set = set
    self.device = device
    self.name = name
    self.seq = seq
    self.ms = ms
    self.previous = previous
    self.recent = recent
    self.was = was
    self.retired = retired
    self.parts = parts
  }
}

extension Manifest {
  /// The segments that were not merged yet; all of them if the manifest no longer lists the
  /// publication merged last.
  ///
  /// - Parameter peer: what was merged from this device; nil if nothing was.
  func parts(newTo peer: SyncPeer?) -> [Part] {
    guard let peer, recent.contains(Publication(seq: peer.seq, id: peer.publication)) else {
      return parts.filter { $0.to > 0 }
    }
    return parts.filter { $0.to > peer.seq }
  }
}
