package import Favourites

/// The first line of a segment.
package struct SegmentHeader: Hashable, Sendable {
  /// The set that it belongs to.
  package var set: UID
  /// The device that wrote it.
  package var device: UID
  /// A stamp of the time of writing.
  package var ms: Int64
  /// The data of other devices merged by then: the last stamp of each device.
  package var seen: [UID: Int64]
  /// Whether it contains favourites from before the device joined, which others may match with
  /// theirs.
  package var isFirst = false

  package init(set: UID, device: UID, ms: Int64, seen: [UID: Int64]) {
    self.set = set
    self.device = device
    self.ms = ms
    self.seen = seen
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("device", device.hex)
    json.member("favs_segment", 1)
    if isFirst {
      json.key("first")
      json.bool(true)
    }
    json.member("ms", ms)
    json.key("seen")
    json.beginObject()
    for (device, ms) in seen.sorted(by: { $0.key < $1.key }) { json.member(device.hex, ms) }
    json.endObject()
    json.member("set", set.hex)
    json.endObject()
  }

  init(_ object: JSONObject) throws(SegmentError) {
    guard case .integer(let version)? = object["favs_segment"] else { throw .malformed }
    guard version == 1 else { throw .newer }
    guard let set = object["set"]?.uid, let device = object["device"]?.uid,
      case .integer(let ms)? = object["ms"], case .object(let seen)? = object["seen"]
    else { throw .malformed }
    guard (1..<Stamp.end).contains(ms) else { throw .clock }
    self.init(set: set, device: device, ms: ms, seen: [:])
    for member in seen.members {
      guard let device = UID(hex: member.key), case .integer(let ms) = member.value,
        (0..<Stamp.end).contains(ms)
      else { throw .malformed }
      self.seen[device] = ms
    }
    if let first = object["first"] {
      guard case .bool(let isFirst) = first else { throw .malformed }
      self.isFirst = isFirst
    }
  }
}

/// Why a segment or manifest is rejected.
package enum SegmentError: Error, Equatable, Sendable {
  /// It is not in the format that favs writes.
  case malformed
  /// A newer favs wrote it.
  case newer
  /// It is larger than favs ever writes.
  case tooLarge
  /// The clock of the device that wrote it was too far off.
  case clock
}

extension JSONValue {
  /// The uid in the format of segments and manifests.
  var uid: UID? {
    if case .string(let text) = self { UID(hex: text) } else { nil }
  }
}
