/// Steps followed in parallel, each once: Briggs and Torczon's sparse set, which is cleared at no cost.
struct Ways {
  private var places: [Int]
  private var steps: [Int]
  private(set) var count = 0

  init(_ size: Int) {
    places = Array(repeating: 0, count: size)
    steps = Array(repeating: 0, count: size)
  }

  var isEmpty: Bool { count == 0 }

  subscript(index: Int) -> Int { steps[index] }

  mutating func clear() { count = 0 }

  /// Adds a step; returns false if it was there.
  mutating func insert(_ step: Int) -> Bool {
    let place = places[step]
    if place < count, steps[place] == step { return false }
    places[step] = count
    steps[count] = step
    count += 1
    return true
  }
}
