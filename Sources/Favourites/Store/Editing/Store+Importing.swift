internal import SQLite

/// The state of an import: where its favourites were placed, so that they can be put in the order
/// of their ranks, which things have the same title, where there are many, and which uids it has
/// met.
package struct ImportOrder: Sendable {
  /// A title in a category.
  struct TwinKey: Hashable, Sendable {
    let title: String
    let category: Int64
  }

  var twins: [TwinKey: Twins] = [:]
  private(set) var ranked: [Int64: [(rank: Int64, id: Int64)]] = [:]
  private(set) var disordered: Set<Int64> = []
  /// Hashes of the uids that were looked for, if there was nothing before the import; nil
  /// otherwise.
  private var uids: HashesMet?
  private(set) var isBegun = false
  /// The ids of the favourites, there before the import, that favourites of the file with uids
  /// turned out to be.
  private var claimed = HashesMet()
  /// Hashes of the uids in the file, as far as they are known beforehand.
  private var expected = HashesMet()

  package init() {}

  mutating func note(_ id: Int64, rank: Int64, in category: Int64) {
    if let last = ranked[category]?.last, last.rank > rank { disordered.insert(category) }
    ranked[category, default: []].append((rank, id))
  }

  /// Begins the import.
  ///
  /// - Parameter isFirst: whether nothing is there.
  mutating func begin(isFirst: Bool) {
    isBegun = true
    if isFirst { uids = HashesMet() }
  }

  /// Whether a favourite of this uid may be there, or in the trash. It may be after this.
  mutating func mayHold(_ uid: UID) -> Bool { uids?.insert(uid.hash) != true }

  /// Records that a favourite that was there before the import is one of the file.
  mutating func claim(_ id: Int64) { _ = claimed.insert(UInt64(bitPattern: id)) }

  /// Announces the uid of a favourite that comes later in the file, if that is known: no other one
  /// is taken for it then.
  package mutating func expect(_ uid: UID) { _ = expected.insert(uid.hash) }

  /// Whether a favourite that was there before the import is one of the file.
  func isOfFile(_ id: Int64, _ uid: UID) -> Bool {
    claimed.contains(UInt64(bitPattern: id)) || expected.contains(uid.hash)
  }

  /// Looks for each uid from here on: a favourite is added in another way.
  mutating func distrust() { uids = nil }
}

extension Store {
  /// Imports a favourite from a file, with its uid, dates and counts.
  ///
  /// The same uid makes it a duplicate, and so does the same link in the same category, if the
  /// favourite there is not another one of the file: two uids in a file are two favourites. One
  /// whose uid is in the trash stays there, unless both are wanted. An item without a uid is also a
  /// duplicate of a link that any category had before the import, unless they differ in their feed;
  /// without a link, it is a duplicate of one in its category with the same title, no link and no
  /// conflicting data: see `Twins`.
  ///
  /// Derived data is written by the end of the change.
  ///
  /// - Parameter prepared: from drafts that one `DraftPreparer` prepared, consecutively and in
  ///   order.
  package mutating func take(
    _ prepared: PreparedDraft, duplicates: Duplicates, order: inout ImportOrder
  ) throws(StoreError) -> Addition {
    try knowingWords(of: prepared) { (store, prepared) throws(StoreError) in
      try store.take(prepared, duplicates, &order)
    }
  }

  private mutating func take(
    _ prepared: PreparedDraft, _ duplicates: Duplicates, _ order: inout ImportOrder
  ) throws(StoreError) -> Addition {
    var draft = prepared.draft
    let rank = draft.rank
    draft.rank = nil
    draft.category = try draft.category.map { (path) throws(StoreError) in try usable(path) }
    if !order.isBegun { order.begin(isFirst: try isEmpty()) }
    if let uid = draft.uid, order.mayHold(uid) {
      if let id = try favourite(withUID: uid) {
        order.claim(id)
        switch duplicates {
        case .update: return try overwrite(id, with: draft)
        case .allow: draft.uid = nil
        case .skip, .refuse: return .skipped(id)
        }
      } else if let id = try trashed(withUID: uid) {
        guard duplicates == .allow else { return .trashed(id) }
        draft.uid = nil
      }
    } else if draft.uid == nil, duplicates != .allow,
      let id = try known(draft, prepared.texts, &order)
    {
      guard duplicates == .update else { return .skipped(id) }
      let addition = try update(id, with: draft)
      try noteTwin(addition, draft, &order)
      return addition
    }
    if draft.uid != nil, duplicates != .allow,
      let id = try unclaimed(draft, prepared.texts, order)
    {
      order.claim(id)
      return duplicates == .update ? try update(id, with: draft) : .skipped(id)
    }
    // What is known was dealt with above; two feeds may share a link.
    let addition = try add(draft, prepared.texts, duplicates: .allow, putsOff: true)
    if case .added(let id) = addition, let rank {
      let category = try category(making: draft.category ?? .inbox)
      order.note(id, rank: rank, in: category.id)
    }
    try noteTwin(addition, draft, &order)
    return addition
  }

