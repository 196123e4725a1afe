/// The kind of a thing in the change table.
enum ItemKind: Int64 {
  case favourite = 1
  case category = 2
  /// A favourite that the command line named by its title, URL or uid.
  case mention = 3
}

/// A command's change in progress.
struct PendingChange {
  /// Its number.
  let number: Int64
  /// When it began; everything that it writes gets this date.
  let at: Timestamp
  /// The command line.
  let command: String
  /// Generates the uids of new things.
  var uids: UIDGenerator
  /// The first and last id of the favourites that it added in bulk.
  var added: ClosedRange<Int64>?
  /// Counts what it did.
  var tally = ChangeTally()
  /// The ends of the categories that it appends to; written when the change ends.
  var tails: [Int64: CategoryTail] = [:]
  /// Deferred moves, in order: see `Store.putOff`.
  var moves: [(id: Int64, category: Int64, rank: Int64)] = []
  /// How many favourites each category gained or lost; written when the change ends.
  var counts: [Int64: Int64] = [:]
  /// How many favourites the trash gained or lost; written when the change ends.
  var trashed: Int64 = 0
  /// Ids of tags seen so far, by the bytes of their names.
  var tagIDs: [ByteKey: Int64] = [:]
  /// The additions to the tags' counts; written when the change ends.
  var tagCounts: [Int64: Int64] = [:]
  /// The categories seen so far, by the bytes of their keys.
  var categories: [ByteKey: CategoryRecord] = [:]
  /// How many things it put into the trash that did not exist here.
  var discarded = 0
  /// Whether a sync makes it.
  var isOfSync = false
  /// Whether something was deleted for good.
  var isForgetting = false
  /// Whether this is an undo or redo, which counts even if there was nothing to do.
  var isTakingBack = false
  /// Whether it writes something outside the history, such as that a conflict was resolved: it is
  /// then committed even if no favourite changes.
  var writesBeside = false
  /// Whether all drafts of one `DraftPreparer` were added so far, so that every word that it has
  /// met is known.
  var hasEveryWord = true
  /// The spelling of each tag, by the bytes of its key.
  var tagSpellings: [ByteKey: String] = [:]

  /// Whether it can be undone, as far as its counts tell.
  var finality: Finality {
    if tally.hasOnlyOpenings { return .opens }
    return isOfSync && tally.hasOnlyTrashed(discarded) ? .discards : .revertible
  }
}

/// Counts what a change did, for its summary.
package struct ChangeTally: Equatable, Sendable {
  package var added = 0
  package var edited = 0
  package var opened = 0
  package var trashed = 0
  package var restored = 0
  package var removed = 0
  package var emptied = 0
  package var merged = 0
  package var categoriesAdded = 0
  package var categoriesEdited = 0
  package var categoriesTrashed = 0
  package var categoriesRestored = 0
  package var categoriesRemoved = 0
  package var categoriesEmptied = 0
  package var repairs = 0

  /// Whether nothing was changed.
  package var isEmpty: Bool { self == ChangeTally() }

  /// Whether favourites were opened, and nothing else was done.
  var hasOnlyOpenings: Bool {
    var others = self
    others.opened = 0
    return opened > 0 && others.isEmpty
  }

  /// Whether this many things were put into the trash, and nothing else was done.
  func hasOnlyTrashed(_ count: Int) -> Bool {
    var others = self
    (others.trashed, others.categoriesTrashed) = (0, 0)
    return count > 0 && trashed + categoriesTrashed == count && others.isEmpty
  }

  /// One line for users: "3 favourites to the trash, 1 category to the trash".
  package var summary: String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String, _ what: String) {
      if count > 0 { parts.append("\(counted(count, one, many)) \(what)") }
    }
    add(added, "favourite", "favourites", "added")
    add(edited, "favourite", "favourites", "changed")
    add(opened, "favourite", "favourites", "opened")
    add(trashed, "favourite", "favourites", "to the trash")
    add(restored, "favourite", "favourites", "restored")
    add(removed, "favourite", "favourites", "removed again")
    add(merged, "favourite", "favourites", "merged into another")
    add(emptied, "favourite", "favourites", "emptied from the trash")
    add(categoriesAdded, "category", "categories", "added")
    add(categoriesEdited, "category", "categories", "changed")
    add(categoriesTrashed, "category", "categories", "to the trash")
    add(categoriesRestored, "category", "categories", "restored")
    add(categoriesRemoved, "category", "categories", "removed")
    add(categoriesEmptied, "category", "categories", "forgotten")
    if repairs > 0 { parts.append("indexes, counts and ranks rebuilt") }
    return parts.joined(separator: ", ")
  }
}
