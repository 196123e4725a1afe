@testable import Favourites

// Steps about categories and tags.

extension ModelRun {
  mutating func addCategory() throws -> Bool {
    let path = try path(likely: 10)
    let (note, fields) = (chance(50) ? "a note" : nil, chance(50) ? [try aField()] : [])
    return try change("category add \(path.text) \(note ?? "-") \(fields.map(\.text))") {
      model throws(StoreModel.Refusal) in
      try model.addCategory(path.text, note: note, fields: fields)
    } store: { store throws(StoreError) in
      try store.addCategory(path, note: note, fields: fields)
    }
  }

  mutating func editCategory() throws -> Bool {
    let path = try path(likely: 90)
    let note = chance(50) ? pick(["", "a note", "another"]) : nil
    let fields = chance(60) ? [try aField()] : []
    let removed = chance(30) ? [pick(["year", "mood"])] : []
    return try change(
      "category edit \(path.text) \(note ?? "-") +\(fields.map(\.text)) -\(removed)"
    ) { model throws(StoreModel.Refusal) in
      try model.editCategory(path.text, note: note, fields: fields, removed: removed)
    } store: { store throws(StoreError) in
      try store.editCategory(path, note: note, fields: fields, removed: removed)
    }
  }

  mutating func renameCategory() throws -> Bool {
    let path = try path(likely: 90)
    let target = try CategoryPath.parse(pick(Self.paths))
    return try change("category rename \(path.text) \(target.text)") {
      model throws(StoreModel.Refusal) in
      try model.renameCategory(path.text, to: target.text)
    } store: { store throws(StoreError) in
      try store.renameCategory(path, to: target)
    }
  }

  mutating func mergeCategory() throws -> Bool {
    let (path, target) = (try path(likely: 90), try path(likely: 90))
    return try change("category merge \(path.text) \(target.text)") {
      model throws(StoreModel.Refusal) in
      try model.mergeCategory(path.text, into: target.text)
    } store: { store throws(StoreError) in
      try store.mergeCategory(path, into: target)
    }
  }

  mutating func removeCategory() throws -> Bool {
    let path = try path(likely: 90)
    return try change("category rm \(path.text)") { model throws(StoreModel.Refusal) in
      try model.removeCategory(path.text)
    } store: { store throws(StoreError) in
      _ = try store.removeCategory(path)
    }
  }

  mutating func restoreCategory() throws -> Bool {
    let trashed = history.model.trashedCategories.values.map(\.shelf.path).sorted()
    let path =
      trashed.isEmpty || chance(20)
      ? try path(likely: 50) : try CategoryPath.parse(respelled(pick(trashed)))
    let conflicts = pick(RestoreConflict.allCases)
    return try change("restore -c \(path.text) \(conflicts)") { model throws(StoreModel.Refusal) in
      try model.restoreCategory(path.text, conflicts)
    } store: { store throws(StoreError) in
      _ = try store.restoreCategory(path, conflicts: conflicts)
    }
  }

  // MARK: Tags

  mutating func renameTag(_ step: ModelStep) throws -> Bool {
    let mustExist = step == .mergeTag
    let (tag, target) = (try aTag(), try TagName.parse(pick(Self.tags)))
    return try change("tag \(step) \(tag.text) \(target.text)") {
      model throws(StoreModel.Refusal) in
      try model.renameTag(tag, to: target, mustExist: mustExist)
    } store: { store throws(StoreError) in
      _ = try store.renameTag(tag, to: target, mustExist: mustExist)
    }
  }

  mutating func deleteTag() throws -> Bool {
    let tag = try aTag()
    return try change("tag rm \(tag.text)") { model throws(StoreModel.Refusal) in
      try model.removeTag(tag)
    } store: { store throws(StoreError) in
      _ = try store.removeTag(tag)
    }
  }
}
