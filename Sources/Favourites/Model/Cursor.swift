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
  /// What stood around it, in an order in which no value keeps its place.
  var surroundings: Surroundings?

  /// The version of the orders: raised whenever one of them changes, so that a place in an old
  /// order is not taken for one in the new.
  private static let version: Int64 = 3

  /// The text that users pass back.
  package var text: String {
    var json = JSONWriter()
    json.beginArray()
    json.integer(Self.version)
    json.string(ordering.text)
    json.integer(id)
    for key in keys { key.write(to: &json) }
    surroundings?.write(to: &json)
    json.endArray()
    return Base64URL.encode(json.bytes)
  }

  init(ordering: Ordering, id: Int64, keys: [JSONValue], surroundings: Surroundings? = nil) {
    self.ordering = ordering
    self.id = id
    self.keys = keys
    self.surroundings = surroundings
  }

  /// Parses the output of `text`.
  package init?(text: String) {
    guard let values = Self.values(text), values.count >= 4, values[0].whole == Self.version,
      let name = values[1].text, let ordering = Ordering(name), let id = values[2].whole
    else { return nil }
    var keys = Array(values[3...])
    var surroundings: Surroundings?
    if ordering.isByRank || ordering.key == .relevance {
      surroundings = Surroundings(keys.suffix(Surroundings.parts))
      guard surroundings != nil else { return nil }
      keys.removeLast(Surroundings.parts)
    }
    guard Self.areKeys(keys, of: ordering.key) else { return nil }
    self.init(ordering: ordering, id: id, keys: keys, surroundings: surroundings)
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

extension Cursor {
  /// The favourites around a place, the nearest first, and the last change before they were listed.
  struct Surroundings: Equatable, Sendable {
    let change: Int64
    /// Those shown before the last one.
    let shown: [Int64]
    /// Those that come next.
    let coming: [Int64]

    /// How many are kept on either side: of so many, hardly all go at once, and a cursor stays
    /// short.
    static let most = 6
    /// The number of its values in a cursor.
    fileprivate static let parts = 3

    fileprivate func write(to json: inout JSONWriter) {
      json.integer(change)
      for ids in [shown, coming] {
        json.beginArray()
        for id in ids { json.integer(id) }
        json.endArray()
      }
    }
  }

  /// The favourites by which the place is found again, the best first, and whether each is still to
  /// be shown.
  var anchors: [(id: Int64, isComing: Bool)] {
    var anchors = [(id: id, isComing: false)]
    guard let surroundings else { return anchors }
    for index in 0..<Surroundings.most {
      if index < surroundings.coming.count { anchors.append((surroundings.coming[index], true)) }
      if index < surroundings.shown.count { anchors.append((surroundings.shown[index], false)) }
    }
    return anchors
  }
}

extension Cursor.Surroundings {
  /// Reads what `write(to:)` writes.
  fileprivate init?(_ values: ArraySlice<JSONValue>) {
    guard values.count == Self.parts, let first = values.first, let change = first.whole,
      let shown = Self.ids(values.dropFirst().first), let coming = Self.ids(values.last)
    else { return nil }
    self.init(change: change, shown: shown, coming: coming)
  }

  private static func ids(_ json: JSONValue?) -> [Int64]? {
    guard case .array(let values)? = json, values.count <= most else { return nil }
    let ids = values.compactMap(\.whole)
    return ids.count == values.count ? ids : nil
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
