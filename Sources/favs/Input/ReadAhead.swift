internal import Exchange
internal import Favourites

/// Input that is read before the database is opened for writing, so that no other process waits for it.
///
/// Holds the input up to a limit. Longer input is read twice: then the writing takes longer than the reading.
struct ReadAhead<Item> {
  /// The items; empty if there are too many to hold.
  private(set) var items: [Item] = []
  /// Whether all items are held.
  private(set) var isWhole = true
  private var size = 0
  /// Whether a second thread pays off.
  var isLarge: Bool { !isWhole || items.count > 2_000 }

  /// The most bytes to hold.
  private static var mostHeld: Int { 64 << 20 }

  /// Adds an item of about the given size, in bytes.
  mutating func keep(_ item: Item, size: Int) {
    guard isWhole else { return }
    self.size += size
    guard self.size <= Self.mostHeld else {
      isWhole = false
      items = []
      return
    }
    items.append(item)
  }
}

extension Draft {
  /// The approximate size in memory, in bytes.
  var approximateSize: Int {
    var size = 256 + (title?.utf8.count ?? 0) + (url?.utf8.count ?? 0) + (note?.utf8.count ?? 0)
    for tag in tags { size += 48 + 2 * tag.text.utf8.count }
    for entry in values.entries { size += 96 + entry.key.utf8.count + entry.value.text.utf8.count }
    return size
  }
}

extension ForeignFile {
  /// Returns to the beginning, to read the file a second time.
  mutating func rewind(called name: String) throws(Failure) {
    do throws(ExchangeError) {
      try rewind()
    } catch {
      throw Failure(error, in: name)
    }
  }
}
