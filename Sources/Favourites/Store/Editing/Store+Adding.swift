internal import SQLite

/// What to do with a favourite whose URL is already in its category.
package enum Duplicates: Sendable {
  /// Refuse.
  case refuse
  /// Change the existing one.
  case update
  /// Keep both.
  case allow
  /// Leave the existing one unchanged.
  case skip
}

/// The outcome for a draft.
package enum Addition: Equatable, Sendable {
  case added(Int64)
  case updated(Int64)
  case skipped(Int64)
  /// Skipped because it is in the trash.
  case trashed(Int64)

  /// The resulting favourite.
  package var id: Int64 {
    switch self {
    case .added(let id), .updated(let id), .skipped(let id), .trashed(let id): id
    }
  }
}

extension Store {
  /// Adds a new favourite. Makes the category if it does not exist.
  ///
  /// Everything that can be wrong with it is found before anything is written, so that after
  /// `.invalid` the same change can add the next one.
  package mutating func add(
    _ draft: Draft, duplicates: Duplicates
  ) throws(StoreError) -> Addition {
    try add(draft, nil, duplicates: duplicates, putsOff: false)
  }

  /// Adds one of many new favourites; derived data is written by the end of the change.
  ///
  /// - Parameter prepared: from drafts that one `DraftPreparer` prepared, consecutively and in
  ///   order.
  package mutating func add(
    _ prepared: PreparedDraft, duplicates: Duplicates
  ) throws(StoreError) -> Addition {
    try knowingWords(of: prepared) { (store, prepared) throws(StoreError) in
      try store.add(prepared.draft, prepared.texts, duplicates: duplicates, putsOff: true)
    }
  }

  /// Adds a draft through a closure; once one was not added, all later ones are searched for words
  /// again.
  mutating func knowingWords(
    of prepared: PreparedDraft,
    _ keep: (inout Store, PreparedDraft) throws(StoreError) -> Addition
  ) throws(StoreError) -> Addition {
    let hasEveryWord = change?.hasEveryWord ?? false
    change?.hasEveryWord = false
    guard hasEveryWord else { return try keep(&self, prepared.withoutWords()) }
    let addition = try keep(&self, prepared)
    if case .added = addition { change?.hasEveryWord = true }
    return addition
  }

  /// - Parameters:
  ///   - texts: the draft's texts, if they were checked already.
  ///   - putsOff: as for `index(_:_:putsOff:)`.
  mutating func add(
    _ draft: Draft, _ texts: PreparedDraft.Texts?, duplicates: Duplicates, putsOff: Bool
  ) throws(StoreError) -> Addition {
    let path = draft.category ?? .inbox
    let there = try known(path)
    guard there != nil || !path.endsLikeRank else {
      throw .invalid(
        InvalidValue(field: "category", reason: CategoryPathError.rank(path.text).reason))
    }
    let url = try checkedURL(of: draft, texts)
    if let url, let there, duplicates != .allow,
      let id = try favourites(withURL: url, hash: texts?.derived.linkHash, in: there.id).first
    {
      switch duplicates {
      case .refuse: throw .alreadyThere(url: url, id: id, category: there.name)
      case .skip: return .skipped(id)
      case .update: return try update(id, with: draft)
      case .allow: break
      }
    }
    let kept: PreparedDraft.Texts
    if let texts {
      kept = texts
    } else {
      kept = try checking { () throws(InvalidValue) in
        try PreparedDraft.Texts(draft, url: url)
      }
    }
    return .added(try insert(draft, kept, into: path, schema: there?.fields, putsOff: putsOff))
  }

  /// The URL of a draft as it is kept: from its texts, if these were checked already.
  func checkedURL(
    of draft: Draft, _ texts: PreparedDraft.Texts?
  ) throws(StoreError) -> String? {
    if let texts { return texts.url }
    return try checking { () throws(InvalidValue) in try Draft.checkedURL(draft.url) }
  }

  /// The category of a path, if it exists; looked up once per change.
  private mutating func known(_ path: CategoryPath) throws(StoreError) -> CategoryRecord? {
    let key = ByteKey(path.key)
    if let known = change?.categories[key] { return known }
    let found = try categoryRecord(path)
    if let found { change?.categories[key] = found }
    return found
  }

  private mutating func insert(
    _ draft: Draft, _ texts: PreparedDraft.Texts, into path: CategoryPath, schema: MetadataSchema?,
    putsOff: Bool
  ) throws(StoreError) -> Int64 {
    let now = changeTime.milliseconds
    var record = FavouriteRecord(
      id: 0, uid: UID(high: 0, low: 0), category: 0, title: texts.title, at: now,
      change: changeNumber)
    record.url = texts.url
    record.note = texts.note
    try checking { () throws(InvalidValue) in try draft.complete(&record) }
    record.tags = try spelled(draft.tags)
    record.metadata = try metadata(draft, schema: schema)
    record.category = try category(making: path).id
    if draft.uid == nil { record.uid = newUID() }
    let id = try insert(record, texts.derived, putsOff: putsOff)
    if let rank = draft.rank {
      try place(id, in: record.category, at: rank)
    } else {
      try append(id, to: record.category)
    }
    change?.tally.added += 1
    if let added = change?.added {
      precondition(id == added.upperBound + 1, "ids of one change are consecutive")
      change?.added = added.lowerBound...id
    } else {
      change?.added = id...id
    }
    return id
  }

