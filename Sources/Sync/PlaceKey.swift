package import Favourites

/// The keys that give a category the same order on all devices: byte strings, compared
/// lexicographically. There is always room between two keys, since they may be of any length, and
/// none ends in 00.
package enum PlaceKey {
  /// The longest key accepted from other devices, in bytes.
  package static let longest = 4_096

  /// The key of a favourite that was never moved, by the time when it was added. It is neither
  /// stored nor sent.
  package static func ofUID(_ uid: UID) -> [UInt8] { [0x80] + uid.bytes + [0x80] }

  /// A prefix p with low < p… < high, whatever follows p.
  ///
  /// - Parameters:
  ///   - low: a key, or empty for the beginning.
  ///   - high: a greater key; nil for the end.
  static func between(_ low: [UInt8], _ high: [UInt8]?) -> [UInt8] {
    var prefix: [UInt8] = []
    var (isTiedLow, isTiedHigh) = (true, high != nil)
    while true {
      let place = prefix.count
      let least = isTiedLow && place < low.count ? Int(low[place]) : -1
      let most = isTiedHigh ? high.flatMap { place < $0.count ? Int($0[place]) : nil } ?? 256 : 256
      if most - least >= 2 {
        prefix.append(UInt8(min((least + most) / 2, 255)))
        return prefix
      }
      if most == least {
        prefix.append(UInt8(least))
      } else if least >= 0 {
        prefix.append(UInt8(least))
        isTiedHigh = false
      } else {
        prefix.append(UInt8(most))
        isTiedLow = false
      }
    }
  }

  /// Keys for a sequence of favourites between two neighbours. All of them share four random bytes,
  /// so that no sequence of another device comes in between.
  ///
  /// - Parameters:
  ///   - now: the time in milliseconds; later additions come after a sequence at the end.
  ///   - random: four random bytes, the last of which is not 0.
  static func run(
    after low: [UInt8]?, before high: [UInt8]?, count: Int, now: Int64, random: [UInt8]
  ) -> [[UInt8]] {
    let prefix: [UInt8]
    if let high {
      if let low {
        prefix = between(low, high)
      } else {
        prefix = high[0] > 1 ? [high[0] - 1] : between([], high)
      }
    } else {
      prefix = end(after: low, now: now)
    }
    let stem = prefix + random
    var width = 0
    var room = 1
    while room < count {
      room *= 255
      width += 1
    }
    return (0..<count).map { index in
      var rest = index
      var digits: [UInt8] = []
      for _ in 0..<width {
        digits.append(UInt8(rest % 255 + 1))
        rest /= 255
      }
      return stem + digits.reversed()
    }
  }

  /// A prefix after all existing keys, like that of a uid created now.
  private static func end(after low: [UInt8]?, now: Int64) -> [UInt8] {
    var time = now
    if let low {
      let bytes = low.dropFirst().prefix(6)
      let last = (0..<6).reduce(Int64(0)) { sum, place in
        sum << 8 | Int64(place < bytes.count ? bytes[bytes.startIndex + place] : 0)
      }
      time = max(now, last + 1)
      if low[0] > 0x80 || time >= 1 << 48 { return between(low, nil) }
    }
    return [0x80]
      + stride(from: 40, through: 0, by: -8).map { UInt8(truncatingIfNeeded: time >> $0) }
  }

  /// The indexes of a longest strictly increasing subsequence.
  static func longestRising<Value: Comparable>(_ values: [Value]) -> [Int] {
    var tails: [Int] = []
    var back: [Int] = []
    for index in values.indices {
      var (low, high) = (0, tails.count)
      while low < high {
        let middle = (low + high) / 2
        if values[tails[middle]] < values[index] { low = middle + 1 } else { high = middle }
      }
      back.append(low > 0 ? tails[low - 1] : -1)
      if low < tails.count { tails[low] = index } else { tails.append(index) }
    }
    var result: [Int] = []
    var index = tails.last ?? -1
    while index >= 0 {
      result.append(index)
      index = back[index]
    }
    return result.reversed()
  }
}

/// The sort key of a favourite in its category.
struct SortKey: Comparable {
  /// The place key; nil for the one derived from the uid.
  private let kept: [UInt8]?
  private let uid: UID

  /// - Parameter key: the place key; nil for the one derived from the uid.
  init(key: [UInt8]?, uid: UID) {
    kept = key
    self.uid = uid
  }

  var key: [UInt8] { kept ?? PlaceKey.ofUID(uid) }

  static func < (first: SortKey, second: SortKey) -> Bool {
    if first.kept == nil, second.kept == nil { return first.uid < second.uid }
    let (one, other) = (first.key, second.key)
    return one == other ? first.uid < second.uid : one.lexicographicallyPrecedes(other)
  }

  static func == (first: SortKey, second: SortKey) -> Bool {
    first.uid == second.uid && first.key == second.key
  }
}
