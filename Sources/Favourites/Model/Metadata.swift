/// What else is known of a favourite: names with typed values, in the order of the names' bytes.
package struct Metadata: Hashable, Sendable {
  /// One name and its value.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: MetadataValue

    /// The key must be one that `checkKey` takes.
    package init(_ key: String, _ value: MetadataValue) {
      self.key = key
      self.value = value
    }
  }

  /// All of it, ascending by the bytes of the key, each key once.
  package private(set) var entries: [Entry] = []

  /// Of a key that comes twice, the last value counts.
  package init(_ entries: [Entry] = []) {
    for entry in entries { self[entry.key] = entry.value }
  }

  /// Whether there is none.
  package var isEmpty: Bool { entries.isEmpty }

  /// The value of a key, compared byte by byte; setting nil removes it.
  ///
  /// How many there are is checked by `checkCount()`, once all are set. Of more than a favourite may have, only the
  /// first beyond is kept, so that filling it takes no longer than what is given.
  package subscript(key: String) -> MetadataValue? {
    get {
      let place = place(of: key)
      return isKey(key, at: place) ? entries[place].value : nil
    }
    set {
      let place = place(of: key)
      let isThere = isKey(key, at: place)
      switch (newValue, isThere) {
      case (let value?, true): entries[place] = Entry(key, value)
      case (let value?, false):
        guard entries.count <= Limits.metadataPerFavourite else { return }
        entries.insert(Entry(key, value), at: place)
      case (nil, true): entries.remove(at: place)
      case (nil, false): break
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
      !":=<>!~".unicodeScalars.contains(scalar) && !scalar.properties.isWhitespace
        && !scalar.isControl
    }
    guard isPlain else { throw .badKey(key) }
  }

  /// The first place whose key is not before this one.
  private func place(of key: String) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key.utf8.lexicographicallyPrecedes(key.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private func isKey(_ key: String, at place: Int) -> Bool {
    place < entries.count && entries[place].key.utf8.elementsEqual(key.utf8)
  }
}
