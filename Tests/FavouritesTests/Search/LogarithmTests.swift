import Foundation
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
}
