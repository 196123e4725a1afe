import Testing

@testable import Host

struct BothTests {
  @Test func `both functions have ended afterwards, each with what it made`() {
    var (sum, product) = (0, [Int]())
    Both.run {
      for number in 0..<100_000 { sum += number }
    } and: {
      product = (0..<1_000).map { $0 * 2 }
    }
    #expect(sum == 4_999_950_000)
    #expect(product.last == 1_998)
  }

  @Test func `both run at once`() {
    // Each waits for the other: one after the other, neither would end.
    let (there, back) = (BoundedQueue<Int>(capacity: 1), BoundedQueue<Int>(capacity: 1))
    var heard: Int?
    Both.run {
      if let number = there.next() { _ = back.put(number + 1) }
    } and: {
      _ = there.put(41)
      heard = back.next()
    }
    #expect(heard == 42)
  }
}
