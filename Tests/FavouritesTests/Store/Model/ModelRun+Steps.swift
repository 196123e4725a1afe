@testable import Favourites

// The steps: each is told to the model and to the store.

extension ModelRun {
  /// Makes a step; whether anything was changed.
  mutating func make(_ step: ModelStep) throws -> Bool {
    switch step {
    case .add, .addAtRank: return try add(step)
    case .edit, .addTag, .removeTag, .clearTags, .set, .unset, .clearMetadata:
      return try edit(someIDs(1...2), step)
    case .move, .moveToRank, .moveBefore, .moveAfter: return try edit([anID()], step)
    case .editSeveral: return try edit(someIDs(2...5), step)
    case .moveSeveral: return try edit(someIDs(2...4), step)
    case .swap: return try swap()
    case .open: return try open()
    case .remove: return try remove()
    case .restore: return try restore()
    case .emptySome: return try emptySome()
    case .emptyAll: return try emptyAll()
    case .emptyOlder: return try emptyOlder()
    case .addCategory: return try addCategory()
    case .editCategory: return try editCategory()
    case .renameCategory: return try renameCategory()
    case .mergeCategory: return try mergeCategory()
    case .removeCategory: return try removeCategory()
    case .restoreCategory: return try restoreCategory()
    case .renameTag, .mergeTag: return try renameTag(step)
    case .deleteTag: return try deleteTag()
    case .undoNumber:
      let number = aChange()
      return try attempt("undo of \(number)") { history throws(StoreModel.Refusal) in
        try history.undo(number)
      } _: { store throws(StoreError) in
        _ = try store.undo(number)
      }
    case .undo:
      let count = chance(80) ? 1 : number(2...4)
      return try attempt("undo \(count)") { history throws(StoreModel.Refusal) in
        try history.undo(last: count)
      } _: { store throws(StoreError) in
        _ = try store.undo(last: count)
      }
    case .redo:
      let count = chance(80) ? 1 : 2
      return try attempt("redo \(count)") { history throws(StoreModel.Refusal) in
        try history.redo(count)
      } _: { store throws(StoreError) in
        _ = try store.redo(last: count)
      }
    case .importFavourites: return try importFavourites()
    case .importFolder: return try importFolder()
    case .repair:
      return try change("doctor --repair", .always) { _ in
      } store: { store throws(StoreError) in
        try store.repair()
      }
    case .loadArchive: return try loadArchive()
    case .mergeArchive: return try mergeArchive()
    case .mergeDuplicates: return try mergeDuplicates()
    case .backUp: return try backUp()
    case .restoreBackup: return try restoreBackup()
    }
  }

  // MARK: Favourites

  private mutating func add(_ step: ModelStep) throws -> Bool {
    var draft = try draft()
    if step == .addAtRank { draft.rank = Int64(number(1...6)) }
    let duplicates = pick([Duplicates.refuse, .update, .allow, .skip])
    return try change(
      "add \(draft.title ?? "-") url=\(draft.url ?? "-") to \(draft.category?.text ?? "-") at "
        + "\(draft.rank ?? 0) tags=\(draft.tags.map(\.text)) set=\(draft.metadata.map(\.text)) "
        + "\(duplicates)"
    ) { model throws(StoreModel.Refusal) in
      try model.add(draft, duplicates)
    } store: { store throws(StoreError) in
      _ = try store.add(draft, duplicates: duplicates)
    }
  }

  private mutating func edit(_ ids: [Int64], _ step: ModelStep) throws -> Bool {
    var patch = Patch()
    switch step {
    case .edit:
      if chance(50) { patch.title = pick(Self.titles) }
      if chance(30) { patch.url = chance(30) ? "" : pick(Self.urls) }
      if chance(40) { patch.note = pick(["", "one", "two"]) }
    case .addTag: patch.addedTags = try someTags(1...2)
    case .removeTag: patch.removedTags = try someTags(1...2)
    case .clearTags:
      patch.clearsTags = true
      if chance(30) { patch.addedTags = try someTags(1...1) }
    case .set: patch.assignments = try someSettings(1...2)
    case .unset: patch.unset = [pick(["year", "mood"])]
    case .clearMetadata:
      patch.clearsMetadata = true
      if chance(30) { patch.assignments = try someSettings(1...1) }
    case .move: patch.category = try path(likely: 50)
    case .editSeveral: patch = try aPatch()
    case .moveBefore: patch.placing = .before(anID())
    case .moveAfter: patch.placing = .after(anID())
    default:
      if chance(50) { patch.category = try path(likely: 50) }
      patch.placing = chance(20) ? .last : .rank(Int64(number(1...6)))
    }
    return try change(
      "edit \(ids) title=\(patch.title ?? "-") url=\(patch.url ?? "-") note=\(patch.note ?? "-") "
        + "tags=\(patch.clearsTags) +\(patch.addedTags.map(\.text)) -\(patch.removedTags.map(\.text)) "
        + "set=\(patch.clearsMetadata) +\(patch.assignments.map { "\($0.key)=\($0.text)" }) -\(patch.unset) "
        + "to \(patch.category?.text ?? "-") at \(patch.placing.map { "\($0)" } ?? "-")"
    ) { model throws(StoreModel.Refusal) in
      try model.edit(ids, patch)
    } store: { store throws(StoreError) in
      _ = try store.edit(ids, patch)
    }
  }

