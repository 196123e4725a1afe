internal import SQLite

/// The target states of everything that a change touched, for undoing it.
struct RevertPlan {
  var favourites: [FavouriteTarget] = []
  var categories: [(id: Int64, state: CategoryState)] = []
  /// The later changes still in effect that wrote the same fields: if there are any, nothing is
  /// undone.
  var obstacles: Set<Int64> = []
}

extension Store {
  /// Plans how to undo a change: for each thing that it touched, the fields that it changed get
  /// their previous values, and later changes to other fields stay.
  mutating func plan(toUndo number: Int64) throws(StoreError) -> RevertPlan {
    let (favourites, categories) = try images(of: number)
    var plan = RevertPlan()
    for (id, image) in favourites {
      let now = try state(of: id)
      var target = try target(of: id, before: image, now)
      if try wasTouched(.favourite, id, since: number) {
        let later = try laterChanges(.favourite, id, than: number)
        let versions = try versions(of: id, from: number)
        let own = try own(versions.last, number) { $0.change }
        plan.obstacles.formUnion(
          overlapping(versions.map { ($0.change, ChangedFields($0)) }, later))
        own.keepOthers(of: now, in: &target, keepsDates: !later.isEmpty)
      }
      plan.favourites.append(target)
    }
    for (id, image) in categories {
      let now = try categoryState(id)
      var state = try state(ofCategory: id, before: image, now)
      if try wasTouched(.category, id, since: number) {
        let later = try laterChanges(.category, id, than: number)
        if !later.isEmpty {
          let versions = try versions(ofCategory: id, from: number)
          _ = try own(versions.last, number) { $0.change }
          plan.obstacles.formUnion(
            overlapping(versions.map { ($0.change, ChangedFields($0)) }, later))
          if case .live(var record) = state, case .live(let current) = now {
            (record.change, record.modifiedAt) = (current.change, current.modifiedAt)
            state = .live(record)
          }
        }
      }
      plan.categories.append((id, state))
    }
    let touched = plan.categories.map(\.id)
    for (id, state) in plan.categories {
      guard case .live(let record) = state else { continue }
      plan.obstacles.formUnion(
        try takers(of: record.key, from: id, since: number, besides: touched))
    }
    var homes = Set(touched)
    for target in plan.favourites {
      guard case .live(let record) = target.state, homes.insert(record.category).inserted else {
        continue
      }
      plan.obstacles.formUnion(try obstacles(toHome: record.category, since: number))
    }
    return plan
  }

  /// The later changes for which a category cannot come back for the favourites that return to it:
  /// those that did away with it, or that gave its name to another.
  private func obstacles(
    toHome id: Int64, since number: Int64
  ) throws(StoreError) -> Set<Int64> {
    let home: CategoryRecord
    switch try categoryState(id) {
    case .live: return []
    case .trashed(let category, _): home = category
    case .absent:
      let later = try laterChanges(.category, id, than: number)
      guard later.isEmpty, case .live(let category)? = try versions(ofCategory: id).first?.before
      else { return later }
      home = category
    }
    return Set(try takers(of: home.key, from: id, since: number, besides: []))
  }

  /// The later changes that gave another category the name that one is to get back. A name is a
  /// field that all categories share.
  ///
  /// - Parameter others: the categories that give up their names meanwhile.
  private func takers(
    of key: String, from id: Int64, since number: Int64, besides others: [Int64]
  ) throws(StoreError) -> [Int64] {
    guard let taker = try categoryRecord(key: key), taker.id != id, !others.contains(taker.id)
    else { return [] }
    let later = try laterChanges(.category, taker.id, than: number)
    return try versions(ofCategory: taker.id, from: number + 1)
      .filter { later.contains($0.change) && !$0.before.isNamed(key) && $0.after.isNamed(key) }
      .map(\.change)
  }

  /// Plans how to redo: there have been no changes since the undo.
  func plan(toRedo number: Int64) throws(StoreError) -> RevertPlan {
    let (favourites, categories) = try images(of: number)
    var plan = RevertPlan()
    for (id, image) in favourites {
      plan.favourites.append(try target(of: id, before: image, try state(of: id)))
    }
    for (id, image) in categories {
      plan.categories.append((id, try state(ofCategory: id, before: image, try categoryState(id))))
    }
    return plan
  }

  /// Whether the history has anything about a thing after a change. Usually it does not, and the
  /// thing is as the change left it.
  func wasTouched(
    _ kind: ItemKind, _ id: Int64, since number: Int64
  ) throws(StoreError) -> Bool {
    return try connection.query(
      "SELECT 1 FROM change_item WHERE kind = ? AND item = ? AND change > ? LIMIT 1", kind.rawValue,
      id, number
    ).next()
  }

  private func target(
    of id: Int64, before image: String?, _ now: FavouriteState
  ) throws(StoreError) -> FavouriteTarget {
    guard let target = FavouriteImage.state(before: image, of: id, after: now) else {
      throw .unusable(path: path, .damaged("the history of favourite \(id) is not readable"))
    }
    return target
  }

  private func state(
    ofCategory id: Int64, before image: String?, _ now: CategoryState
  ) throws(StoreError) -> CategoryState {
    guard let state = CategoryImage.state(before: image, of: id, after: now) else {
      throw .unusable(path: path, .damaged("the history of category \(id) is not readable"))
    }
    return state
  }

  /// What the change itself did to a thing: the oldest of the versions since.
  private func own<Version>(
    _ oldest: Version?, _ number: Int64, _ change: (Version) -> Int64
  ) throws(StoreError) -> Version {
    guard let oldest, change(oldest) == number else {
      throw .unusable(path: path, .damaged("the history of change \(number) is not readable"))
    }
    return oldest
  }

  /// The later changes that wrote the same fields as the oldest version.
  private func overlapping(
    _ versions: [(change: Int64, fields: ChangedFields)], _ later: Set<Int64>
  ) -> [Int64] {
    guard let own = versions.last?.fields else { return [] }
    return versions.filter { later.contains($0.change) && $0.fields.overlaps(own) }.map(\.change)
  }
}

extension CategoryState {
  /// Whether it is live, with this key.
  fileprivate func isNamed(_ key: String) -> Bool {
    if case .live(let record) = self { areSame(record.key, key) } else { false }
  }
}

extension FavouriteVersion {
  /// Keeps what other changes did to a favourite in its target state.
  fileprivate func keepOthers(
    of now: FavouriteState, in target: inout FavouriteTarget, keepsDates: Bool
  ) {
    guard case .live(var record) = target.state, case .live(let current) = now,
      case .live(let old) = before.state, case .live(let new) = after.state
    else { return }
    if keepsDates { (record.change, record.modifiedAt) = (current.change, current.modifiedAt) }
    record.tags = TagMerge(from: old.tags, to: new.tags).undone(in: current.tags)
    record.metadata = MetadataMerge(from: old.metadata, to: new.metadata)
      .undone(in: current.metadata)
    target.state = .live(record)
  }
}
