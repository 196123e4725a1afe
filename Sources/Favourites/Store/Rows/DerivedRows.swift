internal import SQLite

/// Rows of `title`, `link`, `uid`, `tagging` and `attribute` for new favourites, until they are
/// written.
///
/// They are written in key order: then each of many rows goes next to the one before it, where
/// unsorted rows would each go to another page.
struct DerivedRows {
  struct Title {
    /// The first bytes of the key, and those behind them, which decide most comparisons.
    let (beginning, further): (UInt64, UInt64)
    let key: String
    let favourite: Int64
  }

  struct Attribute {
    let name: String
    let value: SortValue
    let favourite: Int64
    let text: String?
  }

  private(set) var titles: [Title] = []
  private(set) var links: [(key: Int64, favourite: Int64)] = []
  private(set) var uids: [(createdAt: Int64, favourite: Int64, uid: UID)] = []
  private(set) var taggings: [(tag: Int64, favourite: Int64)] = []
  private(set) var attributes: [Attribute] = []
  /// The uids, the links, and the titles of favourites without one, for quickly ruling out a match.
  private var hashes = HashesMet()
  private var size = 0

  /// How many bytes are held before the rows have to be written.
  private static let mostHeld = 48 << 20

  var isEmpty: Bool { size == 0 }
  var isFull: Bool { size >= Self.mostHeld }

  /// Records the key of a title.
  mutating func note(title key: String, of favourite: Int64) {
    titles.append(
      Title(
        beginning: key.utf8.prefix(8).number, further: key.utf8.dropFirst(8).prefix(8).number,
        key: key, favourite: favourite))
    size += 56 + key.utf8.count
  }

  /// Records a link, by its hash.
  mutating func note(link hash: UInt64, of favourite: Int64) {
    links.append((LinkKey.indexKey(hash), favourite))
    size += 16
  }

  /// Records a uid, and the date of creation, by which most are found.
  mutating func note(uid: UID, of favourite: Int64, createdAt: Int64) {
    uids.append((createdAt, favourite, uid))
    size += 32
  }

  /// Records a tag, by its id.
  mutating func note(tag: Int64, of favourite: Int64) {
    taggings.append((tag, favourite))
    size += 16
  }

  /// Records metadata, as the column holds it.
  mutating func note(metadata: String?, of favourite: Int64) {
    guard let metadata else { return }
    for entry in Metadata(stored: metadata).entries {
      let value = entry.value.sortValue
      attributes.append(
        Attribute(
          name: entry.key.foldedName, value: value, favourite: favourite,
          text: entry.value.textBeside(value)))
      size += 96 + entry.key.utf8.count + entry.value.text.utf8.count
    }
  }

  /// Makes a favourite findable while its rows are deferred: by its uid, and by its link or else
  /// its title.
  mutating func remember(_ uid: UID, _ texts: DerivedTexts) {
    _ = hashes.insert(uid.hash)
    _ = hashes.insert(texts.linkHash ?? Self.hash(texts.titleKey))
    size += 32
  }

  /// Whether a uid may be among them.
  func mayHold(uid: UID) -> Bool { hashes.contains(uid.hash) }

  /// Whether a link with this hash may be among them.
  func mayHold(link hash: UInt64) -> Bool { hashes.contains(hash) }

  /// Whether a favourite without a link whose title has this key may be among them.
  func mayHold(title key: String) -> Bool { hashes.contains(Self.hash(key)) }

  private static func hash(_ title: String) -> UInt64 { FNV1a(Array(title.utf8)).value }

  /// Sorts each kind by key.
  mutating func sort() {
    titles.sort { first, second in
      if first.beginning != second.beginning { return first.beginning < second.beginning }
      if first.further != second.further { return first.further < second.further }
      if areSame(first.key, second.key) { return first.favourite < second.favourite }
      return first.key.utf8.lexicographicallyPrecedes(second.key.utf8)
    }
    links.sort { $0 < $1 }
    uids.sort { ($0.createdAt, $0.favourite) < ($1.createdAt, $1.favourite) }
    taggings.sort { $0 < $1 }
    attributes.sort { first, second in
      if !areSame(first.name, second.name) {
        return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
      }
      return first.value == second.value
        ? first.favourite < second.favourite : first.value < second.value
    }
  }
}

extension Substring.UTF8View {
  /// Up to eight bytes as a number with the same order.
  fileprivate var number: UInt64 {
    var number: UInt64 = 0
    var left = 64
    for byte in self {
      left -= 8
      number |= UInt64(byte) << UInt64(left)
    }
    return number
  }
}
