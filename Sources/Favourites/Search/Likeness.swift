/// How alike a title is to what was typed.
enum Likeness: Int, Comparable, Sendable {
  /// It lacks a word, or has them apart from each other.
  case none
  /// It contains the words in a row, if they are several.
  case within
  /// It begins with them.
  case beginning
  /// It has no other words.
  case whole

  init(of title: [String], to typed: [String]) {
    self = .none
    guard !typed.isEmpty, title.count >= typed.count else { return }
    if title == typed {
      self = .whole
    } else if title.starts(with: typed) {
      self = .beginning
    } else if typed.count > 1 {
      for start in 1..<(title.count - typed.count + 1)
      where title[start..<(start + typed.count)].elementsEqual(typed) { self = .within }
    }
  }

  /// By what the score of a hit is multiplied.
  var factor: Double {
    switch self {
    case .none: 1
    case .within: 1.15
    case .beginning: 1.3
    case .whole: 3
    }
  }

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// How alike a title is to what was typed, as far as it is known without reading it.
struct LikenessBounds: Equatable {
  private(set) var least: Likeness
  private(set) var most: Likeness

  private init(_ known: Likeness) {
    least = known
    most = known
  }

  /// Where nothing is left to find out.
  static func known(_ likeness: Likeness) -> LikenessBounds { LikenessBounds(likeness) }

  /// - Parameter typed: the number of words that were typed.
  init(_ least: Likeness, _ most: Likeness, typed: Int) {
    // One word is in a row in any title that has it.
    self.least = least == .within && typed == 1 ? .none : least
    self.most = most == .within && typed == 1 ? .none : most
    // There may be no other words.
    if most == .beginning { self.most = .whole }
  }

  /// Before anything is known.
  static let unknown = LikenessBounds(.none, .beginning, typed: 0)

  /// Whether reading the title tells nothing more.
  var areEqual: Bool { least == most }

  /// Notes the length of the title in words.
  ///
  /// The index has the parts of words as further words of a title. So one that has only the words
  /// that were typed may be longer than these, but not much: beyond that it counts only if it is
  /// the same in letters.
  ///
  /// - Parameters:
  ///   - typed: the number of words that were typed.
  ///   - isSame: whether it is the same in letters.
  mutating func learn(
    length: Int, typed: Int, isSame: () throws(StoreError) -> Bool
  ) throws(StoreError) {
    if most == .whole, length > 2 * typed + 1, try !isSame() { most = .beginning }
    if least == .beginning, length == typed { least = .whole }
  }

  /// Notes the likeness of the title, which was read.
  mutating func learn(_ likeness: Likeness) { self = .known(min(likeness, most)) }
}
