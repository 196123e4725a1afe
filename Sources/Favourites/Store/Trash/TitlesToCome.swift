/// The titles of favourites about to be restored, and the numbers tried as suffixes of taken
/// titles.
struct TitlesToCome {
  private var taken: Set<[UInt8]> = []
  private var numbers: [[UInt8]: Int] = [:]

  /// Records that a category is about to get a title.
  mutating func note(_ title: String, in category: Int64) {
    taken.insert(Self.key(title, category))
  }

  /// Whether a category is about to get a title.
  func has(_ title: String, in category: Int64) -> Bool {
    taken.contains(Self.key(title, category))
  }

  /// The first number that may be free as a suffix of a title.
  func nextNumber(behind title: String, in category: Int64) -> Int {
    numbers[Self.key(title, category), default: 2]
  }

  /// Records that all numbers before one are taken.
  mutating func setNext(_ number: Int, behind title: String, in category: Int64) {
    numbers[Self.key(title, category)] = number
  }

  private static func key(_ title: String, _ category: Int64) -> [UInt8] {
    Array("\(category):\(title.nameKey)".utf8)
  }
}