  private mutating func swap() throws -> Bool {
    let (first, second) = (anID(), anID())
    return try change("swap \(first) \(second)") { model throws(StoreModel.Refusal) in
      try model.swap(first, second)
    } store: { store throws(StoreError) in
      try store.swap(first, second)
    }
  }

  private mutating func open() throws -> Bool {
    let (ids, time) = (someIDs(1...3), Int64(number(200...299)))
    return try change("open \(ids) at \(time)", .opening) { model throws(StoreModel.Refusal) in
      model.open(ids, at: time)
    } store: { store throws(StoreError) in
      _ = try store.countOpening(of: ids, at: Timestamp(milliseconds: time))
    }
  }

  private mutating func mergeDuplicates() throws -> Bool {
    let onlySameLinks = chance(30)
    return try change("dupes --merge \(onlySameLinks)") { model throws(StoreModel.Refusal) in
      try model.mergeDuplicates(onlySameLinks: onlySameLinks)
    } store: { store throws(StoreError) in
      _ = try store.merge(
        try store.duplicates(Selection(), onlySameLinks: onlySameLinks))
    }
  }

  // MARK: The trash

  private mutating func remove() throws -> Bool {
    let ids = someIDs(1...3)
    return try change("rm \(ids)") { model throws(StoreModel.Refusal) in
      try model.remove(ids)
    } store: { store throws(StoreError) in
      _ = try store.remove(ids)
    }
  }

  private mutating func restore() throws -> Bool {
    let ids = someTrashed(1...4)
    let conflicts = pick(RestoreConflict.allCases)
    return try change("restore \(ids) \(conflicts)") { model throws(StoreModel.Refusal) in
      try model.restore(ids, conflicts)
    } store: { store throws(StoreError) in
      _ = try store.restore(ids, conflicts: conflicts)
    }
  }

  private mutating func emptySome() throws -> Bool {
    let ids = someTrashed(1...2).filter { $0 <= history.model.given.favourite }
    guard !ids.isEmpty else { return false }
    return try change("trash empty \(ids)", .final) { model throws(StoreModel.Refusal) in
      try model.empty(ids)
    } store: { store throws(StoreError) in
      _ = try store.empty(ids)
    }
  }

  /// Forgets all that is not alive: what is in the trash, and what only the history knows.
  private mutating func emptyAll() throws -> Bool {
    let ids = try store.trashedIDs(TrashQuery()) + store.undoneIDs(before: nil)
    check(ids.sorted(), history.model.dead, "what is to be emptied")
    return try change("trash empty --all", .final) { model throws(StoreModel.Refusal) in
      try model.empty(ids)
      model.forget(categories: model.deadCategories)
    } store: { store throws(StoreError) in
      _ = try store.empty(ids)
      _ = try store.emptyCategories(deletedBefore: nil)
    }
  }

  /// Forgets what is not alive since longer than a change ago.
  private mutating func emptyOlder() throws -> Bool {
    guard history.last > 0 else { return false }
    let number = Int64(number(1...Int(history.last)))
    guard let time = history.moments.first(where: { $0.value == number })?.key else { return false }
    let limit = Timestamp(milliseconds: time)
    var query = TrashQuery()
    query.filters = [.date(.deleted, .until, Timestamp(milliseconds: time - 1))]
    let ids = try store.trashedIDs(query) + store.undoneIDs(before: limit)
    check(ids.sorted(), history.dead(before: number), "what is to be emptied")
    let categories = history.deadCategories(before: number, without: ids)
    return try change("trash empty --older-than change \(number)", .final) {
      model throws(StoreModel.Refusal) in
      try model.empty(ids)
      model.forget(categories: categories)
    } store: { store throws(StoreError) in
      _ = try store.empty(ids)
      _ = try store.emptyCategories(deletedBefore: limit)
    }
  }
}
