/// The titles of favourites that are to come back, and the numbers that were tried behind titles that are taken.
struct TitlesToCome {
  private var taken: Set<[UInt8]> = []
  private var numbers: [[UInt8]: Int] = [:]

  /// Takes down that a title comes to a category.
  mutating func note(_ title: String, in category: Int64) {
    taken.insert(Self.key(title, category))
  }

  /// Whether a title comes to a category.
  func has(_ title: String, in category: Int64) -> Bool {
    taken.contains(Self.key(title, category))
  }

  /// The first number that may be free behind a title.
  func nextNumber(behind title: String, in category: Int64) -> Int {
    numbers[Self.key(title, category), default: 2]
  }

  /// Takes down that all numbers before one are taken.
  mutating func setNext(_ number: Int, behind title: String, in category: Int64) {
    numbers[Self.key(title, category)] = number
  }

  private static func key(_ title: String, _ category: Int64) -> [UInt8] {
    Array("\(category):\(title.nameKey)".utf8)
  }
}
