package import Favourites

/// Which uids name one and the same thing, and which of them names what was emptied.
struct UIDClasses {
  private var names: [UID: UID] = [:]
  /// The classes that were emptied, with the stamp of the state that was.
  private(set) var dead: [UID: Stamp] = [:]

  /// - Parameters:
  ///   - aliases: of each the source is the same as the target.
  ///   - purged: what was emptied.
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
      // What was known before keeps its name: it is no alias of anything.
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

  /// The uid by which a thing goes that has this one.
  func name(_ uid: UID) -> UID { names[uid] ?? uid }

  /// All uids that are the same as others.
  var aliased: Dictionary<UID, UID>.Keys { names.keys }

  /// The uid under which something that was emptied lives again, here or elsewhere.
  func reborn(_ uid: UID) -> UID {
    var uid = name(uid)
    while dead[uid] != nil { uid = name(uid.again) }
    return uid
  }
}

/// That two uids are one thing: the first is the second from then on.
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

/// That something was emptied from the trash.
package struct Purge: Hashable, Sendable {
  package var kind: SyncKind
  /// The stamp of the state that was emptied.
  package var stamp: Stamp

  package init(_ kind: SyncKind, _ stamp: Stamp) {
    self.kind = kind
    self.stamp = stamp
  }
}
