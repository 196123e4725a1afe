internal import SQLite

extension Store {
  /// Up to how many rows of a title are read again for each favourite; more are kept in memory.
  private static let fewTwins: Int64 = 8

  /// The existing favourite that an item without a link duplicates: the same title in a category,
  /// no link, and no conflicting data.
  mutating func twin(
    of draft: Draft, in category: Int64, _ order: inout ImportOrder
  ) throws(StoreError) -> Int64? {
    guard let title = draft.title?.trimmed.composed else { return nil }
    let note = try checking { () throws(InvalidValue) in try Draft.checkedNote(draft.note) }
    let key = ImportOrder.TwinKey(title: title, category: category)
    if order.twins[key] != nil { return order.twins[key]?.find(note: note, draft.values) }
    var twins = Twins()
    let read = try readTwins(title, in: category, into: &twins)
    let found = twins.find(note: note, draft.values)
    if read >= Self.fewTwins { order.twins[key] = twins }
    return found
  }

  /// Reads the favourites of a title and a category that have no link; returns how many rows were
  /// read.
  private mutating func readTwins(
    _ title: String, in category: Int64, into twins: inout Twins
  ) throws(StoreError) -> Int64 {
    let key = title.nameKey
    if derived.mayHold(title: key) { try writeDerived() }
    var count: Int64 = 0
    let find = try connection.query(
      """
      SELECT f.id, f.title, f.category, f.url IS NULL, f.note, f.metadata
      FROM title t CROSS JOIN favourite f ON f.id = t.favourite WHERE t.key = ? ORDER BY t.favourite
      """, key)
    while try find.next() {
      count += 1
      guard find.integer(2) == category, find.integer(3) == 1,
        find.text(1).utf8.elementsEqual(title.utf8)
      else { continue }
      let metadata = find.textOrNil(5).map(Metadata.init(stored:)) ?? Metadata()
      twins.insert(find.integer(0), note: find.textOrNil(4), metadata)
    }
    return count
  }

  /// Records an added favourite, or drops the cached group of one that changed.
  func noteTwin(
    _ addition: Addition, _ draft: Draft, _ order: inout ImportOrder
  ) throws(StoreError) {
    guard !order.twins.isEmpty, let title = draft.title?.trimmed.composed, draft.url == nil,
      let category = try home(of: draft)
    else { return }
    let key = ImportOrder.TwinKey(title: title, category: category)
    guard order.twins[key] != nil else { return }
    switch addition {
    case .added(let id): order.twins[key]?.insert(id, note: draft.note, draft.values)
    case .updated: order.twins[key] = nil
    case .skipped, .trashed: break
    }
  }

  /// The category for a draft; nil if it does not exist yet.
  func home(of draft: Draft) throws(StoreError) -> Int64? {
    let path = draft.category ?? .inbox
    if let made = change?.categories[ByteKey(path.key)]?.id { return made }
    return try categoryRecord(path)?.id
  }

  /// A favourite of the same feed, preferably in its own category.
  mutating func favourite(
    ofFeed feed: String, home: Int64?, before firstNew: Int64
  ) throws(StoreError) -> Int64? {
    try writeDerived()
    let find = try connection.query(
      """
      SELECT f.id, f.category, f.metadata FROM attribute a JOIN favourite f ON f.id = a.favourite
      WHERE a.name = 'feed' AND a.value = ? ORDER BY f.id
      """, MetadataValue.text(feed).sortValue)
    var elsewhere: Int64?
    while try find.next() {
      // The index ignores case, so compare here.
      guard areSame(Metadata(stored: find.text(2))["feed"]?.text, feed) else { continue }
      let id = find.integer(0)
      if find.integer(1) == home { return id }
      if id < firstNew, elsewhere == nil { elsewhere = id }
    }
    return elsewhere
  }
}
