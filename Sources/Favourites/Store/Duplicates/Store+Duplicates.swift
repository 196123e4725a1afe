internal import SQLite

extension Store {
  /// The groups of duplicates, each favourite in one group at most: first by link, then by links to
  /// the same page, then by title; within a kind, in the order of the ids that are kept.
  ///
  /// They are found by hashes of what they have in common, which are sorted in memory: 16 bytes per
  /// favourite.
  /// - Parameters:
  ///   - selection: the favourites to search.
  ///   - onlySameLinks: true for groups of the first kind only.
  package mutating func duplicates(
    _ selection: Selection, onlySameLinks: Bool
  ) throws(StoreError) -> [DuplicateGroup] {
    let chosen = selection.isEmpty ? nil : Set(try ids(selection))
    var groups = try linkGroups(
      try onlySameLinks ? sameLinks(in: chosen) : similarLinks(in: chosen),
      by: onlySameLinks ? LinkKey.normalised : LinkKey.loose)
    if !onlySameLinks { groups += try titleGroups(try sameTitles(in: chosen)) }
    let order = DuplicateGroup.Kind.allCases
    return groups.sorted { one, other in
      let places = (order.firstIndex(of: one.kind) ?? 0, order.firstIndex(of: other.kind) ?? 0)
      return (places.0, one.ids[0]) < (places.1, other.ids[0])
    }
  }

  /// Merges each group: the first favourite keeps its id, uid, category and rank, and gets the data
  /// of the others, which go to the trash.
  package mutating func merge(
    _ groups: [DuplicateGroup]
  ) throws(StoreError) -> [DuplicateMerge] {
    var results: [DuplicateMerge] = []
    var targets: [FavouriteTarget] = []
    var names: [Int64: String] = [:]
    for group in groups {
      var records: [FavouriteRecord] = []
      for id in group.ids {
        guard case .live(let record) = try state(of: id) else { throw try missing(id) }
        records.append(record)
      }
      guard let united = Self.united(records) else {
        results.append(.tooMuch(group))
        continue
      }
      targets.append(FavouriteTarget(id: united.id, state: .live(united)))
      for record in records.dropFirst() {
        if names[record.category] == nil {
          names[record.category] = try categoryRecord(record.category)?.name
        }
        let trashing = Trashing(
          categoryName: names[record.category] ?? CategoryPath.inbox.text, rank: 1,
          deletedAt: changeTime.milliseconds)
        targets.append(FavouriteTarget(id: record.id, state: .trashed(record, trashing)))
      }
      results.append(.merged(group))
    }
    // All at once: each goes to the trash with the rank that it had before any of them went.
    try apply(targets, isNew: true)
    return results
  }

  /// The first with the data of all. A title from the user is preferred to a link's host and path,
  /// and a note that several have is kept once.
  private static func united(_ records: [FavouriteRecord]) -> FavouriteRecord? {
    var united = records[0]
    var notes = Set([united.note].compactMap { $0 }.map { Array($0.utf8) })
    for record in records.dropFirst() {
      var other = record
      if let note = other.note, !notes.insert(Array(note.utf8)).inserted { other.note = nil }
      guard let both = united.united(with: other) else { return nil }
      united = both
      if Draft.isStandIn(united.title, for: united.url),
        !Draft.isStandIn(record.title, for: record.url)
      {
        united.title = record.title
      }
    }
    return united
  }

  /// Possible duplicates with a hash of what they have in common, sorted so that equal hashes are
  /// adjacent.
  private struct Candidates {
    private var entries: [(hash: UInt64, id: Int64)] = []

    mutating func append(_ hash: UInt64, _ id: Int64) { entries.append((hash, id)) }

    /// The ids of those that share a hash, grouped by hash.
    consuming func ids() -> [Int64] {
      entries.sort { ($0.hash, $0.id) < ($1.hash, $1.id) }
      var ids: [Int64] = []
      var start = 0
      while start < entries.count {
        let end = entries[start...].firstIndex { $0.hash != entries[start].hash } ?? entries.count
        if end - start > 1 { ids += entries[start..<end].map(\.id) }
        start = end
      }
      return ids
    }
  }

  /// Those whose links have the same key in the index, for `linkGroups`.
  func sameLinks(in chosen: Set<Int64>?) throws(StoreError) -> [Int64] {
    var candidates = Candidates()
    let rows = try connection.query("SELECT key, favourite FROM link")
    while try rows.next() {
      let id = rows.integer(1)
      guard chosen?.contains(id) ?? true else { continue }
      candidates.append(UInt64(bitPattern: rows.integer(0)), id)
    }
    return candidates.ids()
  }

  private func similarLinks(in chosen: Set<Int64>?) throws(StoreError) -> [Int64] {
    var candidates = Candidates()
    let rows = try connection.query("SELECT id, url FROM favourite WHERE url IS NOT NULL")
    while try rows.next() {
      let id = rows.integer(0)
      guard chosen?.contains(id) ?? true else { continue }
      candidates.append(FNV1a(LinkKey.loose(rows.text(1))).value, id)
    }
    return candidates.ids()
  }

