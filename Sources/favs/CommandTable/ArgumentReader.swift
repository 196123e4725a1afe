internal import Favourites

/// Reads the options and operands of one command.
struct ArgumentReader<Arguments> {
  let command: String
  let options: [Option<Arguments>]
  let allowsAbbreviations: Bool
  /// Whether an unknown `-x` is an operand: the name of an order, reversed.
  var takesSigned = false
  /// Whether a word such as `-film` is an operand behind another.
  var takesQuery = false

  /// Sets the options; returns the operands.
  func read(
    _ words: [String], into arguments: inout Arguments
  ) throws(UsageError) -> [String] {
    var operands: [String] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "--" {
        operands += words[index...]
        break
      }
      if takesQuery, word.utf8.count > 2, word.utf8.allSatisfy({ $0 == UInt8(ascii: "-") }) {
        // Dashes alone are punctuation, as in any text.
        operands.append(word)
      } else if word.hasPrefix("--") {
        try readLong(word, words, &index, &arguments)
      } else if try hasOptions(word, behind: operands) {
        try readShort(word, words, &index, &arguments)
      } else {
        operands.append(word)
      }
    }
    return operands
  }

  private func readLong(
    _ word: String, _ words: [String], _ index: inout Int, _ arguments: inout Arguments
  ) throws(UsageError) {
    let body = word.unicodeScalars.dropFirst(2)
    let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    let option = try option(named: name)
    let shown = "--\(option.long)"
    guard let value = option.value else {
      guard parts.count == 1 else { throw .unexpectedValue(option: shown) }
      return try set(option, shown, "", &arguments)
    }
    if parts.count == 2 { return try set(option, shown, String(parts[1]), &arguments) }
    try set(option, shown, try following(words, &index, shown, value), &arguments)
  }

  /// Whether the letters of a word are options.
  private func hasOptions(
    _ word: String, behind operands: [String]
  ) throws(UsageError) -> Bool {
    guard word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 else { return false }
    if takesSigned { return isOptions(word) }
    guard takesQuery, !operands.isEmpty else { return true }
    return try !isOfQuery(word)
  }

  /// Whether every letter is an option, up to the first that takes a value.
  private func isOptions(_ word: String) -> Bool {
    for letter in word.dropFirst() {
      guard let option = options.first(where: { $0.short == letter }) else { return false }
      if option.value != nil { break }
    }
    return true
  }

  /// Whether a word behind a query's first is one of the query too: `-film`, but not `-q`, `-qh` or
  /// `-t`. Refuses `-techno`, which could be `-t` with a value.
  private func isOfQuery(_ word: String) throws(UsageError) -> Bool {
    let letters = word.dropFirst()
    for (index, letter) in zip(letters.indices, letters) {
      let isLast = letters.index(after: index) == letters.endIndex
      guard let option = options.first(where: { $0.short == letter }) else {
        // Help is not among the options.
        if letter == "h" { continue }
        return letters.count > 1
      }
      guard option.value != nil else { continue }
      if isLast { return false }
      if Query.isFilter(String(letters)) { return true }
      throw .optionOrWord(word, option: "-\(letter)")
    }
    return false
  }

  private func readShort(
    _ word: String, _ words: [String], _ index: inout Int, _ arguments: inout Arguments
  ) throws(UsageError) {
    var letters = word.unicodeScalars.dropFirst()
    while let letter = letters.popFirst() {
      let shown = "-\(Character(letter))"
      guard let option = options.first(where: { $0.short == Character(letter) }) else {
        throw .unknownOption(shown, command: command, nearest: nil)
      }
      guard let value = option.value else {
        try set(option, shown, "", &arguments)
        continue
      }
      let attached = String(letters)
      let text = attached.isEmpty ? try following(words, &index, shown, value) : attached
      return try set(option, shown, text, &arguments)
    }
  }

  private func option(named name: String) throws(UsageError) -> Option<Arguments> {
    // Finding it by a closure would make types at run time, a twentieth of a command.
    for index in options.indices where options[index].long == name { return options[index] }
    let matches = name.isEmpty ? [] : options.filter { $0.long.hasPrefix(name) }
    if allowsAbbreviations, matches.count == 1 { return matches[0] }
    if allowsAbbreviations, matches.count > 1 {
      throw .ambiguousOption("--\(name)", candidates: matches.map { "--\($0.long)" })
    }
    let nearest = Suggestion.nearest(to: name, among: options.map(\.long))
    throw .unknownOption("--\(name)", command: command, nearest: nearest.map { "--\($0)" })
  }

  private func following(
    _ words: [String], _ index: inout Int, _ shown: String, _ value: String
  ) throws(UsageError) -> String {
    guard index < words.count else { throw .missingValue(option: shown, value: value) }
    index += 1
    return words[index - 1]
  }

  private func set(
    _ option: Option<Arguments>, _ shown: String, _ text: String, _ arguments: inout Arguments
  ) throws(UsageError) {
    do {
      try option.set(&arguments, text)
    } catch {
      throw .badValue(option: shown, error)
    }
  }
}
