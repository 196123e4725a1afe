/// Sums over the words that favourites should be found by, minus those in the index: all zero if
/// both are equal, with a chance of error of one in 2^64.
///
/// The order of the words does not matter, so neither side has to be held in memory.
struct SearchSums {
  private var sums: [UInt64]
  /// Sums each favourite of this bucket separately; nil to sum all favourites by bucket.
  private let bucket: Int?
  private var single: [Int64: UInt64] = [:]
  private static let buckets = 1_024

  init(within bucket: Int? = nil) {
    self.bucket = bucket
    sums = [UInt64](repeating: 0, count: Self.buckets)
  }

  /// Whether a favourite is included here.
  func wants(_ id: Int64) -> Bool { bucket == nil || Self.bucket(of: id) == bucket }

  mutating func expect(_ word: UInt64, _ column: Int, _ place: Int64, of id: Int64) {
    add(Self.mixed(word, column, place, id), to: id)
  }

  mutating func find(_ word: UInt64, _ column: Int, _ place: Int64, of id: Int64) {
    add(0 &- Self.mixed(word, column, place, id), to: id)
  }

  /// The first bucket with a difference.
  var firstDifference: Int? { sums.firstIndex { $0 != 0 } }

  /// The first favourite of the bucket with a difference.
  var firstID: Int64? { single.filter { $0.value != 0 }.keys.min() }

  private mutating func add(_ value: UInt64, to id: Int64) {
    if bucket == nil {
      sums[Self.bucket(of: id)] &+= value
    } else {
      single[id, default: 0] &+= value
    }
  }

  private static func bucket(of id: Int64) -> Int { Int(UInt64(bitPattern: id) % UInt64(buckets)) }

  /// Hashes a word at its place; the last steps are those of SplitMix64,
  /// https://prng.di.unimi.it/splitmix64.c.
  private static func mixed(_ word: UInt64, _ column: Int, _ place: Int64, _ id: Int64) -> UInt64 {
    var sum = word ^ (UInt64(bitPattern: id) &* 0x9e37_79b9_7f4a_7c15)
    sum = (sum ^ (sum >> 30)) &* 0xbf58_476d_1ce4_e5b9
    sum ^= UInt64(bitPattern: place) << 8 ^ UInt64(column)
    sum = (sum ^ (sum >> 27)) &* 0x94d0_49bb_1331_11eb
    return sum ^ (sum >> 31)
  }
}
