/// Steps followed in parallel, each once: Briggs and Torczon's sparse set, which is cleared at no
/// cost.
struct Ways {
  private var positions: [Int]
  private var steps: [Int]
  private(set) var count = 0

  init(_ size: Int) {
    positions = Array(repeating: 0, count: size)
    steps = Array(repeating: 0, count: size)
  }

  var isEmpty: Bool { count == 0 }

  subscript(index: Int) -> Int { steps[index] }

  mutating func clear() { count = 0 }

  /// Adds a step; returns false if it was there.
  mutating func insert(_ step: Int) -> Bool {
    let position = positions[step]
    if position < count, steps[position] == step { return false }
    positions[step] = count
    steps[count] = step
    count += 1
    return true
  }
}
