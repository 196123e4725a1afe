internal import CSQLite

/// How often each of some byte strings was met, where many are the same: a dictionary would make a
/// string of each.
package struct ByteCounts {
  /// The bytes of all entries, one behind the other.
  private var bytes: [UInt8] = []
  private var entries: [(hash: UInt64, part: Range<Int>, count: Int64)] = []
  /// The numbers of entries, counted from 1; 0 for none. There is a power of two of them.
  private var slots: [Int] = []
  /// What hashes begin with: nobody can write a file for it of which all hashes are the same.
  private let seed = UInt64.random(in: .min ... .max)

  package init() {}

  /// Counts some bytes.
  package mutating func add(_ bytes: ArraySlice<UInt8>, times: Int64 = 1) {
    unsafe bytes.withUnsafeBytes { unsafe add($0, times) }
  }

  /// How often some bytes were met.
  package func count(of bytes: [UInt8]) -> Int64 {
    guard !slots.isEmpty else { return 0 }
    let entry = unsafe bytes.withUnsafeBytes { bytes in
      unsafe slots[slot(of: bytes, FNV1a(bytes, from: seed).value)]
    }
    return entry == 0 ? 0 : entries[entry - 1].count
  }

  /// Passes all that were met to a closure, in the order in which they were met first.
  package func forEach(_ body: (ArraySlice<UInt8>, _ count: Int64) -> Void) {
    for entry in entries { body(bytes[entry.part], entry.count) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer, _ times: Int64) {
    if 2 * entries.count >= slots.count { grow() }
    let hash = unsafe FNV1a(bytes, from: seed).value
    let slot = unsafe slot(of: bytes, hash)
    guard slots[slot] == 0 else {
      entries[slots[slot] - 1].count += times
      return
    }
    let start = self.bytes.count
    unsafe self.bytes.append(contentsOf: bytes)
    entries.append((hash, start..<self.bytes.count, times))
    slots[slot] = entries.count
  }

  /// The slot where the number of some bytes is, or belongs.
  private func slot(of bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
    var slot = first(of: hash)
    while slots[slot] != 0 {
      let entry = entries[slots[slot] - 1]
      if entry.hash == hash, unsafe isSame(entry.part, bytes) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isSame(_ part: Range<Int>, _ other: UnsafeRawBufferPointer) -> Bool {
    guard part.count == other.count else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      // Only what has no bytes has no address.
      guard let here = bytes.baseAddress, let there = other.baseAddress else { return true }
      return unsafe favs_is_same(here + part.lowerBound, there, part.count) != 0
    }
  }

  private func first(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int](repeating: 0, count: max(64, 2 * slots.count))
    for (index, entry) in entries.enumerated() {
      var slot = first(of: entry.hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index + 1
    }
  }
}

extension Statement {
  /// Counts the bytes of a column, without a copy where they were met before; null is not counted.
  package func count(_ column: Int32, in counts: inout ByteCounts) {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    unsafe counts.add(UnsafeRawBufferPointer(start: start, count: count), 1)
  }
}