  /// Puts imported favourites in the order of their ranks, if the file had another order.
  package mutating func settle(_ order: ImportOrder) throws(StoreError) {
    for category in order.disordered.sorted() {
      guard let entries = order.ranked[category] else { continue }
      for entry in entries { try displace(entry.id, from: category) }
      for entry in entries.sorted(by: { ($0.rank, $0.id) < ($1.rank, $1.id) }) {
        try append(entry.id, to: category)
      }
    }
  }

  /// Makes a category for a folder of a foreign file, and gives it the folder's note if it has
  /// none.
  package mutating func takeCategory(_ path: CategoryPath, note: String?) throws(StoreError) {
    let note = try checking { () throws(InvalidValue) in try Draft.checkedNote(note) }
    try takeCategory(path, note: note, schema: nil)
  }

  /// The path for a category of a file: names that end like a rank, which `add` refuses, are
  /// changed where they are new.
  mutating func usable(_ path: CategoryPath) throws(StoreError) -> CategoryPath {
    guard path.endsLikeRank else { return path }
    var names: [String] = []
    for name in path.components {
      let isThere = try categoryRecord(Self.path(names + [name])) != nil
      names.append(isThere ? name : CategoryPath.unranked(name))
    }
    return try Self.path(names)
  }

  private static func path(_ names: [String]) throws(StoreError) -> CategoryPath {
    do {
      return try CategoryPath.parse(names.joined(separator: "/"))
    } catch {
      throw .invalid(InvalidValue(field: "category", reason: error.reason))
    }
  }

  /// The existing favourite that an item without a uid duplicates, preferably in its own category.
  private mutating func known(
    _ draft: Draft, _ texts: PreparedDraft.Texts?, _ order: inout ImportOrder
  ) throws(StoreError) -> Int64? {
    let home = try home(of: draft)
    guard let url = try checkedURL(of: draft, texts) else {
      guard let home else { return nil }
      return try twin(of: draft, in: home, &order)
    }
    // One folder may hold what another holds too: in other categories only earlier favourites
    // count.
    let firstNew = change?.added?.lowerBound ?? .max
    let feed = draft.values["feed"]?.text
    if let feed, let id = try favourite(ofFeed: feed, home: home, before: firstNew) { return id }
    let hash = texts?.derived.linkHash ?? LinkKey.hash(url)
    if derived.mayHold(link: hash) { try writeDerived() }
    var elsewhere: Int64?
    let find = try connection.query(
      """
      SELECT f.id, f.url, f.category, f.metadata FROM link l JOIN favourite f ON f.id = l.favourite
      WHERE l.key = ? ORDER BY f.id
      """, LinkKey.indexKey(hash))
    while try find.next() {
      guard LinkKey.areEqual(find.text(1), url) else { continue }
      if let feed, let other = find.textOrNil(3).flatMap({ Metadata(stored: $0)["feed"] }),
        !other.text.utf8.elementsEqual(feed.utf8)
      {
        continue
      }
      let id = find.integer(0)
      if find.integer(2) == home { return id }
      if id < firstNew, elsewhere == nil { elsewhere = id }
    }
    return elsewhere
  }

  /// The favourite with the link and in the category of an item that was there before the import,
  /// and is no other one of the file.
  private mutating func unclaimed(
    _ draft: Draft, _ texts: PreparedDraft.Texts?, _ order: ImportOrder
  ) throws(StoreError) -> Int64? {
    guard let url = try checkedURL(of: draft, texts), let home = try home(of: draft) else {
      return nil
    }
    let firstNew = change?.added?.lowerBound ?? .max
    for id in try favourites(withURL: url, hash: texts?.derived.linkHash, in: home).sorted()
    where id < firstNew {
      guard case .live(let record) = try state(of: id) else { continue }
      if !order.isOfFile(id, record.uid) { return id }
    }
    return nil
  }

  /// Makes a favourite what a file says of it; what the file does not tell stays.
  private mutating func overwrite(_ id: Int64, with draft: Draft) throws(StoreError) -> Addition {
    var patch = Patch(draft)
    patch.url = draft.url
    patch.clearsTags = draft.tellsTags
    patch.clearsMetadata = draft.tellsMetadata
    let isChanged = try !edit([id], patch).isEmpty
    let isMoved = try putOff(id, category: draft.category, rank: nil)
    return isChanged || isMoved ? .updated(id) : .skipped(id)
  }

  /// Whether there are no favourites, in the trash neither.
  private func isEmpty() throws(StoreError) -> Bool {
    try connection.integer(
      "SELECT EXISTS(SELECT 1 FROM favourite) OR EXISTS(SELECT 1 FROM trash)") == 0
  }

  func trashed(withUID uid: UID) throws(StoreError) -> Int64? {
    return try connection.integer("SELECT id FROM trash WHERE uid = ?", uid.bytes)
  }
}
