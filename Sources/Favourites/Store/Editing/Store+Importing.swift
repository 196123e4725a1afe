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
  mutating func mayHold(_ uid: UID) -> Bool { uids?.insert(FNV1a(uid.bytes).value) != true }

  /// Looks for each uid from here on: a favourite is added in another way.
  mutating func distrust() { uids = nil }
}

extension Store {
  /// Imports a favourite from a file, with its uid, dates and counts.
  ///
  /// The same uid, or the same link in the same category, makes it a duplicate; one whose uid is in
  /// the trash stays there, unless both are wanted. An item without a uid is also a duplicate of a
  /// link that any category had before the import, unless they differ in their feed; without a
  /// link, it is a duplicate of one in its category with the same title, no link and no conflicting
  /// data: see `Twins`.
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
    if !order.isBegun { order.begin(isFirst: try isEmpty()) }
    if let uid = draft.uid, order.mayHold(uid) {
      if let id = try favourite(withUID: uid) {
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
    // Known items were dealt with above; two feeds may share a link.
    let isNew = draft.url == nil || draft.uid == nil
    let addition = try add(
      draft, prepared.texts, duplicates: isNew ? .allow : duplicates, putsOff: true)
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
      WHERE l.hash = ? ORDER BY f.id
      """, hash)
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

  private mutating func overwrite(_ id: Int64, with draft: Draft) throws(StoreError) -> Addition {
    var patch = Patch()
    patch.columns = draft.columns.given
    patch.title = draft.title
    patch.url = draft.url
    patch.clearsTags = draft.tellsTags
    patch.addedTags = draft.tags
    patch.clearsMetadata = draft.tellsMetadata
    patch.values = draft.values
    let isChanged = try !edit([id], patch).isEmpty
    let isMoved = try putOff(id, category: draft.category, rank: nil)
    return isChanged || isMoved ? .updated(id) : .skipped(id)
  }

  /// Whether there are no favourites, in the trash neither.
  private func isEmpty() throws(StoreError) -> Bool {
    try connection.integer(
      "SELECT EXISTS(SELECT 1 FROM favourite) OR EXISTS(SELECT 1 FROM trash)") == 0
  }

  func favourite(withUID uid: UID) throws(StoreError) -> Int64? {
    return try connection.integer("SELECT id FROM favourite WHERE uid = ?", uid.bytes)
  }

  func trashed(withUID uid: UID) throws(StoreError) -> Int64? {
    return try connection.integer("SELECT id FROM trash WHERE uid = ?", uid.bytes)
  }
}
