internal import Exchange
internal import Favourites

/// What was read of an input before the database is opened for writing, so that nobody waits for that meanwhile.
///
/// Up to a limit it is held. Where there is more, it is read a second time: then what takes long is the writing.
struct ReadAhead<Item> {
  /// What is held; nothing where there is more than that.
  private(set) var items: [Item] = []
  /// Whether all of it is held.
  private(set) var isWhole = true
  private var size = 0

  /// How much is held, in bytes.
  private static var mostHeld: Int { 64 << 20 }

  /// Takes something, of about so many bytes.
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
  /// About how many bytes it takes in memory.
  var approximateSize: Int {
    var size = 256 + (title?.utf8.count ?? 0) + (url?.utf8.count ?? 0) + (note?.utf8.count ?? 0)
    for tag in tags { size += 48 + 2 * tag.text.utf8.count }
    for entry in values.entries { size += 96 + entry.key.utf8.count + entry.value.text.utf8.count }
    return size
  }
}

extension ForeignFile {
  /// Goes back to the beginning, to be read a second time.
  mutating func rewind(called name: String) throws(Failure) {
    do throws(ExchangeError) {
      try rewind()
    } catch {
      throw Failure(error, in: name)
    }
  }
}
