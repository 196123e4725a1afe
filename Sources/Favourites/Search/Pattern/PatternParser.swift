/// Parses an extended regular expression: POSIX.1-2017, 9.4, with the GNU C library's additions:
/// `\w \W \s \S \b \B \< \>`; and with what most other programs know: `\d \D \t \n \r`.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// The deepest nesting.
  private static let deepest = 500

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  /// The whole pattern; nil if it is invalid.
  mutating func parse() -> PatternNode? {
    guard let node = choice(), position == scalars.count else { return nil }
    return node
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func choice() -> PatternNode? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest, var node = sequence() else { return nil }
    while take("|") {
      guard let other = sequence() else { return nil }
      node = .choice(node, other)
    }
    return node
  }

  private mutating func sequence() -> PatternNode? {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let piece = atom(), let whole = repeated(piece) else { return nil }
      nodes.append(whole)
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  private mutating func repeated(_ piece: PatternNode) -> PatternNode? {
    var node = piece
    while let scalar = next {
      switch scalar {
      case "*": node = .repeated(node, 0, nil)
      case "+": node = .repeated(node, 1, nil)
      case "?": node = .repeated(node, 0, 1)
      case "{":
        guard let (least, most) = bounds() else { return nil }
        node = .repeated(node, least, most)
        continue
      default: return node
      }
      position += 1
    }
    return node
  }

  /// `{2}`, `{2,}`, `{,9}`, `{2,9}`
  private mutating func bounds() -> (Int, Int?)? {
    position += 1
    let least = number()
    guard take(",") else {
      guard let least, take("}") else { return nil }
      return (least, least)
    }
    let most = number()
    guard take("}"), (most ?? .max) >= (least ?? 0) else { return nil }
    return (least ?? 0, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next?.value, (0x30...0x39).contains(digit) {
      value = min((value ?? 0) * 10 + Int(digit - 0x30), 100_000)
      position += 1
    }
    return value
  }

  private mutating func atom() -> PatternNode? {
    guard let scalar = next else { return nil }
    position += 1
    switch scalar {
    case "(":
      guard let inner = choice(), take(")") else { return nil }
      return inner
    case "[": return bracket()
    case ".": return .step(.any)
    case "^": return .step(.start)
    case "$": return .step(.end)
    case "*", "+", "?", "{": return nil
    case "\\":
      guard let escaped = next else { return nil }
      position += 1
      return self.escaped(escaped)
    default: return .step(.character(Folding.folded(scalar.value)))
    }
  }

  private func escaped(_ scalar: Unicode.Scalar) -> PatternNode? {
    switch scalar {
    case "w", "W": return named(.word, isNegated: scalar == "W")
    case "s", "S": return named(.space, isNegated: scalar == "S")
    case "b": return .step(.boundary(true))
    case "B": return .step(.boundary(false))
    case "<": return .step(.wordStart)
    case ">": return .step(.wordEnd)
    case "`": return .step(.start)
    case "'": return .step(.end)
    case "d", "D": return named(.digit, isNegated: scalar == "D")
    case "t": return .step(.character(0x09))
    case "n": return .step(.character(0x0A))
    case "r": return .step(.character(0x0D))
    // Other letters and digits mean something elsewhere.
    case "0"..."9", "a"..."z", "A"..."Z": return nil
    default: return .step(.character(Folding.folded(scalar.value)))
    }
  }

  private func named(_ one: CharacterSet.Class, isNegated: Bool) -> PatternNode {
    var set = CharacterSet()
    set.isNegated = isNegated
    set.add(one)
    set.settle()
    return .set(set)
  }

  /// Parses what follows `[`.
  private mutating func bracket() -> PatternNode? {
    var set = CharacterSet()
    set.isNegated = take("^")
    var isFirst = true
    while isFirst || next != "]" {
      isFirst = false
      guard let scalar = next else { return nil }
      if scalar == "[", let kind = following, kind == ":" || kind == "=" || kind == "." {
        guard let name = delimited(kind) else { return nil }
        if kind == ":" {
          guard let one = CharacterSet.Class(rawValue: name), one != .word else { return nil }
          set.add(one)
          continue
        }
        guard name.unicodeScalars.count == 1, let only = name.unicodeScalars.first else {
          return nil
        }
        guard kind == ".", let range = range(from: only.value) else {
          set.add(only.value...only.value)
          continue
        }
        set.add(range)
        continue
      }
      position += 1
      guard let range = range(from: scalar.value) else { return nil }
      set.add(range)
    }
    position += 1
    set.settle()
    return .set(set)
  }

  private var following: Unicode.Scalar? {
    position + 1 < scalars.count ? scalars[position + 1] : nil
  }

  /// The rest of `a-z`, or the single character; nil if the end comes before the start.
  private mutating func range(from first: UInt32) -> ClosedRange<UInt32>? {
    guard next == "-", let end = following, end != "]" else { return first...first }
    position += 1
    var last = end
    if end == "[", following == "." {
      guard let name = delimited("."), let only = name.unicodeScalars.first else { return nil }
      last = only
    } else {
      position += 1
    }
    return first <= last.value ? first...last.value : nil
  }

  /// The name between `[:` and `:]`.
  private mutating func delimited(_ kind: Unicode.Scalar) -> String? {
    position += 2
    var name = String.UnicodeScalarView()
    while let scalar = next {
      if scalar == kind, following == "]" {
        position += 2
        return String(name)
      }
      name.append(scalar)
      position += 1
    }
    return nil
  }
}
