import Favourites

extension Check {
  /// The name, as printed in text and as `check` in JSON.
  var words: String {
    switch self {
    case .filePrivacy: "only you can read the database"
    case .companionPrivacy: "only you can read its lock file and its backups"
    case .folderPrivacy: "only you can write to its folder"
    case .locks: "its file system supports locks"
    case .space: "there is space for a backup"
    case .library: "SQLite \(Store.libraryVersion) is new enough"
    case .soundness: "SQLite finds no damage"
    case .references: "every reference leads to something"
    case .entries: "every entry can be read"
    case .uniqueness: "nothing exists twice"
    case .categories: "each category is where its name says"
    case .counts: "the counts of categories are right"
    case .ranks: "each favourite has its rank"
    case .totals: "the totals are right"
    case .ids: "no id is used twice"
    case .tags: "each tag is indexed"
    case .metadata: "all metadata is indexed"
    case .titles: "each title is indexed"
    case .links: "each link is indexed"
    case .uids: "each uid is indexed"
    case .sights: "each link check belongs to a link"
    case .search: "each favourite is in the search index"
    case .history: "the history agrees with the favourites"
    }
  }
}
