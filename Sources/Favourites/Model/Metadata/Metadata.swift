/// What else is known of a favourite: names with typed values, in the order of the names' bytes.
package struct Metadata: Hashable, Sendable {
  /// One name and its value.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: MetadataValue

    /// The key must be one that `checkKey` takes. Text is composed, whichever way it came in.
    package init(_ key: String, _ value: MetadataValue) {
      self.key = key
      self.value = if case .text(let text) = value { .text(text.composed) } else { value }
    }
  }

  /// All of it, ascending by the bytes of the key, each name once.
  package private(set) var entries: [Entry] = []

  /// Of a key that comes twice, the last value counts.
  package init(_ entries: [Entry] = []) {
    for entry in entries { self[entry.key] = entry.value }
  }

  /// Whether there is none.
  package var isEmpty: Bool { entries.isEmpty }

  /// The value of a key, compared as names are; setting nil removes it. A key that is there keeps its spelling.
  ///
  /// How many there are is checked by `checkCount()`, once all are set. Of more than a favourite may have, only the
  /// first beyond is kept, so that filling it takes no longer than what is given.
  package subscript(key: String) -> MetadataValue? {
    get { index(of: key).map { entries[$0].value } }
    set {
      switch (newValue, index(of: key)) {
      case (let value?, let index?): entries[index] = Entry(entries[index].key, value)
      case (let value?, nil):
        guard entries.count <= Limits.metadataPerFavourite else { return }
        let key = key.composed
        entries.insert(Entry(key, value), at: place(of: key))
      case (nil, let index?): entries.remove(at: index)
      case (nil, nil): break
      }
    }
  }

  /// Refuses more pieces than a favourite may have.
  package func checkCount() throws(MetadataError) {
    guard entries.count <= Limits.metadataPerFavourite else { throw .tooMany }
  }

  /// Refuses what is no name: 1...128 bytes, no white space, control character or `: = < > ! ~`.
  package static func checkKey(_ key: String) throws(MetadataError) {
    guard !key.isEmpty else { throw .emptyKey }
    let size = key.utf8.count
    guard size <= Limits.metadataKeyBytes else { throw .longKey(bytes: size) }
    let isPlain = key.unicodeScalars.allSatisfy { scalar in
      !":=<>!~".unicodeScalars.contains(scalar) && !scalar.isWhitespace
        && !scalar.isControl
    }
    guard isPlain else { throw .badKey(key) }
  }

  /// Takes over a piece that may have the name of another in another spelling: what says something else than that is
  /// kept beside it, under the first name that is free.
  mutating func take(_ value: MetadataValue, for key: String) {
    guard let index = index(of: key), !entries[index].key.utf8.elementsEqual(key.utf8) else {
      return self[key] = value
    }
    let there = entries[index].value
    if there.text.isEmpty {
      entries[index] = Entry(entries[index].key, value)
    } else if there != value, !value.text.isEmpty {
      var number = 2
      while self[Self.name(key, number)] != nil { number += 1 }
      self[Self.name(key, number)] = value
    }
  }

  /// A key with a number behind it, within what a key may have.
  private static func name(_ key: String, _ number: Int) -> String {
    let suffix = "-\(number)"
    var stem = key[...]
    while stem.utf8.count + suffix.utf8.count > Limits.metadataKeyBytes { stem.removeLast() }
    return stem + suffix
  }

  /// The first place whose key is not before this one.
  private func place(of key: String) -> Int {
    entries.partitionPoint { !$0.key.utf8.lexicographicallyPrecedes(key.utf8) }
  }

  /// Where a key is, in whatever spelling.
  private func index(of key: String) -> Int? {
    let place = place(of: key)
    if place < entries.count, entries[place].key.utf8.elementsEqual(key.utf8) { return place }
    return entries.firstIndex { $0.key.isSameName(as: key) }
  }
}
