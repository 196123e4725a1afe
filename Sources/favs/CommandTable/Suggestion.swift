/// Suggests names similar to an unknown one.
enum Suggestion {
  /// The names of commands in other programs, and their equivalents here.
  private static let otherNames = [
    "remove": "rm", "delete": "rm", "del": "rm", "erase": "rm", "new": "add", "create": "add",
    "insert": "add", "save": "add", "bookmark": "add", "view": "show", "cat": "show",
    "info": "show", "get": "show", "update": "edit", "modify": "edit", "change": "edit",
    "set": "edit", "query": "search", "grep": "search", "revert": "undo", "rollback": "undo",
    "recover": "restore", "unrm": "restore", "undelete": "restore", "launch": "open",
    "categories": "category", "folder": "category", "folders": "category", "tags": "tag",
    "bin": "trash", "dump": "export", "load": "import", "fsck": "doctor",
    "all": "list", "dir": "list", "reorder": "move", "rank": "move",
  ]

  /// The command to suggest for an unknown name.
  static func command(for word: String, among names: [String]) -> String? {
    if let name = otherNames[word], names.contains(name) { return name }
    return nearest(to: word, among: names)
  }

  /// The name with the fewest edits, if they are few for its length; the first of several.
  static func nearest(to word: String, among names: [String]) -> String? {
    let limit = max(1, word.unicodeScalars.count / 3)
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(word, name)
      let isBeginning = word.count >= 2 && name.hasPrefix(word)
      let score = isBeginning ? min(distance, 1) : distance
      if score <= limit, score < best?.distance ?? .max { best = (name, score) }
    }
    return best?.name
  }

  /// The edit distance: insertions, deletions, substitutions and transpositions (Damerau and
  /// Levenshtein, the "optimal string alignment" form).
  static func distance(_ first: String, _ second: String) -> Int {
    let one = Array(first.unicodeScalars)
    let other = Array(second.unicodeScalars)
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in 0..<one.count {
      var current = [row + 1]
      for column in 0..<other.count {
        let isSame = one[row] == other[column]
        var cost = min(
          last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
