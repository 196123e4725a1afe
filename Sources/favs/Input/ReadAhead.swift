internal import Exchange
internal import Favourites
internal import Host

/// Input that is read before the database is opened for writing, so that no other process waits for
/// it.
///
/// Holds the input up to a limit. Longer input is read twice, or once if that is known beforehand:
/// then the writing takes longer than the reading.
struct ReadAhead<Item> {
  /// The items; empty if there are too many to hold.
  private(set) var items: [Item] = []
  /// Whether all items are held.
  private(set) var isWhole = true
  private var size = 0

  /// The most bytes to hold.
  private static var mostHeld: Int { 64 << 20 }

  /// - Parameter size: the size of the input in bytes, if that is known; items are not held if they
  ///   are too many for that, as a rule.
  init(ofSize size: Int64? = nil) { isWhole = size ?? 0 <= 4 * Int64(Self.mostHeld) }

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

  /// Passes the items to `body` in order, prepared. If a second thread pays off, it prepares them,
  /// and reads them again if they are not held.
  ///
  /// - Parameters:
  ///   - source: what to read again.
  ///   - isParallel: false if reading has to stay on this thread.
  ///   - prepare: does what needs no database.
  ///   - again: passes all items of the input to the function it is given, which returns false to
  ///     stop.
  func each<Source: ~Copyable, Prepared: Sendable>(
    of source: inout Source, isParallel: Bool = true,
    preparing prepare: @escaping (Item, inout DraftPreparer) -> Prepared,
    reading again: @escaping (inout Source, (Item) -> Bool) throws(Failure) -> Void,
    _ body: (Prepared) throws(Failure) -> Void
  ) throws(Failure) {
    var ending: Failure?
    try Handover.run(
      from: &source, isParallel: isParallel && (!isWhole || items.count > 2_000),
      making: { (source: inout Source, put: (Prepared) -> Bool) in
        var preparer = DraftPreparer()
        for item in items { guard put(prepare(item, &preparer)) else { return } }
        guard !isWhole else { return }
        do throws(Failure) {
          try again(&source) { put(prepare($0, &preparer)) }
        } catch {
          ending = error
        }
      },
      taking: { (portion) throws(Failure) in
        // Not copied one by one: they may be large.
        let things = portion.span
        for index in things.indices { try body(things[index]) }
      })
    if let ending { throw ending }
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
