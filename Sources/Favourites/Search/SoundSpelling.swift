/// Other spellings of an English word that sound the same: `phone` for `fone`, `knife` for `nife`.
enum SoundSpelling {
  /// Spellings of a sound, an alternative, and whether it only applies at the beginning.
  private static let rules: [(from: String, to: String, isFirst: Bool)] = [
    ("n", "kn", true), ("n", "gn", true), ("n", "pn", true), ("r", "wr", true), ("r", "rh", true),
    ("s", "ps", true), ("s", "c", true), ("s", "sc", true), ("t", "pt", true), ("t", "ts", true),
    ("z", "x", true), ("w", "wh", true), ("f", "ph", false), ("i", "y", false), ("y", "i", false),
    ("k", "c", false), ("k", "ch", false), ("c", "k", false), ("kw", "qu", false),
    ("ks", "x", false), ("j", "g", false), ("z", "s", false), ("s", "z", false),
  ]

  /// The words that one or two rules make of a word in lower-case letters a to z, those from one
  /// rule first.
  static func others(of word: String) -> [String] {
    guard word.utf8.count >= 4, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else {
      return []
    }
    var found: [String] = []
    for index in rules.indices {
      if let other = applied(rules[index], to: word), !found.contains(other) { found.append(other) }
    }
    for index in rules.indices {
      guard let once = applied(rules[index], to: word) else { continue }
      for next in rules.indices.dropFirst(index + 1) {
        guard let twice = applied(rules[next], to: once), twice != word, !found.contains(twice)
        else { continue }
        found.append(twice)
      }
    }
    return found
  }

  private static func applied(
    _ rule: (from: String, to: String, isFirst: Bool), to word: String
  ) -> String? {
    let (letters, from) = (Array(word.utf8), Array(rule.from.utf8))
    var changed: [UInt8] = []
    var index = 0
    var isChanged = false
    while index < letters.count {
      if !rule.isFirst || index == 0, letters[index...].starts(with: from) {
        changed += Array(rule.to.utf8)
        index += from.count
        isChanged = true
      } else {
        changed.append(letters[index])
        index += 1
      }
    }
    return isChanged ? String(decoding: changed, as: UTF8.self) : nil
  }
}
