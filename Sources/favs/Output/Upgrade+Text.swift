internal import Favourites

extension Upgrade {
  /// What a person is told once: which names of an older file are one now.
  var text: String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    add(
      categories, "category had the name of another and is one with it now",
      "categories had the names of others and are one with them now")
    add(tags, "favourite had one tag twice", "favourites had one tag twice")
    add(
      metadata, "favourite had one name of metadata twice",
      "favourites had one name of metadata twice")
    return "favs: the file was upgraded: \(parts.joined(separator: "; "))\n"
      + "hint: favs history shows what was done; favs backup list shows the copy from before\n"
  }
}
