package import Favourites

/// The name of a register of a favourite or a category.
package enum Field: Hashable, Sendable {
  /// A column with one value for all devices.
  case column(FavouriteColumn)
  /// A tag, by its case-folded name.
  case tag(String)
  case metadata(MetadataName)
  /// The number of openings on a device. Under the favourite's own uid: the number when it was
  /// added.
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
    case .column(let column): column.shortName
    case .tag(let key): "tag:" + key
    case .metadata(let name): "meta:" + name.text
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
    case "meta": self = .metadata(MetadataName(rest))
    case "opened":
      guard let source = UID(hex: rest) else { return nil }
      self = .openings(source)
    default: return nil
    }
  }

  private static let plain: [String: Field] = Dictionary(
    uniqueKeysWithValues: (ofFavourites + [.place, .leaf, .parent, .schema]).map { ($0.text, $0) })

  /// The fields that every favourite, or every category, has one value of in its row.
  static func plain(_ kind: SyncKind) -> [Field] {
    kind == .favourite ? ofFavourites : ofCategories
  }

  /// Without openings, which each device counts. Sorted here, so that sorting them again later
  /// costs little.
  private static let ofFavourites: [Field] =
    (([.title, .url, .note] + FavouriteColumn.plain.filter { $0 != .opened }).map(Field.column)
    + [.state]).sorted()

  private static let ofCategories: [Field] = [
    .column(.note), .column(.createdAt), .column(.modifiedAt), .leaf, .schema, .state,
  ]

  /// Whether things of a kind have it.
  func belongs(to kind: SyncKind) -> Bool {
    switch self {
    case .state: true
    case .column: kind == .favourite || Self.ofCategories.contains(self)
    case .place, .tag, .metadata, .openings: kind == .favourite
    case .leaf, .parent, .schema: kind == .category
    }
  }

  /// Whether concurrent writes of two devices are reported as a conflict.
  package var isTold: Bool {
    switch self {
    case .column(let column): column.isGiven
    case .leaf, .parent, .schema, .metadata: true
    default: false
    }
  }
}

/// The name of a piece of metadata, as spelled. Spellings of one name are equal, so that they are
/// one register.
package struct MetadataName: Hashable, Sendable {
  package let text: String
  /// The folded name.
  let key: String

  package init(_ text: String) { self.init(text, key: text.foldedName) }

  /// - Parameter key: the folded name, where it is known.
  init(_ text: String, key: String) {
    self.text = text
    self.key = key
  }

  package static func == (first: MetadataName, second: MetadataName) -> Bool {
    first.key == second.key
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension Field: Comparable {
  /// The order of `text` by bytes, without creating the texts, since it is called often.
  package static func < (first: Field, second: Field) -> Bool {
    let (one, other) = (places[first.number], places[second.number])
    if one != other { return one < other }
    switch (first, second) {
    case (.tag(let one), .tag(let other)):
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    case (.metadata(let one), .metadata(let other)):
      return one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
    case (.openings(let one), .openings(let other)): return one < other
    default: return false
    }
  }

  /// Where the fields of each kind stand in that order, by its number.
  private static let places: [Int] = {
    let name = MetadataName("")
    let kinds: [Field] =
      [.leaf, .metadata(name), .openings(.none), .parent, .place, .schema, .state, .tag("")]
      + FavouriteColumn.allCases.map(Field.column)
    let texts = kinds.map { Array($0.text.utf8) }
    return texts.map { text in texts.count { $0.lexicographicallyPrecedes(text) } }
  }()

  private var number: Int {
    switch self {
    case .leaf: 0
    case .metadata: 1
    case .openings: 2
    case .parent: 3
    case .place: 4
    case .schema: 5
    case .state: 6
    case .tag: 7
    case .column(let column): 8 + Int(column.rawValue)
    }
  }
}
