@testable import Favourites

// Steps about what comes from files: imports, archives and backups.

extension ModelRun {
  /// Favourites of a file, some of which are there already by their uids, links or titles.
  mutating func importFavourites() throws -> Bool {
    var drafts: [Draft] = []
    for _ in 0..<number(1...4) {
      var draft = try draft()
      draft.title = pick(Self.titles)
      if chance(40) { draft.rank = Int64(number(1...6)) }
      if chance(50) {
        draft.uid = UID(high: 0x0192_F0C1_0000_7000, low: UInt64(number(1...6)))
        draft.metadata = []
        if chance(50) { draft.values = Metadata([Metadata.Entry("year", .number(1984))]) }
        draft.createdAt = Timestamp(milliseconds: Int64(number(0...99)))
        if chance(50) { draft.modifiedAt = Timestamp(milliseconds: Int64(number(100...199))) }
        if chance(50) { draft.openedAt = Timestamp(milliseconds: Int64(number(200...299))) }
        draft.opened = Int64(number(0...3))
        (draft.tellsTags, draft.tellsMetadata) = (draft.opened != 1, draft.opened != 2)
      }
      drafts.append(draft)
    }
    let duplicates = pick([Duplicates.skip, .update, .allow])
    let told = drafts.map {
      "\($0.uid?.low ?? 0) \($0.title ?? "-") \($0.url ?? "-") \($0.category?.text ?? "-") at \($0.rank ?? 0)"
    }
    return try change("import \(told) \(duplicates)") { model throws(StoreModel.Refusal) in
      try model.take(drafts, duplicates)
    } store: { store throws(StoreError) in
      var order = ImportOrder()
      var preparer = DraftPreparer()
      for draft in drafts {
        _ = try store.take(preparer.prepared(draft), duplicates: duplicates, order: &order)
      }
      try store.settle(order)
    }
  }

  mutating func importFolder() throws -> Bool {
    let (path, note) = (try path(likely: 50), chance(60) ? "a folder" : nil)
    return try change("import folder \(path.text) \(note ?? "-")") { model in
      model.takeCategory(path.text, note: note)
    } store: { store throws(StoreError) in
      try store.takeCategory(path, note: note)
    }
  }

  /// Writes an archive and goes on with a store that was made from it: with the same ids, trash and
  /// history.
  mutating func loadArchive() throws -> Bool {
    let rows = try archived()
    told.append("export --full, import of that")
    var loaded = try Store.inMemory(named: "memory")
    try loaded.loading(isRehearsal: false) { (store) throws(StoreError) in
      for row in rows { try store.load(row) }
    }
    store = loaded
    if chance(70) { archive = (rows, history.model) }
    return true
  }

  /// Brings in what the store itself held some time ago, or holds now.
  mutating func mergeArchive() throws -> Bool {
    let (rows, other) = try archive ?? (archived(), history.model)
    let duplicates = pick([Duplicates.skip, .update, .allow])
    let moments = history.moments
    return try change("import of an archive \(duplicates)") { model throws(StoreModel.Refusal) in
      try model.merge(other, duplicates) { moment in
        switch moment {
        case .given(let time): time
        case .change(let number): moments.first { $0.value == number }?.key ?? 0
        }
      }
      model.recognise(moments)
    } store: { store throws(StoreError) in
      var merge = ArchiveMerge(duplicates: duplicates)
      for row in rows { merge.expect(row) }
      for row in rows { _ = try merge.take(row, in: &store) }
      try store.settle(merge.order)
    }
  }

  private func archived() throws -> [ArchiveRow] {
    var rows = store.archive()
    var number = 0
    var archived: [ArchiveRow] = []
    while let line = try rows.next(in: store) {
      number += 1
      if case .row(let row) = try ArchiveLine(line, number: number) { archived.append(row) }
    }
    return archived
  }

  mutating func backUp() throws -> Bool {
    guard let path else { return false }
    let backup = try Store.backUp(path, .asked)
    told.append("backup")
    backups.append((backup.path, history))
    return true
  }

  mutating func restoreBackup() throws -> Bool {
    guard let path, let (backup, old) = backups.randomElement(using: &random) else { return false }
    told.append("backup restore \(backup)")
    _ = try Store.restore(path, from: backup)
    history = old
    return true
  }
}
