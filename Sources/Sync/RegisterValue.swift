package import Favourites

/// The value of a register.
package enum RegisterValue: Hashable, Sendable {
  /// No value: no URL, no tag of this name, no parent category.
  case none
  case text(String)
  /// Milliseconds, or a count.
  case number(Int64)
  /// A value of metadata, with the spelling of its name.
  case metadata(Metadata.Entry)
  case place(category: UID, key: [UInt8])
  case parent(UID)
  case live
  /// In the trash since a time.
  case trash(Int64)

  /// The target in the stamp of a correction to this value.
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

  /// Decides between two values with the same stamp: no value comes first, then the bytes of the
  /// JSON count, and last the spelling of the name.
  var weight: [UInt8] {
    if case .none = self { return [] }
    if case .place(_, let key) = self { return Array(key.hex.utf8) }
    var json = JSONWriter()
    write(to: &json, own: nil)
    if case .metadata(let entry) = self { return [1] + json.bytes + [0] + entry.key.utf8 }
    return [1] + json.bytes
  }

  /// Compares what is stored: texts by their bytes.
  package static func == (first: RegisterValue, second: RegisterValue) -> Bool {
    switch (first, second) {
    case (.none, .none), (.live, .live): true
    case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
    case (.number(let one), .number(let other)): one == other
    case (.metadata(let one), .metadata(let other)): one == other
    case (.place(let one, let key), .place(let other, let otherKey)):
      one == other && key == otherKey
    case (.parent(let one), .parent(let other)): one == other
    case (.trash(let one), .trash(let other)): one == other
    default: false
    }
  }

  /// Writes the value as in a segment.
  ///
  /// - Parameter own: the uid of the favourite; a place key derived from it is left out.
  func write(to json: inout JSONWriter, own: UID?) {
    switch self {
    case .none: json.null()
    case .text(let text): json.string(text)
    case .number(let number): json.integer(number)
    case .metadata(let entry): entry.value.writeTyped(to: &json)
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

/// A register: a value and the stamp of its write.
package struct Register: Hashable, Sendable {
  package var stamp: Stamp
  package var value: RegisterValue

  package init(_ stamp: Stamp, _ value: RegisterValue) {
    self.stamp = stamp
    self.value = value
  }
}
