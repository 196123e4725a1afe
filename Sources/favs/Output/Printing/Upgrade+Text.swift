internal import Favourites

extension Upgrade {
  /// The message after an upgrade that had to merge names.
  var text: String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append(counted(count, one, many)) }
    }
    add(
      categories, "category was merged with one of the same name",
      "categories were merged with others of the same name")
    add(tags, "favourite had a tag twice", "favourites had a tag twice")
    add(
      metadata, "favourite had a metadata key twice",
      "favourites had a metadata key twice")
    return "favs: the database was upgraded: \(parts.joined(separator: "; "))\n"
      + "hint: favs history shows the changes; favs backup list shows the backup from before\n"
  }
}
