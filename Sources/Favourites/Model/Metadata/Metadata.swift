/// Further data of a favourite: names with typed values, ordered by the bytes of the names.
package struct Metadata: Hashable, Sendable {
  /// One name and its value.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: MetadataValue

    /// The key must be one that `checkKey` accepts. Text is composed (NFC), whatever its form.
    package init(_ key: String, _ value: MetadataValue) {
      self.key = key
      self.value = if case .text(let text) = value { .text(text.composed) } else { value }
    }

    /// Compares what is stored: `3.1` and `3.10` are equal values, but not equal entries.
    package static func == (first: Entry, second: Entry) -> Bool {
      areSame(first.key, second.key) && first.value.kind == second.value.kind
        && areSame(first.value.text, second.value.text)
    }
  }

  /// All entries, ascending by the bytes of the key, without duplicates.
  package private(set) var entries: [Entry] = []

  /// The last value of a duplicate key counts.
  package init(_ entries: [Entry] = []) {
    for entry in entries { self[entry.key] = entry.value }
  }

  /// Whether there are no entries.
  package var isEmpty: Bool { entries.isEmpty }

  /// The value of a key, compared as a name; setting nil removes it. An existing key keeps its
  /// spelling.
  ///
  /// `checkCount()` checks the number of entries once all are set. Beyond the limit only one more
  /// entry is kept, and no value is changed, so that filling it takes no longer than reading the
  /// input.
  package subscript(key: String) -> MetadataValue? {
    get { index(of: key).map { entries[$0].value } }
    set {
      guard newValue == nil || entries.count <= Limits.metadataPerFavourite else { return }
      switch (newValue, index(of: key)) {
      case (let value?, let index?): entries[index] = Entry(entries[index].key, value)
      case (let value?, nil):
        let key = key.composed
        entries.insert(Entry(key, value), at: position(of: key))
      case (nil, let index?): entries.remove(at: index)
      case (nil, nil): break
      }
    }
  }

  /// Refuses more entries than a favourite may have.
  package func checkCount() throws(MetadataError) {
    guard entries.count <= Limits.metadataPerFavourite else { throw .tooMany }
  }

  /// Refuses invalid names: they have 1...128 bytes, no white space, control character or
  /// `: = < > ! ~`.
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

  /// Adds an entry whose name may be another's in another spelling: if its value differs, it is
  /// kept too, under the first free name.
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

  /// A key with a number appended, within the limit on keys.
  private static func name(_ key: String, _ number: Int) -> String {
    let suffix = "-\(number)"
    var stem = key[...]
    while stem.utf8.count + suffix.utf8.count > Limits.metadataKeyBytes { stem.removeLast() }
    return stem + suffix
  }

  /// The first place whose key is not before this one.
  private func position(of key: String) -> Int {
    entries.partitionPoint { !$0.key.utf8.lexicographicallyPrecedes(key.utf8) }
  }

  /// The place of a key, in any spelling.
  private func index(of key: String) -> Int? {
    let position = position(of: key)
    if position < entries.count, entries[position].key.utf8.elementsEqual(key.utf8) {
      return position
    }
    return entries.firstIndex { $0.key.isSameName(as: key) }
  }
}
