internal import Favourites

// In a large first sync, most favourites are new here, and nothing was written to them after they
// were added. These need no comparison: they are added in bulk, as in an import.

/// A favourite to be added.
private struct Newcomer {
  let line: SegmentLine
  let header: SegmentHeader
  let row: SyncRow
  /// The place key; nil for the one derived from the uid.
  let key: [UInt8]?

  var sortKey: SortKey { SortKey(key: key, uid: line.uid) }
}

/// Favourites to be added in bulk.
struct Filling {
  fileprivate var newcomers: [Newcomer] = []
  private var uids: Set<UID> = []
  /// The match keys of existing favourites: see `Merger.matchKey(_:)`. Nil if nothing is to be
  /// added in bulk.
  private let known: Set<[UInt8]>?

  init(_ known: Set<[UInt8]>?) { self.known = known }

  var isOpen: Bool { known != nil }

  func mayBeKnown(_ key: @autoclosure () -> [UInt8]) -> Bool {
    guard let known else { return true }
    return !known.isEmpty && known.contains(key())
  }

  fileprivate mutating func insert(_ newcomer: Newcomer) -> Bool {
    guard uids.insert(newcomer.line.uid).inserted else { return false }
    newcomers.append(newcomer)
    return true
  }

  mutating func removeAll() {
    newcomers = []
    uids = []
  }
}

extension Merger {
  /// The most favourites that may exist already, since each incoming one is compared with them.
  private static let mostKnown: Int64 = 65_536

  /// Starts adding in bulk, unless there are too many favourites here.
  mutating func filling(matches: Bool) throws(StoreError) -> Filling {
    guard try store.syncLiveCount() <= Self.mostKnown else { return Filling(nil) }
    var known: Set<[UInt8]> = []
    var last: Int64 = 0
    while matches {
      let ids = try store.syncLiving(after: last)
      guard let end = ids.last else { break }
      for id in ids {
        if let row = try store.syncFavourite(id) { known.insert(matchKey(row)) }
      }
      last = end
    }
    return Filling(known)
  }

  /// Takes a line of a favourite that only needs to be added; false if it needs to be merged.
  mutating func take(
    _ line: SegmentLine, _ header: SegmentHeader, into filling: inout Filling
  ) throws(StoreError) -> Bool {
    let uid = line.uid
    guard filling.isOpen, line.stamp == .base, classes.name(uid) == uid, classes.dead[uid] == nil,
      let (home, key) = try place(line), try store.syncIDs(.favourite, uid).isEmpty
    else { return false }
    guard let row = row(line, in: home), !filling.mayBeKnown(matchKey(row)) else { return false }
    return filling.insert(Newcomer(line: line, header: header, row: row, key: key))
  }

  /// The place of a favourite; nil if its category does not exist or is in the trash.
  private mutating func place(
    _ line: SegmentLine
  ) throws(StoreError) -> (home: Int64, key: [UInt8]?)? {
    guard case .place(let uid, let key)? = line.fields.first(where: { $0.field == .place })?.value,
      let home = try home(uid), categories[home]?.row?.isLive == true
    else { return nil }
    return (home, key == PlaceKey.ofUID(line.uid) ? nil : key)
  }

  /// The row of a new favourite; nil if the line has more data than a row holds, or less.
  private func row(_ line: SegmentLine, in home: Int64) -> SyncRow? {
    var row = SyncRow(.favourite, 0, uid: line.uid, name: "", at: 0)
    row.home = home
    var wasCreated = false
    for (field, value) in line.fields {
      switch (field, value) {
      case (.place, _): break
      case (.openings(line.uid), .number(let count)): row.opened = count
      case (.openings, _), (.state, _): return nil
      default:
        if field == .column(.createdAt) { wasCreated = true }
        row.set(field, value)
      }
    }
    guard wasCreated, !row.name.isEmpty, row.tags.count <= Limits.tagsPerFavourite,
      row.metadata.count <= Limits.metadataPerFavourite
    else { return nil }
    return row
  }

  /// Adds favourites at the ends of their categories. Those that belong before others are left to
  /// be merged.
  mutating func add(
    _ filling: inout Filling, leaving rest: inout Incoming, _ command: String
  ) throws(StoreError) {
    defer { filling.removeAll() }
    var newcomers: [Newcomer] = []
    for (home, group) in Dictionary(grouping: filling.newcomers, by: \.row.home) {
      guard let home else { continue }
      let first = group.map(\.sortKey).min()
      let last = try store.syncLast(home).map { SortKey(key: $0.key, uid: $0.uid) }
      if let first, let last, first < last {
        for newcomer in group { rest.take(newcomer.line, newcomer.header) }
      } else {
        newcomers += group
      }
    }
    newcomers.sort { $0.line.uid < $1.line.uid }
    let start = next[.favourite] ?? 1
    let rows = newcomers.enumerated().map { place, newcomer in
      newcomer.row.identified(as: start + Int64(place))
    }
    let order = newcomers.indices.sorted { newcomers[$0].sortKey < newcomers[$1].sortKey }
    try store.fill(rows, order: order, command: command)
    for (row, newcomer) in zip(rows, newcomers) {
      guard let key = newcomer.key else { continue }
      var marks = SyncMarks()
      marks.key = key
      try store.save(marks, of: .favourite, row.id)
    }
    next[.favourite] = start + Int64(rows.count)
    tally.added += rows.count
  }
}
