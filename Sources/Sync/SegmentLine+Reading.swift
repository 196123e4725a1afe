internal import Favourites

// All incoming data is validated here, by the same rules as input from users: a segment with invalid data is rejected.

extension SegmentLine {
  /// Parses an object that describes an item.
  init(_ object: JSONObject, kind: SyncKind, owner: UID) throws(SegmentError) {
    guard let uid = object[kind.mark]?.uid, uid != UID(high: 0, low: 0) else { throw .malformed }
    var stamp = Stamp.base
    if let text = object["s"] {
      guard case .string(let text) = text, let read = Stamp(text: text, in: owner), read != .base
      else { throw .malformed }
      stamp = read
    }
    self.init(kind, uid, stamp)
    for member in object.members where member.key != "s" && member.key != kind.mark {
      switch member.key {
      case "tags": try read(member.value, as: Self.tag)
      case "metadata": try read(member.value, as: Self.metadata)
      case "openings": try read(member.value, as: Self.openings)
      case "opened":
        guard case .integer(let count) = member.value, stamp == .base else { throw .malformed }
        fields.append((.openings(uid), .number(count)))
      default:
        guard let field = Field(text: member.key), field.belongs(to: kind) else { throw .newer }
        fields.append((field, try Self.value(of: field, member.value, uid)))
      }
    }
  }

  private mutating func read(
    _ value: JSONValue,
    as read: (String, JSONValue) throws(SegmentError) -> (field: Field, value: RegisterValue)
  ) throws(SegmentError) {
    guard kind == .favourite, case .object(let object) = value else { throw .malformed }
    for member in object.members { fields.append(try read(member.key, member.value)) }
  }

  private static func tag(
    _ key: String, _ value: JSONValue
  ) throws(SegmentError) -> (field: Field, value: RegisterValue) {
    guard !key.isEmpty, key.utf8.count <= 4 * Limits.tagBytes else { throw .malformed }
    switch value {
    case .null: return (.tag(key), .none)
    case .bool(true): return (.tag(key), .text(try tagText(key)))
    case .string(let text): return (.tag(key), .text(try tagText(text)))
    default: throw .malformed
    }
  }

  private static func tagText(_ text: String) throws(SegmentError) -> String {
    if isPlain(text, atMost: Limits.tagBytes), !text.utf8.contains(UInt8(ascii: ",")) {
      return text
    }
    guard let tag = try? TagName.parse(text), isSame(tag.text, text) else { throw .malformed }
    return text
  }

  private static func metadata(
    _ name: String, _ value: JSONValue
  ) throws(SegmentError) -> (field: Field, value: RegisterValue) {
    do {
      try Metadata.checkKey(name)
      guard isSame(name.composed, name) else { throw SegmentError.malformed }
      if value == .null { return (.metadata(name), .none) }
      guard case .object = value else { throw SegmentError.malformed }
      return (.metadata(name), .metadata(try MetadataValue(plain: value, key: name)))
    } catch {
      throw .malformed
    }
  }

  private static func openings(
    _ source: String, _ value: JSONValue
  ) throws(SegmentError) -> (field: Field, value: RegisterValue) {
    guard let uid = UID(hex: source), case .integer(let count) = value else { throw .malformed }
    return (.openings(uid), .number(count))
  }

  private static func value(
    of field: Field, _ value: JSONValue, _ uid: UID
  ) throws(SegmentError) -> RegisterValue {
    switch field {
    case .title, .leaf, .url, .note, .schema:
      if value == .null, field != .title, field != .leaf { return .none }
      guard case .string(let text) = value, isSound(text, field) else { throw .malformed }
      return .text(text)
    case .created, .modified, .openedAt:
      if value == .null, field == .openedAt { return .none }
      guard case .integer(let time) = value, isTime(time) else { throw .malformed }
      return .number(time)
    case .parent:
      if value == .null { return .none }
      guard let parent = value.uid else { throw .malformed }
      return .parent(parent)
    case .place: return try place(value, uid)
    case .state: return try state(value)
    case .tag, .metadata, .openings: throw .newer
    }
  }

  private static func place(_ value: JSONValue, _ uid: UID) throws(SegmentError) -> RegisterValue {
    guard case .array(let parts) = value, (1...2).contains(parts.count), let category = parts[0].uid
    else { throw .malformed }
    guard parts.count == 2 else { return .place(category: category, key: PlaceKey.ofUID(uid)) }
    guard case .string(let text) = parts[1], let key = [UInt8](hex: text), !key.isEmpty,
      key.count <= PlaceKey.longest, key.last != 0
    else { throw .malformed }
    return .place(category: category, key: key)
  }

  private static func state(_ value: JSONValue) throws(SegmentError) -> RegisterValue {
    switch value {
    case .string("live"): return .live
    case .array(let parts):
      guard parts.count == 2, parts[0] == .string("trash"), case .integer(let time) = parts[1],
        isTime(time)
      else { throw .malformed }
      return .trash(time)
    default: throw .malformed
    }
  }

  private static func isTime(_ time: Int64) -> Bool {
    Timestamp(milliseconds: time).milliseconds == time
  }

  private static func isSound(_ text: String, _ field: Field) -> Bool {
    switch field {
    case .title:
      return isPlain(text, atMost: Limits.titleBytes) || isSame(Draft.soundTitle(text), text)
    case .url:
      return isPlain(text, atMost: Limits.urlBytes) || isSame(Draft.soundURL(text), text)
    case .note:
      return isPlain(text, atMost: Limits.noteBytes) || isSame(Draft.soundNote(text), text)
    case .leaf:
      guard let path = try? CategoryPath.parse(text) else { return false }
      return path.components.count == 1 && isSame(path.text, text)
    case .schema:
      guard let json = try? JSONValue.parse(Array(text.utf8)) else { return false }
      return (try? MetadataSchema(from: json)) != nil
    default: return false
    }
  }

  /// Whether a text is trimmed printable ASCII, as most are, and so needs no further checks.
  private static func isPlain(_ text: String, atMost limit: Int) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20,
      bytes.count <= limit
    else { return false }
    return bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private static func isSame(_ first: String?, _ second: String) -> Bool {
    first.map { $0.utf8.elementsEqual(second.utf8) } ?? false
  }
}

extension Field {
  /// Whether items of a kind have the field.
  fileprivate func belongs(to kind: SyncKind) -> Bool {
    switch self {
    case .note, .created, .modified, .state: true
    case .title, .url, .openedAt, .place, .tag, .metadata, .openings: kind == .favourite
    case .leaf, .parent, .schema: kind == .category
    }
  }
}
