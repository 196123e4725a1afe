import Foundation
import TestSupport
import Testing

@testable import Favourites

@Suite struct LogarithmTests {
  @Test func `it is that of the C library, to twelve digits`() {
    var random = SplitMix(seed: 3)
    let some = (0..<2_000).map { _ in Double.random(in: 1e-9...1e9, using: &random) }
    for number in some + [
      1, 2, 0.5, .leastNormalMagnitude, .greatestFiniteMagnitude, 1.4142, 1e-300,
    ] {
      let wanted = log(number)
      #expect(abs(number.naturalLogarithm - wanted) <= 1e-12 * max(1, abs(wanted)), "\(number)")
    }
  }

  /// To twelve digits of its own size, near 1 too, where it is near 0.
  private func check(_ number: Double) {
    let (found, wanted) = (number.naturalLogarithm, log(number))
    #expect(abs(found - wanted) <= 1e-12 * abs(wanted), "\(number): \(found), not \(wanted)")
  }

  @Test func `it is that for any number`() {
    var random = SplitMix(seed: 3)
    for _ in 0..<20_000 {
      // Of any size, and as the frequencies of words are.
      let bits = UInt64.random(in: 1..<Double.infinity.bitPattern, using: &random)
      check(Double(bitPattern: bits))
      check(.random(in: 1...1_000_000, using: &random))
      check(1 + .random(in: -1e-6...1e-6, using: &random))
    }
  }

  @Test func `that of 1 is 0, below it is less and above it is more`() {
    #expect(1.0.naturalLogarithm == 0)
    #expect(1.0.nextDown.naturalLogarithm < 0)
    #expect(1.0.nextUp.naturalLogarithm > 0)
  }
}
