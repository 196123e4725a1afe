internal import Favourites

// All incoming data is validated here, by the same rules as input from users: a segment with
// invalid data is rejected.

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
    if text.isPlainASCII(atMost: Limits.tagBytes), !text.utf8.contains(UInt8(ascii: ",")) {
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
      let field = Field.metadata(MetadataName(name))
      if value == .null { return (field, .none) }
      guard case .object = value else { throw SegmentError.malformed }
      let entry = Metadata.Entry(name, try MetadataValue(plain: value, key: name))
      return (field, .metadata(entry))
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
    case .column(let column):
      switch value {
      case .null where column.isOptional: return .none
      case .string(let text) where column.kind.isExact(text): return .text(text)
      case .integer(let number) where column.kind.isKept(number): return .number(number)
      default: throw .malformed
      }
    case .leaf:
      guard case .string(let text) = value, isLeaf(text) else { throw .malformed }
      return .text(text)
    case .schema:
      if value == .null { return .none }
      guard case .string(let text) = value, let json = try? JSONValue.parse(Array(text.utf8)),
        (try? MetadataSchema(from: json)) != nil
      else { throw .malformed }
      return .text(text)
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

  private static func isTime(_ time: Int64) -> Bool { ColumnKind.time.isKept(time) }

  private static func isLeaf(_ text: String) -> Bool {
    guard let path = try? CategoryPath.parse(text) else { return false }
    return path.components.count == 1 && isSame(path.text, text)
  }

  private static func isSame(_ first: String, _ second: String) -> Bool {
    first.utf8.elementsEqual(second.utf8)
  }
}
