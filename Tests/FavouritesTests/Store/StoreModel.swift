@testable import Favourites

/// What a store holds, as plainly as it can be said: lists of ids in categories, and values by id.
struct StoreModel: Equatable {
  struct Thing: Equatable {
    var title: String
    var url: String?
    var note: String?
    /// By their keys, so that each is there once.
    var tags: [String: String] = [:]
  }

  struct Trashed: Equatable {
    var thing: Thing
    var category: String
    var rank: Int
  }

  var things: [Int64: Thing] = [:]
  /// The ids of each category by rank; a category is there while it is a key.
  var categories: [String: [Int64]] = [:]
  var trash: [Int64: Trashed] = [:]
  /// What the categories that trashed favourites came from are called by now: not told by a store, which knows
  /// them by their ids.
  var homes: [Int64: String] = [:]
  var lastID: Int64 = 0

  /// Whether both hold the same, as far as a store tells it.
  static func == (first: StoreModel, second: StoreModel) -> Bool {
    first.things == second.things && first.categories == second.categories
      && first.trash == second.trash && first.lastID == second.lastID
  }

  /// The category that holds a favourite.
  func home(of id: Int64) -> String? { categories.first { $0.value.contains(id) }?.key }

  /// Makes a category, and those that it stands in.
  mutating func make(_ category: String) {
    var path = ""
    for part in category.split(separator: "/") {
      path += (path.isEmpty ? "" : "/") + part
      if categories[path] == nil { categories[path] = [] }
    }
  }

  mutating func add(_ thing: Thing, to category: String, at rank: Int?) {
    make(category)
    lastID += 1
    things[lastID] = thing
    place(lastID, in: category, at: rank)
  }

  mutating func place(_ id: Int64, in category: String, at rank: Int?) {
    let count = categories[category, default: []].count
    categories[category, default: []].insert(id, at: min((rank ?? count + 1) - 1, count))
  }

  /// Takes a favourite out of its category; gives that and the rank it had.
  @discardableResult
  mutating func displace(_ id: Int64) -> (category: String, rank: Int)? {
    guard let home = home(of: id), let index = categories[home]?.firstIndex(of: id) else {
      return nil
    }
    categories[home]?.remove(at: index)
    return (home, index + 1)
  }

  mutating func move(_ id: Int64, to category: String, at rank: Int?) {
    make(category)
    displace(id)
    place(id, in: category, at: rank)
  }

  mutating func swap(_ first: Int64, _ second: Int64) {
    guard let (one, other) = pair(home(of: first), home(of: second)),
      let i = categories[one]?.firstIndex(of: first),
      let j = categories[other]?.firstIndex(of: second)
    else { return }
    categories[one]?[i] = second
    categories[other]?[j] = first
  }

  mutating func remove(_ id: Int64) {
    guard let thing = things[id], let (category, rank) = displace(id) else { return }
    things[id] = nil
    trash[id] = Trashed(thing: thing, category: category, rank: rank)
    homes[id] = category
  }

  mutating func restore(_ id: Int64) {
    guard let trashed = trash.removeValue(forKey: id), let home = homes[id] else { return }
    make(home)
    things[id] = trashed.thing
    place(id, in: home, at: trashed.rank)
  }

  /// Gives a category and all below it another beginning of their names.
  mutating func rename(_ category: String, to target: String) {
    let moved = categories.filter { Self.isWithin($0.key, category) }
    for key in moved.keys { categories[key] = nil }
    make(target)
    func renamed(_ path: String) -> String { target + path.dropFirst(category.count) }
    for (key, ids) in moved { categories[renamed(key)] = ids }
    homes = homes.mapValues { Self.isWithin($0, category) ? renamed($0) : $0 }
  }

  /// Gives a tag another name, or the spelling of one that is there.
  mutating func renameTag(_ key: String, to name: String) {
    for id in things.keys where things[id]?.tags[key] != nil {
      things[id]?.tags[key] = nil
      things[id]?.tags[name.lowercased()] = name
    }
  }

  static func isWithin(_ path: String, _ category: String) -> Bool {
    path == category || path.hasPrefix(category + "/")
  }

  private func pair<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
    guard let first, let second else { return nil }
    return (first, second)
  }
}
