/// Searches texts for a pattern, one after another, with a budget for all of them.
final class PatternSearch {
  private let pattern: Pattern
  /// The number of steps left.
  private(set) var budget: Int
  /// The bytes that a match can begin with; nil if it may begin with any, or be empty.
  private let beginnings: [Bool]?
  private var current: Ways
  private var coming: Ways
  private var stack: [Int] = []

  /// A budget large enough for an ordinary pattern and a million favourites, in steps.
  static let usualBudget = 3_000_000_000

  init(_ pattern: Pattern, budget: Int = PatternSearch.usualBudget) {
    self.pattern = pattern
    self.budget = budget
    current = Ways(pattern.steps.count)
    coming = Ways(pattern.steps.count)
    beginnings = Self.beginnings(of: pattern)
  }

  /// Whether a text matches the pattern; nil once the budget is used up.
  func finds(in text: [UInt8]) -> Bool? {
    current.clear()
    var position = 0
    var before: UInt32?
    var after = Self.scalar(of: text, at: position)
    while true {
      if current.isEmpty, let beginnings {
        while position < text.count, !beginnings[Int(text[position])] { position += 1 }
        guard position < text.count else { return false }
        // The preceding character matters for word boundaries; a pattern with those has no
        // beginnings.
        before = position > 0 ? 0 : nil
        after = Self.scalar(of: text, at: position)
      }
      if follow(0, &current, before, after?.value) { return true }
      guard budget > 0 else { return nil }
      guard let (value, length) = after else { return false }
      let next = Self.scalar(of: text, at: position + length)
      let folded = Folding.folded(value)
      coming.clear()
      budget -= current.count
      for index in 0..<current.count {
        let step = current[index]
        let isTaken =
          switch pattern.steps[step] {
          case .character(let wanted): wanted == folded
          case .any: true
          case .set(let set): pattern.sets[set].holds(value)
          case .fork, .jump, .start, .end, .boundary, .wordStart, .wordEnd, .found: false
          }
        if isTaken, follow(step + 1, &coming, value, next?.value) { return true }
      }
      swap(&current, &coming)
      position += length
      before = value
      after = next
    }
  }

  /// Adds a step and everything reachable from it without consuming a character; returns true if
  /// the pattern matched.
  private func follow(
    _ first: Int, _ ways: inout Ways, _ before: UInt32?, _ after: UInt32?
  ) -> Bool {
    stack.append(first)
    while let step = stack.popLast() {
      guard ways.insert(step) else { continue }
      budget -= 1
      var goesOn = false
      switch pattern.steps[step] {
      case .found:
        stack.removeAll(keepingCapacity: true)
        return true
      case .character, .any, .set: break
      case .jump(let target): stack.append(target)
      case .fork(let one, let other):
        stack.append(other)
        stack.append(one)
      case .start: goesOn = before == nil
      case .end: goesOn = after == nil
      case .boundary(let isWanted):
        goesOn = (Self.isWord(before) != Self.isWord(after)) == isWanted
      case .wordStart: goesOn = !Self.isWord(before) && Self.isWord(after)
      case .wordEnd: goesOn = Self.isWord(before) && !Self.isWord(after)
      }
      if goesOn { stack.append(step + 1) }
    }
    return false
  }

  private static func isWord(_ value: UInt32?) -> Bool {
    guard let value else { return false }
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x61...0x7A).contains(value | 0x20) || value == 0x5F
    }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  /// The character at a place and its length in bytes; nil at the end. The text is UTF-8.
  private static func scalar(of text: [UInt8], at offset: Int) -> (value: UInt32, length: Int)? {
    guard offset < text.count else { return nil }
    let first = UInt32(text[offset])
    guard first >= 0xC0 else { return (first, 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard offset + length <= text.count else { return (first, 1) }
    var value = first & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(text[offset + index] & 0x3F) }
    return (value, length)
  }

  /// The bytes that a match can begin with, known if all beginnings are ASCII characters or sets of
  /// them.
  private static func beginnings(of pattern: Pattern) -> [Bool]? {
    var seen = Ways(pattern.steps.count)
    var stack = [0]
    var bytes = [Bool](repeating: false, count: 256)
    while let step = stack.popLast() {
      guard seen.insert(step) else { continue }
      switch pattern.steps[step] {
      case .character(let value) where value < 0x80:
        bytes[Int(value)] = true
        bytes[Int(Folding.raised(value))] = true
      case .character, .set:
        let set: CharacterSet? =
          if case .set(let number) = pattern.steps[step] { pattern.sets[number] } else { nil }
        for byte in 0..<0x80 where set?.holds(UInt32(byte)) ?? false { bytes[byte] = true }
        for byte in 0x80...0xFF { bytes[byte] = true }
      // Letters beyond ASCII may have an ASCII lower-case form: the Kelvin sign.
      case .jump(let target): stack.append(target)
      case .fork(let one, let other): stack += [one, other]
      case .any, .start, .end, .boundary, .wordStart, .wordEnd, .found: return nil
      }
    }
    for byte in 0x80...0xFF { bytes[byte] = true }
    return bytes
  }
}
