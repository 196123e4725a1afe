package import Favourites

/// The uids that refer to the same item, and those that refer to purged items.
struct UIDClasses {
  private var names: [UID: UID] = [:]
  /// The uids of purged items, with the stamps of the purged states.
  private(set) var dead: [UID: Stamp] = [:]

  /// - Parameters:
  ///   - aliases: pairs of uids that refer to the same item.
  ///   - purged: the purged items.
  init(_ aliases: Set<Alias>, _ purged: [UID: Purge]) {
    var above: [UID: UID] = [:]
    func root(_ uid: UID) -> UID {
      var uid = uid
      while let next = above[uid], next != uid { uid = next }
      return uid
    }
    for alias in aliases.sorted() {
      if above[alias.source] == nil { above[alias.source] = alias.source }
      if above[alias.target] == nil { above[alias.target] = alias.target }
      above[root(alias.source)] = root(alias.target)
    }
    let sources = Set(aliases.map(\.source))
    for (_, group) in Dictionary(grouping: above.keys, by: root) {
      // The item known first keeps its uid: it is not an alias.
      guard let name = group.filter({ !sources.contains($0) }).min() ?? group.min() else {
        continue
      }
      for uid in group { names[uid] = name }
    }
    for (uid, purge) in purged {
      let name = self.name(uid)
      dead[name] = max(dead[name] ?? .base, purge.stamp)
    }
  }

  /// The current uid of the item with a uid.
  func name(_ uid: UID) -> UID { names[uid] ?? uid }

  /// All uids that have aliases.
  var aliased: Dictionary<UID, UID>.Keys { names.keys }

  /// The uid under which a purged item has returned, or would return.
  func reborn(_ uid: UID) -> UID {
    var uid = name(uid)
    while dead[uid] != nil { uid = name(uid.again) }
    return uid
  }
}

/// States that two uids refer to the same item: the first is replaced by the second.
package struct Alias: Hashable, Comparable, Sendable {
  package let kind: SyncKind
  package let source: UID
  package let target: UID

  package init(_ kind: SyncKind, _ source: UID, _ target: UID) {
    self.kind = kind
    self.source = source
    self.target = target
  }

  package static func < (first: Alias, second: Alias) -> Bool {
    (first.kind.rawValue, first.source, first.target)
      < (second.kind.rawValue, second.source, second.target)
  }
}

/// States that an item was deleted for good.
package struct Purge: Hashable, Sendable {
  package var kind: SyncKind
  /// The stamp of the purged state.
  package var stamp: Stamp

  package init(_ kind: SyncKind, _ stamp: Stamp) {
    self.kind = kind
    self.stamp = stamp
  }
}
