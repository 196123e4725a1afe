/// A set of hashes met before. Its members are hashes already, and so are not hashed again, as in a
/// `Set`.
struct HashesMet {
  /// Slots, 0 where empty; their number is a power of two.
  private var slots: [UInt64] = []
  private var count = 0

  /// Inserts a hash; returns false if it was there.
  mutating func insert(_ hash: UInt64) -> Bool {
    if 2 * count >= slots.count { grow() }
    // A hash of 0 would look like an empty slot.
    let hash = hash == 0 ? 1 : hash
    let slot = Self.slot(of: hash, in: slots)
    guard slots[slot] == 0 else { return false }
    slots[slot] = hash
    count += 1
    return true
  }

  /// Whether a hash is in the set.
  func contains(_ hash: UInt64) -> Bool {
    guard !slots.isEmpty else { return false }
    let hash = hash == 0 ? 1 : hash
    return slots[Self.slot(of: hash, in: slots)] == hash
  }

  /// The slot where a hash is, or belongs.
  private static func slot(of hash: UInt64, in slots: [UInt64]) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: max(64, 2 * slots.count))
    for hash in slots where hash != 0 { larger[Self.slot(of: hash, in: larger)] = hash }
    slots = larger
  }
}
