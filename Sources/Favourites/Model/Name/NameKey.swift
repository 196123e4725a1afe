/// The key of a name: names are found, compared and sorted by it, comparing only bytes.
///
/// Two names have the same key if and only if they are the same name (see `foldedName`). Sorted by
/// key, names ignore accents and case, runs of digits count by their value (`Item 2` before
/// `Item 10`), and letters of other scripts are in code point order. Ties are decided by a second
/// part, where letters without accents come first.
///
/// A key is the name without its accents and with the number of digits before each run of them;
/// then, if anything was removed, U+0002 and what was removed from where.
enum NameKey {
  /// The byte before the second part, lower than any in a name.
  private static let second: UInt8 = 2

  /// The key of a name that is already folded.
  static func make(folded name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x80 && !($0 >= 0x30 && $0 <= 0x39)
    }
    if isPlain { return name }
    var builder = Builder()
    let scalars = Array(name.unicodeScalars)
    var index = 0
    while index < scalars.count {
      if scalars[index].decimalValue != nil {
        let end = scalars[index...].firstIndex { $0.decimalValue == nil } ?? scalars.count
        builder.append(number: scalars[index..<end])
        index = end
      } else {
        builder.append(scalars[index])
        index += 1
      }
    }
    return builder.key
  }

  /// The common beginning of the keys of all names that begin with an already folded text; keys of
  /// other names may share it.
  static func beginning(folded text: String) -> String {
    var scalars = text.unicodeScalars[...]
    // If a number continues, its number of digits is not known.
    while scalars.last?.decimalValue != nil { scalars.removeLast() }
    return String(make(folded: String(scalars)).unicodeScalars.prefix { $0.value != second })
  }

  /// Builds a key.
  private struct Builder {
    private var first: [UInt8] = []
    private var differences: [UInt8] = []
    /// The length of the first part at the last difference.
    private var noted = 0

    var key: String {
      guard !differences.isEmpty else { return String(decoding: first, as: UTF8.self) }
      return String(decoding: first + [NameKey.second] + differences, as: UTF8.self)
    }

    mutating func append(_ scalar: Unicode.Scalar) {
      let value = scalar.value
      if value < 0x20 {
        note(scalar)
        first.append(0x20)
      } else if value < 0x80 {
        first.append(UInt8(value))
      } else if let base = LetterFolding.base(of: scalar) {
        note(scalar)
        append(plain: base)
      } else if let letters = LetterFolding.spelledOut(scalar) {
        note(scalar)
        first += Array(letters.utf8)
      } else if LetterFolding.isMark(scalar) {
        note(scalar)
      } else if (0xFF01...0xFF5E).contains(value) {
        // The full-width forms of ASCII.
        note(scalar)
        first.append(UInt8(truncatingIfNeeded: value - 0xFEE0))
      } else if scalar.isWhitespace {
        note(scalar)
        first.append(0x20)
      } else {
        append(plain: scalar)
      }
    }

    /// Appends digits: their number without leading zeros, then the digits.
    mutating func append(number digits: ArraySlice<Unicode.Scalar>) {
      let significant =
        digits.dropFirst(
          digits.prefix { $0.decimalValue == 0 }.count
        ).isEmpty
        ? digits.suffix(1) : digits.drop { $0.decimalValue == 0 }
      for zero in digits[..<significant.startIndex] { note(zero) }
      var count = significant.count
      while count > 8 {
        first.append(0x39)
        count -= 8
      }
      first.append(0x30 + UInt8(count))
      for digit in significant {
        if !digit.isASCII { note(digit) }
        first.append(0x30 + (digit.decimalValue ?? 0))
      }
    }

    private mutating func append(plain scalar: Unicode.Scalar) {
      first += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// Records what was here: its distance from the last difference, so that later differences sort
    /// first, and the scalar.
    private mutating func note(_ scalar: Unicode.Scalar) {
      var gap = first.count - noted
      noted = first.count
      while gap >= 0x60 {
        differences.append(3)
        gap -= 0x60
      }
      differences.append(UInt8(0x7E - gap))
      // Control characters become their symbols: U+0001 and U+0002 have a meaning here.
      let sign = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar
      differences += Array(UTF8.encode(sign) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

extension String {
  /// The key of this text as a name: see `NameKey`.
  package var nameKey: String { NameKey.make(folded: foldedName) }
}

extension Unicode.Scalar {
  /// The value of a decimal digit of any script; nil if it is not one.
  fileprivate var decimalValue: UInt8? {
    if value < 0x80 { return value >= 0x30 && value <= 0x39 ? UInt8(value - 0x30) : nil }
    guard value >= 0x660, properties.numericType == .decimal, let number = properties.numericValue
    else { return nil }
    return UInt8(number)
  }
}
