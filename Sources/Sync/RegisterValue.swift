package import Favourites

/// What a register holds.
package enum RegisterValue: Hashable, Sendable {
  /// Nothing: no url, no tag of this name, no category above.
  case none
  case text(String)
  /// Milliseconds, or a count.
  case number(Int64)
  case metadata(MetadataValue)
  case place(category: UID, key: [UInt8])
  case parent(UID)
  case live
  /// In the trash since then.
  case trash(Int64)

  /// What a correction to this value says of where it leads.
  var target: String {
    switch self {
    case .place(let category, _): category.hex
    case .parent(let uid): uid.hex
    case .live: "live"
    case .trash: "trash"
    case .none, .text, .number, .metadata: ""
    }
  }

  var isNone: Bool { self == .none }

  /// What decides between two values of one stamp: nothing is least, then the bytes of the JSON.
  var weight: [UInt8] {
    if case .none = self { return [] }
    if case .place(_, let key) = self { return Array(key.hex.utf8) }
    var json = JSONWriter()
    write(to: &json, own: nil)
    return [1] + json.bytes
  }

  /// Writes it as a segment has it.
  ///
  /// - Parameter own: the uid of the favourite, whose key is left out of its place where it is the one that follows from it.
  func write(to json: inout JSONWriter, own: UID?) {
    switch self {
    case .none: json.null()
    case .text(let text): json.string(text)
    case .number(let number): json.integer(number)
    case .metadata(let value): value.writeTyped(to: &json)
    case .place(let category, let key):
      json.beginArray()
      json.string(category.hex)
      if own.map({ PlaceKey.ofUID($0) != key }) ?? true { json.string(key.hex) }
      json.endArray()
    case .parent(let uid): json.string(uid.hex)
    case .live: json.string("live")
    case .trash(let time):
      json.beginArray()
      json.string("trash")
      json.integer(time)
      json.endArray()
    }
  }
}

/// A register: when it was written, and what it holds.
package struct Register: Hashable, Sendable {
  package var stamp: Stamp
  package var value: RegisterValue

  package init(_ stamp: Stamp, _ value: RegisterValue) {
    self.stamp = stamp
    self.value = value
  }
}
