internal import SQLite

/// A word that another could have been typed for, and the cost of that mistake.
struct NearWord: Equatable {
  let word: String
  let cost: Int
  /// Whether it is in the name of a category.
  var isOfCategory = false
}

extension Store {
  /// The words of the vocabulary that one could have been meant for: those with the fewest mistakes
  /// (one in words of four letters or more, two in words of eight or more); if no slip of the
  /// fingers explains it, also those that sound the same. The likeliest come first; some may no
  /// longer be in use.
  ///
  /// - Parameters:
  ///   - alsoByEar: true to always include those that sound the same.
  ///   - names: words of the names of categories, which are looked through as well.
  func nearWords(
    _ word: String, alsoByEar: Bool, names: [String] = []
  ) throws(StoreError) -> [NearWord] {
    let letters = Array(word.unicodeScalars)
    guard letters.count >= 4 else { return [] }
    var found = try misspelt(letters, Array(word.utf8), names)
    let least = found.map { Misspelling.cost(of: $0, typedAs: word) }.min() ?? .max
    if alsoByEar || least > Self.slip {
      found += try soundingLike(Array(word.utf8), names)
    }
    var met: Set<String> = []
    var near: [NearWord] = []
    for other in found where met.insert(other).inserted {
      let cost = Misspelling.cost(of: other, typedAs: word)
      near.append(
        NearWord(
          word: other, cost: isLike(other, word) ? min(cost, Self.slip + cost / 4) : cost,
          isOfCategory: names.contains(other)))
    }
    near.sort { ($0.cost, $0.word) < ($1.cost, $1.word) }
    return Array(near.prefix(Self.mostNear))
  }

  /// Calls a closure for each near word that occurs, until it returns false: the likeliest first,
  /// and among equally likely ones the most common.
  ///
  /// - Parameter words: the likeliest first.
  func forEachOccurring(
    of words: [NearWord], _ body: (NearWord) throws(StoreError) -> Bool
  ) throws(StoreError) {
    var rest = words[...]
    while let cost = rest.first?.cost {
      let equals = rest.prefix { $0.cost == cost }
      rest = rest.dropFirst(equals.count)
      // Counting a word with nothing to compare it to would cost a hundred times as much.
      let bound = equals.count > 1 ? Self.mostCompared : 1
      var counted: [(near: NearWord, count: Int)] = []
      for near in equals {
        let count = try occurrences(of: near, upTo: bound)
        if count > 0 { counted.append((near, count)) }
      }
      counted.sort { ($1.count, $0.near.word) < ($0.count, $1.near.word) }
      for (near, _) in counted { guard try body(near) else { return } }
    }
  }

  /// The cost of the likeliest near word that occurs; 0 if none does.
  func leastCost(of words: [NearWord]) throws(StoreError) -> Int {
    for near in words where try occurrences(of: near, upTo: 1) > 0 { return near.cost }
    return 0
  }

  private func occurrences(of near: NearWord, upTo bound: Int) throws(StoreError) -> Int {
    // Also as a part of another: `script` in TypeScript.
    let forms = [WordForm([near.word]), WordForm.part([near.word], isPrefix: false)]
    let hits = try hits(.words(forms.map(\.phrase)), upTo: bound)
    return near.isOfCategory ? max(1, hits) : hits
  }

  /// Calls a closure for each word of the vocabulary of certain lengths, shorter words first, and
  /// for each of those of some names.
  private func forEachWord(
    of lengths: ClosedRange<Int>, and names: [String],
    _ body: (ArraySlice<UInt8>) throws(StoreError) -> Void
  ) throws(StoreError) {
    try forEachWord(of: lengths, body)
    for name in names where lengths.contains(name.unicodeScalars.count) {
      try body(Array(name.utf8)[...])
    }
  }

  /// Up to how many favourites are counted to find the more common of two words.
  private static let mostCompared = 1_000

  /// How many of the likeliest words are considered.
  private static let mostNear = 40

  /// The greatest cost of a slip of the fingers: if that explains a word, its sound is not
  /// considered.
  private static let slip = 3

  private func isLike(_ word: String, _ other: String) -> Bool {
    let keys = PhoneticKey.keys(of: Array(word.utf8))
    return PhoneticKey.keys(of: Array(other.utf8)).contains { keys.contains(where: $0.isLike) }
  }

  /// The words with the fewest mistakes.
  private func misspelt(
    _ letters: [Unicode.Scalar], _ bytes: [UInt8], _ names: [String]
  ) throws(StoreError) -> [String] {
    var limit = letters.count >= 8 ? 2 : 1
    var found: [(distance: Int, word: String)] = []
    let isASCII = bytes.count == letters.count
    let typed = Self.letters(of: bytes)
    let lengths = letters.count - limit...letters.count + limit
    try forEachWord(of: lengths, and: names) { (other) throws(StoreError) in
      var distance: Int?
      if isASCII {
        // A mistake adds one letter and removes one, at most.
        guard (Self.letters(of: other) ^ typed).nonzeroBitCount <= 2 * limit else { return }
        distance = EditDistance.between(bytes, Array(other), limit: limit)
      } else {
        let other = Array(String(decoding: other, as: UTF8.self).unicodeScalars)
        distance = EditDistance.between(letters, other, limit: limit)
      }
      guard let distance, distance > 0 else { return }
      limit = min(limit, distance)
      found.append((distance, String(decoding: other, as: UTF8.self)))
    }
    return found.filter { $0.distance == limit }.map(\.word)
  }

  /// The set of letters that occur, one bit each.
  private static func letters(of bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// The words that sound like one.
  private func soundingLike(
    _ bytes: [UInt8], _ names: [String]
  ) throws(StoreError) -> [String] {
    let keys = PhoneticKey.keys(of: bytes)
    guard !keys.isEmpty else { return [] }
    let beginnings = PhoneticKey.beginnings(like: bytes[0])
    var found: [String] = []
    let lengths = bytes.count - 2...bytes.count + 4
    try forEachWord(of: lengths, and: names) { (other) throws(StoreError) in
      guard let first = other.first, beginnings.contains(first) else { return }
      let letters = Array(other)
      let isLike = PhoneticKey.keys(of: letters).contains { other in
        keys.contains { $0.isLike(other) || $0.isLikeBeginning(of: other) }
      }
      guard isLike, letters != bytes, PhoneticKey.areLike(bytes, letters) else { return }
      found.append(String(decoding: other, as: UTF8.self))
    }
    return found
  }
}