  mutating func update(_ id: Int64, with draft: Draft) throws(StoreError) -> Addition {
    var patch = Patch(draft)
    patch.assignments = draft.metadata
    let isChanged = try !edit([id], patch).isEmpty
    let isMoved = try putOff(id, category: nil, rank: draft.rank)
    return isChanged || isMoved ? .updated(id) : .skipped(id)
  }

  /// The tags in their existing spelling, sorted by key and without duplicates, as a column holds
  /// them.
  mutating func spelled(_ tags: [TagName]) throws(StoreError) -> String? {
    guard !tags.isEmpty else { return nil }
    var names: [(key: [UInt8], name: String)] = []
    var seen: Set<[UInt8]> = []
    for tag in tags {
      let key = Array(tag.key.utf8)
      guard seen.insert(key).inserted else { continue }
      guard names.count < Limits.tagsPerFavourite else {
        throw .invalid(
          InvalidValue(field: "tags", reason: "are more than \(Limits.tagsPerFavourite)"))
      }
      names.append((key, try spelling(of: tag, key)))
    }
    return JSONText.array(
      names.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.name))
  }

  private mutating func spelling(of tag: TagName, _ key: [UInt8]) throws(StoreError) -> String {
    let known = ByteKey(key)
    if let name = change?.tagSpellings[known] { return name }
    let find = try connection.query(
      "SELECT name FROM tag WHERE key = ? ORDER BY id LIMIT 1", tag.key)
    let name = try find.next() ? find.text(0) : tag.text
    change?.tagSpellings[known] = name
    return name
  }

  private func metadata(
    _ draft: Draft, schema: MetadataSchema?
  ) throws(StoreError) -> String? {
    guard !draft.metadata.isEmpty || !draft.values.isEmpty else { return nil }
    var metadata = Metadata()
    try assign(
      draft.metadata, draft.values, to: &metadata, schema: schema, mustFit: draft.mustFit)
    return metadata.stored
  }

  /// Sets typed values, each checked against the category's fields.
  ///
  /// - Parameters:
  ///   - before: the metadata of the favourite until now. A file that tells a value again does not
  ///     have to change it, where the category got its fields later.
  ///   - mustFit: whether typed values that do not fit the fields are refused, or kept as they are.
  func assign(
    _ assignments: [MetadataAssignment], _ values: Metadata, to metadata: inout Metadata,
    before: Metadata = Metadata(), schema: MetadataSchema?, mustFit: Bool
  ) throws(StoreError) {
    do throws(MetadataError) {
      for entry in values.entries {
        do throws(MetadataError) {
          metadata[entry.key] = try schema?.check(entry.value, for: entry.key) ?? entry.value
        } catch {
          guard !mustFit || before[entry.key] == entry.value else { throw error }
          metadata[entry.key] = entry.value
        }
      }
      for assignment in assignments {
        metadata[assignment.key] = try schema?.check(assignment) ?? assignment.value
      }
      try metadata.checkCount()
    } catch {
      throw .invalid(InvalidValue(field: "metadata", reason: error.message))
    }
  }

  /// The first favourite of a category with the same link, if any.
  mutating func favourite(withURL url: String, in category: Int64) throws(StoreError) -> Int64? {
    try favourites(withURL: url, in: category).first
  }

  /// The favourites of a category with the same link.
  ///
  /// - Parameter hash: the link's hash, if already computed.
  mutating func favourites(
    withURL url: String, hash: UInt64? = nil, in category: Int64
  ) throws(StoreError) -> [Int64] {
    let hash = hash ?? LinkKey.hash(url)
    if derived.mayHold(link: hash) { try writeDerived() }
    let find = try connection.query(
      """
      SELECT f.id, f.url FROM link l JOIN favourite f ON f.id = l.favourite
      WHERE l.key = ? AND f.category = ?
      """, LinkKey.indexKey(hash), category)
    var ids: [Int64] = []
    while try find.next() {
      if LinkKey.areEqual(find.text(1), url) { ids.append(find.integer(0)) }
    }
    return ids
  }
}

/// Runs a check and converts its error to the library's.
func checking<Value>(_ body: () throws(InvalidValue) -> Value) throws(StoreError) -> Value {
  do {
    return try body()
  } catch {
    throw .invalid(error)
  }
}