  private func sameTitles(in chosen: Set<Int64>?) throws(StoreError) -> [Int64] {
    var candidates = Candidates()
    let rows = try connection.query("SELECT key, favourite FROM title")
    while try rows.next() {
      let id = rows.integer(1)
      guard chosen?.contains(id) ?? true else { continue }
      candidates.append(rows.hash(0), id)
    }
    return candidates.ids()
  }

  private struct Member {
    let id: Int64
    let createdAt: Int64
    /// The key of its link.
    var key: [UInt8] = []
    var metadata = Metadata()
  }

  /// Groups candidates that have the same key. Those whose keys have the same hash, as far as the
  /// index of links keeps it, are adjacent.
  func linkGroups(
    _ candidates: [Int64], by key: (String) -> [UInt8]
  ) throws(StoreError) -> [DuplicateGroup] {
    var groups: [DuplicateGroup] = []
    var run: [[UInt8]: [Member]] = [:]
    var last: Int64?
    let rows = try connection.query(
      """
      SELECT f.id, f.url, f.created_at
      FROM json_each(?) d CROSS JOIN favourite f ON f.id = d.value WHERE f.url IS NOT NULL
      """, candidates.idList)
    while try rows.next() {
      let url = rows.text(1)
      let common = key(url)
      let hash = LinkKey.indexKey(FNV1a(common).value)
      if hash != last {
        groups += Self.groups(of: run.values)
        run = [:]
        last = hash
      }
      run[common, default: []].append(
        Member(id: rows.integer(0), createdAt: rows.integer(2), key: LinkKey.normalised(url)))
    }
    return groups + Self.groups(of: run.values)
  }

  private static func groups(of runs: some Sequence<[Member]>) -> [DuplicateGroup] {
    runs.compactMap { members in
      guard members.count > 1 else { return nil }
      let isSame = members.allSatisfy { $0.key == members[0].key }
      return DuplicateGroup(kind: isSame ? .link : .similar, ids: oldestFirst(members))
    }
  }

  private struct TitleKey: Hashable {
    let category: Int64
    let title: [UInt8]
  }

  /// Groups candidates without a link that have the same title in the same category. Candidates
  /// with the same title are adjacent.
  private func titleGroups(_ candidates: [Int64]) throws(StoreError) -> [DuplicateGroup] {
    var groups: [DuplicateGroup] = []
    var run: [TitleKey: [Member]] = [:]
    var last: [UInt8]?
    func settle() {
      for members in run.values where members.count > 1 {
        for same in Self.agreeing(members) where same.count > 1 {
          groups.append(DuplicateGroup(kind: .title, ids: Self.oldestFirst(same)))
        }
      }
      run = [:]
    }
    let rows = try connection.query(
      """
      SELECT f.id, f.title, f.category, f.metadata, f.created_at
      FROM json_each(?) d CROSS JOIN favourite f ON f.id = d.value WHERE f.url IS NULL
      """, candidates.idList)
    while try rows.next() {
      let title = Array(rows.text(1).foldedName.utf8)
      if title != last {
        settle()
        last = title
      }
      run[TitleKey(category: rows.integer(2), title: title), default: []].append(
        Member(
          id: rows.integer(0), createdAt: rows.integer(4),
          metadata: rows.textOrNil(3).map(Metadata.init(stored:)) ?? Metadata()))
    }
    settle()
    return groups
  }

  /// Splits members whose metadata conflicts: for each key with differing values, members with the
  /// same value stay together, along with members without one. A member that could belong to
  /// several groups belongs to none.
  private static func agreeing(_ members: [Member]) -> [[Member]] {
    var known: [String: Fact] = [:]
    var disputed: Set<String> = []
    for member in members {
      for entry in member.metadata.entries {
        let (key, fact) = (entry.key.foldedName, Fact(entry.value))
        if let other = known[key], other != fact { disputed.insert(key) }
        known[key] = fact
      }
    }
    guard !disputed.isEmpty else { return [members] }
    let groups = Dictionary(grouping: members) { member in
      var told: [String: Fact] = [:]
      for entry in member.metadata.entries {
        let key = entry.key.foldedName
        if disputed.contains(key) { told[key] = Fact(entry.value) }
      }
      return told
    }
    return Array(groups.values)
  }

  /// A value for comparison: a number equals its text, whatever the types.
  private enum Fact: Hashable {
    case number(Double)
    case text(String)

    init(_ value: MetadataValue) {
      if case .number(let number)? = try? MetadataValue(inferring: value.text, key: "") {
        self = .number(number.value)
      } else {
        self = .text(value.text)
      }
    }
  }

  private static func oldestFirst(_ members: [Member]) -> [Int64] {
    members.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }.map(\.id)
  }
}

extension Store {
  /// Live favourites, read with one statement, in the order of their ids here; missing ones are
  /// left out.
  package mutating func favourites(_ ids: [Int64]) throws(StoreError) -> FavouriteRows {
    forgetOldRanks()
    return try given(ids, from: 0, limit: .max, Ordering(.id), highlighter: nil)
  }
}
