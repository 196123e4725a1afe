internal import SQLite

extension Store {
  /// All categories in tree order, or those within one.
  package func categories(within path: CategoryPath? = nil) throws(StoreError) -> [Category] {
    let rows: Statement
    if let path {
      rows = try connection.query(
        """
        SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
        FROM category WHERE key = ?1 OR (key >= ?2 AND key < ?3) ORDER BY key
        """)
      let (from, to) = CategoryRecord.within(path.sortKey)
      rows.bind(path.sortKey, from, to)
    } else {
      rows = try connection.query(
        """
        SELECT id, uid, name, key, note, schema, count, created_at, modified_at, change
        FROM category ORDER BY key
        """)
    }
    var records: [CategoryRecord] = []
    while try rows.next() { records.append(CategoryRecord(rows)) }
    let totals = Self.totals(keys: records.map(\.key), counts: records.map(\.count))
    return zip(records, totals).map { Category($0, total: $1) }
  }

  /// The totals of categories, each including those below it.
  ///
  /// - Parameter keys: in order, so that descendants follow immediately: a category's total is
  ///   complete at the first key that is not a descendant.
  static func totals(keys: [String], counts: [Int64]) -> [Int64] {
    var totals = counts
    var open: [Int] = []
    for index in keys.indices {
      while let last = open.last, !keys[index].hasBytePrefix(keys[last] + "\u{1}") {
        open.removeLast()
      }
      for above in open { totals[above] += counts[index] }
      open.append(index)
    }
    return totals
  }

  /// The categories whose name or note holds all words of a text, or words beginning with them,
  /// ignoring case and accents.
  package func categories(holding text: String) throws(StoreError) -> [Category] {
    let tokenizer = try tokenizer()
    func words(_ text: String) -> [String] {
      tokenizer.tokens(of: SearchText.prepared(text)).map(\.text)
    }
    let wanted = words(text)
    guard !wanted.isEmpty else { return [] }
    return try categories().filter { category in
      let held = words(category.name + " " + (category.note ?? ""))
      return wanted.allSatisfy { word in held.contains { $0.hasBytePrefix(word) } }
    }
  }

  /// One category.
  package func category(_ path: CategoryPath) throws(StoreError) -> Category {
    guard let category = try categories(within: path).first,
      category.name.foldedName.utf8.elementsEqual(path.key.utf8)
    else { throw .noCategory(path.text) }
    return category
  }

  /// Makes a category; throws a conflict if it exists.
  package mutating func addCategory(
    _ path: CategoryPath, note: String?, fields: [MetadataField]
  ) throws(StoreError) {
    if let there = try categoryRecord(path) { throw .categoryExists(there.name) }
    let made = try category(making: path)
    guard note != nil || !fields.isEmpty else { return }
    var record = made
    record.note = try checkedNote(note)
    record.schema = MetadataSchema(fields).stored
    try amend(record)
  }

  /// Completes a category that the change in progress made.
  private mutating func amend(_ record: CategoryRecord) throws(StoreError) {
    try connection.run(
      "UPDATE category SET note = ?, schema = ? WHERE id = ?", record.note, record.schema, record.id
    )
    change?.categories = [:]
  }

  /// Changes a category's note and the fields of its metadata.
  ///
  /// - Parameters:
  ///   - note: nil to leave it, empty to remove it.
  ///   - removed: names of fields to remove.
  package mutating func editCategory(
    _ path: CategoryPath, note: String?, fields: [MetadataField], removed: [String]
  ) throws(StoreError) {
    guard var record = try categoryRecord(path) else { throw .noCategory(path.text) }
    if let note { record.note = try checkedNote(note) }
    var schema = record.fields ?? MetadataSchema()
    for key in removed where !schema.remove(key: key) {
      throw .noField(key, category: record.name)
    }
    for field in fields { schema.set(field) }
    record.schema = schema.stored
    try apply(.live(record), to: record.id, isNew: true)
  }

  /// Renames a category along with everything in it.
  package mutating func renameCategory(
    _ path: CategoryPath, to target: CategoryPath
  ) throws(StoreError) {
    guard let record = try categoryRecord(path) else { throw .noCategory(path.text) }
    if target.isWithin(path), !target.key.utf8.elementsEqual(path.key.utf8) {
      throw .categoryInsideItself(target.text)
    }
    if let other = try categoryRecord(target), other.id != record.id {
      throw .categoryExists(other.name)
    }
    let renamed = try spelled(target)
    try carry(categoryTree(record), from: record.name, to: renamed.text)
  }

  /// Replaces the leading path of categories, parents first.
  mutating func carry(
    _ categories: [CategoryRecord], from name: String, to target: String
  ) throws(StoreError) {
    let depth = try parsed(name).components.count
    for var moved in categories {
      let below = try parsed(moved.name).components.dropFirst(depth)
      let path = try parsed(([target] + below).joined(separator: "/"))
      moved.name = path.text
      moved.key = path.sortKey
      try apply(.live(moved), to: moved.id, isNew: true)
    }
  }

  /// A path whose parent exists or is made, with the parent's spelling.
  mutating func spelled(_ path: CategoryPath) throws(StoreError) -> CategoryPath {
    guard let parent = path.parent, let own = path.components.last else { return path }
    return try parsed(try category(making: parent).name + "/" + own)
  }

