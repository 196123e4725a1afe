package import Favourites

/// A line of a segment: the writes of one device to one item at one time.
package struct SegmentLine: Hashable, Sendable {
  package let kind: SyncKind
  package let uid: UID
  package let stamp: Stamp
  package var fields: [(field: Field, value: RegisterValue)]

  package init(
    _ kind: SyncKind, _ uid: UID, _ stamp: Stamp,
    _ fields: [(field: Field, value: RegisterValue)] = []
  ) {
    self.kind = kind
    self.uid = uid
    self.stamp = stamp
    self.fields = fields
  }

  package static func == (first: SegmentLine, second: SegmentLine) -> Bool {
    first.kind == second.kind && first.uid == second.uid && first.stamp == second.stamp
      && first.fields.elementsEqual(second.fields) { $0.field == $1.field && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(uid)
    hasher.combine(stamp)
  }

  /// The fields grouped under one name in an object of their own.
  private struct Groups {
    var tags: [(String, RegisterValue)] = []
    var metadata: [(String, RegisterValue)] = []
    var openings: [(String, RegisterValue)] = []
  }

  func write(to json: inout JSONWriter, owner: UID) {
    json.beginObject()
    json.member(kind.mark, uid.hex)
    if stamp != .base { json.member("s", stamp.text(in: owner)) }
    var groups = Groups()
    for (field, value) in fields.sorted(by: { $0.field < $1.field }) {
      switch field {
      case .tag(let key): groups.tags.append((key, value))
      case .metadata(let name):
        // The name is sent as it is spelled now.
        let spelled = if case .metadata(let entry) = value { entry.key } else { name.text }
        groups.metadata.append((spelled, value))
      case .openings(let source) where source == uid && stamp == .base:
        json.key("opened")
        value.write(to: &json, own: nil)
      case .openings(let source): groups.openings.append((source.hex, value))
      default:
        json.key(field.text)
        value.write(to: &json, own: uid)
      }
    }
    Self.write("metadata", groups.metadata, to: &json)
    Self.write("openings", groups.openings, to: &json)
    Self.write("tags", groups.tags, to: &json)
    json.endObject()
  }

  private static func write(
    _ name: String, _ values: [(String, RegisterValue)], to json: inout JSONWriter
  ) {
    guard !values.isEmpty else { return }
    json.key(name)
    json.beginObject()
    for (key, value) in values {
      json.key(key)
      if name == "tags", case .text(let text) = value, text.utf8.elementsEqual(key.utf8) {
        json.bool(true)
      } else {
        value.write(to: &json, own: nil)
      }
    }
    json.endObject()
  }
}

extension SyncKind {
  /// The name in lines of segments.
  var mark: String { self == .favourite ? "f" : "c" }

  init?(mark: String) {
    switch mark {
    case "f": self = .favourite
    case "c": self = .category
    default: return nil
    }
  }
}
