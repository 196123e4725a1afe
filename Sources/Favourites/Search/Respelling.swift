/// Other ways to write a word, to be looked for where nothing has it as typed. Each is a word or a
/// phrase in lower case.
enum Respelling {
  /// The digits of a number in other groups: `9780596517748` as `978 0596517748`, `1249.90` as
  /// `1 249 90`, `de89370400440532013000` as `de89 3704 0044 …`, and `978-0596517748` without them.
  ///
  /// - Parameter tokens: the tokens of what was typed.
  static func groups(of tokens: [String]) -> [String] {
    let letters = Array(tokens.joined().utf8)
    let digits = letters.count(where: \.isASCIIDigit)
    guard letters.allSatisfy({ $0.isASCIIDigit || $0.isASCIILetter }), digits >= 4,
      digits * 2 >= letters.count, letters.count <= 34
    else { return [] }
    let isNumber = digits == letters.count
    let count = letters.count
    var cuts: [[Int]] = [[]]
    if isNumber { cuts.append(Array(stride(from: (count - 1) % 3 + 1, to: count, by: 3))) }
    if count > 4 {
      cuts.append(Array(stride(from: 4, to: count, by: 4)))
      // Of what has letters in it, only groups as in an account number.
      if isNumber { cuts += (1..<count).map { [$0] } }
      if isNumber, count <= 15 {
        for first in 1..<count - 1 { cuts += (first + 1..<count).map { [first, $0] } }
      }
    }
    var found: [String] = []
    for cuts in cuts {
      let group = joined(letters, cuts)
      if group != tokens.joined(separator: " "), !found.contains(group) { found.append(group) }
    }
    return found
  }

  /// A size such as `3840x2160` or `80x28x202`, with the signs apart or none.
  static func sizes(of tokens: [String]) -> [String] {
    let letters = Array(tokens.joined(separator: "x").utf8)
    let cross = UInt8(ascii: "x")
    let places = letters.indices.dropFirst().dropLast().filter {
      letters[$0] == cross && letters[$0 - 1].isASCIIDigit && letters[$0 + 1].isASCIIDigit
    }
    guard !places.isEmpty else { return [] }
    var numbers: [String] = []
    var start = 0
    for place in places + [letters.count] {
      numbers.append(String(decoding: letters[start..<place], as: UTF8.self))
      start = place + 1
    }
    let typed = tokens.joined(separator: " ")
    return [" ", "x", " x "].map { numbers.joined(separator: $0) }.filter { $0 != typed }
  }

  /// `fur` for `fuer`, `muller` for `mueller`: the index has umlauts without their dots.
  static func umlauts(of word: String) -> [String] {
    let letters = Array(word.utf8)
    let places = letters.indices.dropLast().filter { index in
      "aou".utf8.contains(letters[index]) && letters[index + 1] == UInt8(ascii: "e")
    }
    guard !places.isEmpty, places.count <= 3 else { return [] }
    func without(_ places: [Int]) -> String {
      let rest = letters.indices.filter { index in !places.contains { $0 + 1 == index } }
      return String(decoding: rest.map { letters[$0] }, as: UTF8.self)
    }
    return places.count == 1 ? [without(places)] : [without(places)] + places.map { without([$0]) }
  }

  /// The letters one by one: `u n c l e`, as an index has `U.N.C.L.E.`; nil for a long word.
  static func letters(of word: String) -> String? {
    let letters = Array(word.utf8)
    guard (3...8).contains(letters.count), letters.allSatisfy(\.isASCIILetter) else { return nil }
    return joined(letters, Array(1..<letters.count))
  }

  /// A word in hiragana in katakana, and the other way round; nil for other words.
  static func kana(of word: String) -> String? {
    let (hiragana, katakana) = (0x3041...0x3096, 0x30A1...0x30F6)
    let scalars = Array(word.unicodeScalars)
    let isHiragana = scalars.contains { hiragana.contains(Int($0.value)) }
    var other = String.UnicodeScalarView()
    for scalar in scalars {
      let value = Int(scalar.value)
      if isHiragana, hiragana.contains(value) {
        other.append(Unicode.Scalar(UInt32(value + 0x60)) ?? scalar)
      } else if !isHiragana, katakana.contains(value) {
        other.append(Unicode.Scalar(UInt32(value - 0x60)) ?? scalar)
      } else {
        other.append(scalar)
      }
    }
    let text = String(other)
    return text == word ? nil : text
  }

  private static func joined(_ letters: [UInt8], _ cuts: [Int]) -> String {
    var text: [UInt8] = []
    for index in letters.indices {
      if cuts.contains(index) { text.append(UInt8(ascii: " ")) }
      text.append(letters[index])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
