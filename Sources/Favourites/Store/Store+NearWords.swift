internal import SQLite

extension Store {
  /// The words of the vocabulary that one could have been meant for, with what the mistake costs beyond that of the
  /// likeliest: those with the fewest mistakes, one in words of four letters and more, two in those of eight and
  /// more; where no slip of the fingers explains it, those that sound the same too. The likeliest first, the commonest of
  /// these.
  ///
  /// - Parameter alsoByEar: true for those that sound the same in any case.
  func nearWords(
    _ word: String, alsoByEar: Bool
  ) throws(StoreError) -> [(word: String, cost: Int)] {
    let letters = Array(word.unicodeScalars)
    guard letters.count >= 4 else { return [] }
    var found = try misspelt(letters, Array(word.utf8))
    let least = found.map { Misspelling.cost(of: $0, typedAs: word) }.min() ?? .max
    if alsoByEar || least > Self.slip {
      for other in try soundingLike(Array(word.utf8)) where !found.contains(other) {
        found.append(other)
      }
    }
    var counted: [(cost: Int, count: Int, word: String)] = []
    for near in found {
      var cost = Misspelling.cost(of: near, typedAs: word)
      if isLike(near, word) { cost = min(cost, Self.slip + cost / 4) }
      counted.append((cost, 0, near))
    }
    counted.sort { ($0.cost, $0.word) < ($1.cost, $1.word) }
    counted = Array(counted.prefix(Self.mostNear))
    for index in counted.indices {
      let expression = SearchExpression(text: "\"\(counted[index].word)\"", forms: [])
      counted[index].count = try hits(expression, upTo: 1_000)
    }
    counted = counted.filter { $0.count > 0 }
      .sorted { ($0.cost, $1.count, $0.word) < ($1.cost, $0.count, $1.word) }
    let likeliest = counted.first?.cost ?? 0
    return counted.map { ($0.word, $0.cost - likeliest) }
  }

  /// How many of the likeliest are looked at.
  private static let mostNear = 40

  /// What a slip of the fingers costs at most: where that explains a word, its sound is not asked.
  private static let slip = 3

  private func isLike(_ word: String, _ other: String) -> Bool {
    let keys = PhoneticKey.keys(of: Array(word.utf8))
    return PhoneticKey.keys(of: Array(other.utf8)).contains { keys.contains(where: $0.isLike) }
  }

  /// The words that are the fewest mistakes away.
  private func misspelt(
    _ letters: [Unicode.Scalar], _ bytes: [UInt8]
  ) throws(StoreError) -> [String] {
    var limit = letters.count >= 8 ? 2 : 1
    var found: [(distance: Int, word: String)] = []
    let isASCII = bytes.count == letters.count
    let typed = Self.letters(of: bytes)
    let lengths = letters.count - limit...letters.count + limit
    try forEachWord(of: lengths) { (other) throws(StoreError) in
      var distance: Int?
      if isASCII {
        // A mistake brings one letter and takes one away, at most.
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

  /// Which letters occur, a bit for each.
  private static func letters(of bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// The words that sound like one.
  private func soundingLike(_ bytes: [UInt8]) throws(StoreError) -> [String] {
    let keys = PhoneticKey.keys(of: bytes)
    guard !keys.isEmpty else { return [] }
    let beginnings = PhoneticKey.beginnings(like: bytes[0])
    var found: [String] = []
    let lengths = bytes.count - 2...bytes.count + 4
    try forEachWord(of: lengths) { (other) throws(StoreError) in
      guard let first = other.first, beginnings.contains(first) else { return }
      let isLike = PhoneticKey.keys(of: Array(other)).contains { other in
        keys.contains { $0.isLike(other) || $0.isLikeBeginning(of: other) }
      }
      guard isLike, !other.elementsEqual(bytes) else { return }
      found.append(String(decoding: other, as: UTF8.self))
    }
    return found
  }
}
