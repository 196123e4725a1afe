package import Favourites

/// The first line of a segment.
package struct SegmentHeader: Hashable, Sendable {
  /// The set that it belongs to.
  package var set: UID
  /// The device that wrote it.
  package var device: UID
  /// A stamp of the moment when it was written.
  package var ms: Int64
  /// What of others had been merged by then: up to which stamp of each device.
  package var seen: [UID: Int64]
  /// Whether it holds what was there when the device joined, so that others may match it with what they have.
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

/// Why a segment or a manifest is not taken.
package enum SegmentError: Error, Equatable, Sendable {
  /// It is not as favs writes it.
  case malformed
  /// A newer favs wrote it.
  case newer
  /// It holds more than any favs writes.
  case tooLarge
  /// The clock of the device that wrote it was past all use.
  case clock
}

extension JSONValue {
  /// A uid, as segments and manifests have it.
  var uid: UID? {
    if case .string(let text) = self { UID(hex: text) } else { nil }
  }
}
