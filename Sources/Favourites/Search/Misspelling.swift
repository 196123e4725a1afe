/// How likely one word is to be a typing mistake for another.
enum Misspelling {
  // The cost of mistakes: slips of the fingers cost less than others.
  private static let other = 4
  private static let neighbour = 3
  private static let vowel = 3
  private static let doubled = 2
  private static let swapped = 2
  private static let beginning = 1

  /// The cost of the mistakes that turn a word into what was typed; one more if their first letters
  /// differ.
  static func cost(of word: String, typedAs typed: String) -> Int {
    let (first, second) = (Array(typed.unicodeScalars), Array(word.unicodeScalars))
    var before = [Int](repeating: 0, count: second.count + 1)
    var last = before
    for j in second.indices { last[j + 1] = last[j] + single(second, j) }
    for i in first.indices {
      var row = [last[0] + single(first, i)]
      for j in second.indices {
        var cost = min(row[j] + single(second, j), last[j + 1] + single(first, i))
        cost = min(cost, last[j] + replacing(first[i], second[j]))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cost = min(cost, before[j - 1] + swapped)
        }
        row.append(cost)
      }
      (before, last) = (last, row)
    }
    return last[second.count] + (first.first == second.first ? 0 : beginning)
  }

  /// The cost of a letter that only one of the two has.
  private static func single(_ letters: [Unicode.Scalar], _ index: Int) -> Int {
    let isDouble =
      index > 0 && letters[index - 1] == letters[index]
      || index + 1 < letters.count && letters[index + 1] == letters[index]
    return isDouble ? doubled : other
  }

  private static func replacing(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Int {
    if first == second { return 0 }
    if vowels.contains(first), vowels.contains(second) { return vowel }
    return areNeighbours(first, second) ? neighbour : other
  }

  private static let vowels = Set("aeiouyαεηιουωаеиоуыэюя".unicodeScalars)

  // MARK: Keyboards

  /// Whether two letters are adjacent on a keyboard, horizontally or vertically.
  static func areNeighbours(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    guard let first = positions[first], let second = positions[second] else { return false }
    return first.keyboard == second.keyboard && abs(first.row - second.row) <= 1
      && abs(first.column - second.column) <= 4
  }

  /// The place of a key: its row, and its column in quarters of a key.
  private typealias KeyPosition = (keyboard: Int, row: Int, column: Int)

  private static let positions: [Unicode.Scalar: KeyPosition] = {
    let keyboards = [
      ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
      [";ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"],
      ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
    ]
    var positions: [Unicode.Scalar: KeyPosition] = [:]
    for (keyboard, rows) in keyboards.enumerated() {
      for (row, keys) in rows.enumerated() {
        for (column, key) in keys.unicodeScalars.enumerated() {
          positions[key] = (keyboard, row, column * 4 + [0, 1, 3][row])
        }
      }
    }
    return positions
  }()
}
