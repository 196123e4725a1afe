/// A place in a listing: the favourite shown last, and the order of the listing.
///
/// Opaque to its users: JSON in base64url (RFC 4648, 5) without padding. It stays valid when
/// favourites are added, moved or removed in the meantime.
package struct Cursor: Equatable, Sendable {
  /// The order it belongs to.
  package let ordering: Ordering
  /// The favourite shown last.
  let id: Int64
  /// The values that this favourite was sorted by.
  let keys: [JSONValue]

  /// The version of the orders: raised whenever one of them changes, so that a place in an old
  /// order is not taken for one in the new.
  private static let version: Int64 = 2

  /// The text that users pass back.
  package var text: String {
    var json = JSONWriter()
    json.beginArray()
    json.integer(Self.version)
    json.string(ordering.text)
    json.integer(id)
    for key in keys { key.write(to: &json) }
    json.endArray()
    return Base64URL.encode(json.bytes)
  }

  init(ordering: Ordering, id: Int64, keys: [JSONValue]) {
    self.ordering = ordering
    self.id = id
    self.keys = keys
  }

  /// Parses the output of `text`.
  package init?(text: String) {
    guard let values = Self.values(text), values.count >= 4, values[0].whole == Self.version,
      let name = values[1].text, let ordering = Ordering(name), let id = values[2].whole,
      Self.areKeys(Array(values[3...]), of: ordering.key)
    else { return nil }
    self.init(ordering: ordering, id: id, keys: Array(values[3...]))
  }

  /// Whether a text is a cursor from another version of the orders.
  package static func isOfAnotherVersion(_ text: String) -> Bool {
    guard let values = values(text), values.count >= 3 else { return false }
    // Before versions were introduced, the order came first.
    return values[0].text.flatMap { Ordering($0) } != nil
      || (values[0].whole ?? version) != version
  }

  private static func values(_ text: String) -> [JSONValue]? {
    guard let bytes = Base64URL.decode(text), case .array(let values)? = try? JSONValue.parse(bytes)
    else { return nil }
    return values
  }

  private static func areKeys(_ keys: [JSONValue], of order: Ordering.Key) -> Bool {
    switch order {
    case .rank, .category:
      return keys.count == 3 && keys[0].text != nil && keys[1].whole != nil && keys[2].whole != nil
    case .title: return keys.count == 1 && keys[0].text != nil
    case .metadata: return keys.count == 1 && (keys[0] == .null || SortValue(keys[0]) != nil)
    // A place among the results, after which the listing continues.
    case .relevance: return keys.count == 1 && (0..<Int64.max).contains(keys[0].whole ?? -1)
    case .column(let column):
      return keys.count == 1
        && (keys[0].whole != nil || column.isOptional && keys[0] == .null)
    }
  }
}

/// Encodes bytes as characters that need no quoting anywhere: RFC 4648, 5, without padding.
enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var letters: [UInt8] = []
    var (held, bits) = (UInt32(0), 0)
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        letters.append(alphabet[Int(held >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { letters.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
    return String(decoding: letters, as: UTF8.self)
  }

  /// Nil for text that `encode(_:)` does not produce.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (held, bits) = (UInt32(0), 0)
    for letter in text.utf8 {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      held = held << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
      }
    }
    return bits < 6 && encode(bytes) == text ? bytes : nil
  }
}
