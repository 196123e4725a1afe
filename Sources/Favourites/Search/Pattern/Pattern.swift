/// An extended regular expression (POSIX.1-2017, 9.4), matched ignoring case.
///
/// It is compiled into a list of steps, and texts are read once while all possible matches are
/// followed in parallel (K. Thompson, "Regular Expression Search Algorithm", 1968). So matching
/// takes time proportional to the length of the text times that of the pattern, and no memory
/// beyond that for the pattern. The C library's own matcher needs gigabytes for some patterns.
struct Pattern: Sendable {
  /// The action at a place in the text.
  enum Step: Sendable {
    /// Matches one character, in its folded form.
    case character(UInt32)
    /// Matches any character.
    case any
    /// Matches a character in a set, by the set's number.
    case set(Int)
    /// Continues at two places.
    case fork(Int, Int)
    case jump(Int)
    case start, end, boundary(Bool), wordStart, wordEnd
    /// The whole pattern matched.
    case found
  }

  /// The greatest number of steps in a pattern.
  static let mostSteps = 20_000

  private(set) var steps: [Step] = []
  private(set) var sets: [CharacterSet] = []

  /// Why a pattern that the C library accepts is refused.
  enum Refusal: String, Error {
    case tooLarge = "it is too large"
    case unknown = "it has something in it that is not known here"
  }

  /// Compiles a pattern that the C library accepts.
  init(_ source: String) throws(Refusal) {
    var parser = PatternParser(source)
    guard let node = parser.parse() else { throw .unknown }
    guard emit(node), add(.found) else { throw .tooLarge }
  }

  /// Whether a pattern contains a back reference such as `\1`, which POSIX does not have in
  /// extended expressions.
  static func hasBackReference(_ source: String) -> Bool {
    var isEscaped = false
    var bracket = 0
    for byte in source.utf8 {
      if bracket > 0 {
        // `]` is an ordinary character where it comes first, or after `^`.
        if byte == 0x5D, bracket > 1 {
          bracket = 0
        } else if byte != 0x5E || bracket > 1 {
          bracket = 2
        }
        continue
      }
      if isEscaped, (0x31...0x39).contains(byte) { return true }
      if !isEscaped, byte == 0x5B { bracket = 1 }
      isEscaped = byte == 0x5C && !isEscaped
    }
    return false
  }

  // MARK: - From a tree to steps

  private mutating func add(_ step: Step) -> Bool {
    steps.append(step)
    return steps.count <= Self.mostSteps
  }

  private mutating func emit(_ node: PatternNode) -> Bool {
    switch node {
    case .empty: return true
    case .step(let step): return add(step)
    case .set(let set):
      sets.append(set)
      return add(.set(sets.count - 1))
    case .sequence(let nodes):
      for node in nodes { guard emit(node) else { return false } }
      return true
    case .choice(let first, let second):
      let fork = steps.count
      guard add(.jump(0)), emit(first) else { return false }
      let end = steps.count
      guard add(.jump(0)) else { return false }
      steps[fork] = .fork(fork + 1, steps.count)
      guard emit(second) else { return false }
      steps[end] = .jump(steps.count)
      return true
    case .repeated(let node, let least, let most): return emit(node, least, most)
    }
  }

  private mutating func emit(_ node: PatternNode, _ least: Int, _ most: Int?) -> Bool {
    for _ in 0..<least { guard emit(node) else { return false } }
    guard let most else {
      let fork = steps.count
      guard add(.jump(0)), emit(node), add(.jump(fork)) else { return false }
      steps[fork] = .fork(fork + 1, steps.count)
      return true
    }
    var forks: [Int] = []
    for _ in least..<max(most, least) {
      forks.append(steps.count)
      guard add(.jump(0)), emit(node) else { return false }
    }
    for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
    return true
  }
}