  /// Moves the contents of one category to the end of another, which gets its note and fields too,
  /// and removes the first. A subcategory is merged in the same way where there is one of its name,
  /// and is renamed otherwise.
  package mutating func mergeCategory(
    _ path: CategoryPath, into target: CategoryPath
  ) throws(StoreError) {
    guard let source = try categoryRecord(path) else { throw .noCategory(path.text) }
    guard !target.isWithin(path) else { throw .categoryInsideItself(target.text) }
    guard let root = try categoryRecord(target) else { throw .noCategory(target.text) }
    let depth = try parsed(source.name).components.count
    let tree = try categoryTree(source)
    var paths: [CategoryPath] = []
    for record in tree {
      let below = try parsed(record.name).components.dropFirst(depth)
      paths.append(try parsed(([root.name] + below).joined(separator: "/")))
    }
    // Where a category merges into one that it stands in, a name in it may be that of another in
    // it: `a/b/b` of `a/b` that merges into `a` becomes `a/b`. That one then stays, with the
    // contents of the other, so that no two categories swap their names.
    let own = Set(tree.map(\.id))
    let wanted = Set(paths.map { ByteKey($0.sortKey) })
    var homes: Set<Int64> = []
    var targets: [FavouriteTarget] = []
    for (record, path) in zip(tree, paths) {
      var home = try categoryRecord(path)
      if home == nil, !wanted.contains(ByteKey(record.key)) {
        try rename(record, to: path)
        homes.insert(record.id)
        continue
      }
      if let home, !own.contains(home.id) {
        try unite(home.id, with: record)
      } else {
        home = try category(making: path)
        if let home { try replaceDetails(of: home.id, by: record) }
      }
      guard let home else { continue }
      homes.insert(home.id)
      for id in try favourites(in: record.id) {
        guard case .live(var favourite) = try state(of: id) else { continue }
        favourite.category = home.id
        targets.append(FavouriteTarget(id: id, state: .live(favourite), placing: .rank(.max)))
      }
    }
    try apply(targets, isNew: true)
    try writeCounts()
    // The innermost first, so that each is empty when it goes.
    for record in tree.reversed() where !homes.contains(record.id) {
      try apply(.absent, to: record.id, isNew: true)
    }
  }

  /// Gives one category a path that is free, with the spelling of its parent, which exists.
  private mutating func rename(
    _ record: CategoryRecord, to path: CategoryPath
  ) throws(StoreError) {
    let path = try spelled(path)
    var renamed = record
    (renamed.name, renamed.key) = (path.text, path.sortKey)
    try apply(.live(renamed), to: record.id, isNew: true)
  }

  /// Gives a category the note and the fields of another in place of its own.
  private mutating func replaceDetails(
    of id: Int64, by other: CategoryRecord
  ) throws(StoreError) {
    guard var record = try categoryRecord(id) else { return }
    (record.note, record.schema) = (other.note, other.schema)
    try apply(.live(record), to: id, isNew: true)
  }

  /// Moves a category and everything in it to the trash.
  ///
  /// - Returns: the favourites that were moved with it.
  @discardableResult
  package mutating func removeCategory(_ path: CategoryPath) throws(StoreError) -> [Int64] {
    guard let record = try categoryRecord(path) else { throw .noCategory(path.text) }
    let tree = try categoryTree(record)
    var ids: [Int64] = []
    for category in tree { ids += try favourites(in: category.id) }
    try remove(ids)
    try writeCounts()
    for category in tree.reversed() {
      try apply(
        .trashed(category, deletedAt: changeTime.milliseconds), to: category.id, isNew: true)
    }
    return ids
  }

  /// The favourites of one category, by rank.
  func favourites(in category: Int64) throws(StoreError) -> [Int64] {
    return try connection.integers(
      """
      SELECT p.favourite FROM block b CROSS JOIN place p ON p.block = b.id
      WHERE b.category = ? ORDER BY b.key, p.position
      """, category)
  }

  private func parsed(_ text: String) throws(StoreError) -> CategoryPath {
    do {
      return try CategoryPath.parse(text)
    } catch {
      throw .invalid(InvalidValue(field: error.subject, reason: error.reason))
    }
  }

  private func checkedNote(_ note: String?) throws(StoreError) -> String? {
    try checking { () throws(InvalidValue) in try Draft.checkedNote(note) }
  }
}

extension Category {
  init(_ record: CategoryRecord, total: Int64, deletedAt: Int64? = nil) {
    self.init(
      id: record.id, uid: record.uid, name: record.name, note: record.note, schema: record.fields,
      count: record.count, total: total, createdAt: Timestamp(milliseconds: record.createdAt),
      modifiedAt: Timestamp(milliseconds: record.modifiedAt),
      deletedAt: deletedAt.map(Timestamp.init(milliseconds:)))
  }
}

extension MetadataSchema {
  /// The text for a column; nil for no fields.
  var stored: String? {
    guard !fields.isEmpty else { return nil }
    var json = JSONWriter()
    write(to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension String {
  /// Whether it begins with these bytes.
  func hasBytePrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
