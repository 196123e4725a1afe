package import Favourites

/// The name of a register of a favourite or a category.
package enum Field: Hashable, Sendable {
  case title, url, note, created, modified, openedAt
  /// A tag, by its case-folded name.
  case tag(String)
  /// A metadata key.
  case metadata(String)
  /// The number of openings on a device. Under the favourite's own uid: the number when it was added.
  case openings(UID)
  /// The category, and the key for the order in it.
  case place
  case state
  /// The last component of a category's name.
  case leaf
  case parent
  /// The metadata fields of a category.
  case schema

  /// The stored form.
  package var text: String {
    switch self {
    case .title: "title"
    case .url: "url"
    case .note: "note"
    case .created: "created"
    case .modified: "modified"
    case .openedAt: "opened_at"
    case .tag(let key): "tag:" + key
    case .metadata(let name): "meta:" + name
    case .openings(let source): "opened:" + source.hex
    case .place: "place"
    case .state: "state"
    case .leaf: "leaf"
    case .parent: "parent"
    case .schema: "schema"
    }
  }

  /// Parses the form of `text`; nil if it is invalid.
  package init?(text: String) {
    if let plain = Self.plain[text] {
      self = plain
      return
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let rest = String(text[text.utf8.index(after: colon)...])
    switch text[..<colon] {
    case "tag": self = .tag(rest)
    case "meta": self = .metadata(rest)
    case "opened":
      guard let source = UID(hex: rest) else { return nil }
      self = .openings(source)
    default: return nil
    }
  }

  private static let plain: [String: Field] = [
    "title": .title, "url": .url, "note": .note, "created": .created, "modified": .modified,
    "opened_at": .openedAt, "place": .place, "state": .state, "leaf": .leaf, "parent": .parent,
    "schema": .schema,
  ]

  /// The fields with a single value that every favourite, or every category, may have.
  package static func plain(_ kind: SyncKind) -> [Field] {
    switch kind {
    case .favourite: [.title, .url, .note, .created, .modified, .openedAt]
    case .category: [.leaf, .parent, .note, .schema, .created, .modified]
    }
  }

  /// Whether concurrent writes of two devices are reported as a conflict.
  package var isTold: Bool {
    switch self {
    case .title, .url, .note, .leaf, .parent, .schema, .metadata: true
    default: false
    }
  }
}

extension Field: Comparable {
  /// The order of `text` by bytes, without creating the texts, since it is called often.
  package static func < (first: Field, second: Field) -> Bool {
    switch (first, second) {
    case (.tag(let one), .tag(let other)), (.metadata(let one), .metadata(let other)):
      one.utf8.lexicographicallyPrecedes(other.utf8)
    case (.openings(let one), .openings(let other)): one < other
    default: first.place < second.place
    }
  }

  /// The position of fields of this kind in that order.
  private var place: Int {
    switch self {
    case .created: 0
    case .leaf: 1
    case .metadata: 2
    case .modified: 3
    case .note: 4
    case .openings: 5
    case .openedAt: 6
    case .parent: 7
    case .place: 8
    case .schema: 9
    case .state: 10
    case .tag: 11
    case .title: 12
    case .url: 13
    }
  }
}
