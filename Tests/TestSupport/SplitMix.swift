import Foundation

/// Random numbers that are the same in every run (SplitMix64), and others for each number that the
/// environment variable `FAVS_SEED` has.
public struct SplitMix: RandomNumberGenerator {
  private static let shift =
    ProcessInfo.processInfo.environment["FAVS_SEED"].flatMap(UInt64.init) ?? 0

  private var state: UInt64

  /// Begins the sequence of a seed.
  public init(seed: UInt64) {
    state = seed &+ Self.shift &* 0xD1B5_4A32_D192_ED03
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
