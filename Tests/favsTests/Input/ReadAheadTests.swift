import Testing

@testable import favs

struct ReadAheadTests {
  @Test func `what is known to be too large to hold is not begun`() {
    #expect(ReadAhead<Int>(ofSize: nil).isWhole)
    #expect(ReadAhead<Int>(ofSize: 64 << 20).isWhole)
    #expect(!ReadAhead<Int>(ofSize: 1 << 30).isWhole)
  }

  @Test func `as much is held as there is room for, or nothing`() {
    var ahead = ReadAhead<Int>()
    for number in 0..<64 { ahead.keep(number, size: 1 << 20) }
    #expect(ahead.isWhole)
    #expect(ahead.items == Array(0..<64))
    ahead.keep(64, size: 1 << 20)
    #expect(!ahead.isWhole)
    #expect(ahead.items == [])
  }

  @Test(arguments: [false, true])
  func `what is not held is read again, in order`(isParallel: Bool) throws {
    let ahead = ReadAhead<Int>(ofSize: 1 << 30)
    var source = Array(0..<5_000)
    var taken: [Int] = []
    try ahead.each(
      of: &source, isParallel: isParallel, preparing: { (item, _) in item * 2 },
      reading: { (source, put) in
        for number in source { guard put(number) else { return } }
      }
    ) { taken.append($0) }
    #expect(taken == (0..<5_000).map { $0 * 2 })
  }
}
