/// Which of the requests that wait are made in the next wave.
enum WavePlan {
  /// One that waits.
  struct Waiting: Equatable {
    let host: String
    /// Not before this time, in milliseconds of any clock.
    var notBefore: UInt64 = 0
  }

  /// The places of those whose time has come, in their order: so many of one host at most, and so many in all.
  static func choose(
    _ waiting: some Collection<Waiting>, now: UInt64, perHost: Int, most: Int
  ) -> [Int] {
    var counts: [String: Int] = [:]
    var chosen: [Int] = []
    for (place, each) in waiting.enumerated() where each.notBefore <= now {
      guard chosen.count < most else { break }
      guard counts[each.host, default: 0] < perHost else { continue }
      counts[each.host, default: 0] += 1
      chosen.append(place)
    }
    return chosen
  }

  /// When the first of them may be made; nil where none waits.
  static func next(_ waiting: some Collection<Waiting>) -> UInt64? {
    waiting.lazy.map(\.notBefore).min()
  }
}
