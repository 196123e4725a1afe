package import Favourites

/// The name of a register of a favourite or a category.
package enum Field: Hashable, Sendable {
  case title, url, note, created, modified, openedAt
  /// A tag, by its folded name.
  case tag(String)
  /// A name of metadata.
  case metadata(String)
  /// How often a device opened it. Under the favourite's own uid: how often it was opened when it was added.
  case openings(UID)
  /// The category and the key of the order there.
  case place
  case state
  /// The last part of a category's name.
  case leaf
  case parent
  /// The fields that a category asks for.
  case schema

  /// The text by which a file keeps it.
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

  /// Reads what `text` gives; nil for anything else.
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

  /// The fields that every favourite, or every category, may have one value of.
  package static func plain(_ kind: SyncKind) -> [Field] {
    switch kind {
    case .favourite: [.title, .url, .note, .created, .modified, .openedAt]
    case .category: [.leaf, .parent, .note, .schema, .created, .modified]
    }
  }

  /// Whether a person is told where two devices wrote it and had not seen each other's.
  package var isTold: Bool {
    switch self {
    case .title, .url, .note, .leaf, .parent, .schema, .metadata: true
    default: false
    }
  }
}

extension Field: Comparable {
  /// The order of the bytes of `text`, without making the texts: it is asked for again and again.
  package static func < (first: Field, second: Field) -> Bool {
    switch (first, second) {
    case (.tag(let one), .tag(let other)), (.metadata(let one), .metadata(let other)):
      one.utf8.lexicographicallyPrecedes(other.utf8)
    case (.openings(let one), .openings(let other)): one < other
    default: first.place < second.place
    }
  }

  /// Where the fields of its kind stand in that order.
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
