/// The key of a name: by it names are found, told apart and sorted, with nothing but a comparison of bytes.
///
/// Two names have one key just when they are the same name (see `foldedName`). In the order of the keys, accents and
/// case do not count, runs of digits count by their value (`Item 2` before `Item 10`), and letters of other scripts
/// stand by their code points. What is equal that way is told apart by a second part, where what has no accent
/// comes first.
///
/// A key is the name with its accents taken away and, before each run of digits, how many there are; then, if
/// anything was taken away, U+0002 and what stood where.
enum NameKey {
  /// What stands before the second part, below all that may be in a name.
  private static let second: UInt8 = 2

  /// The key of a name that was folded before.
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

  /// What the keys of all names begin with that begin with a text that was folded before; those of others may too.
  static func beginning(folded text: String) -> String {
    var scalars = text.unicodeScalars[...]
    // Of a number that goes on, it is not known how many digits it has.
    while scalars.last?.decimalValue != nil { scalars.removeLast() }
    return String(make(folded: String(scalars)).unicodeScalars.prefix { $0.value != second })
  }

  /// A key that is being made.
  private struct Builder {
    private var first: [UInt8] = []
    private var differences: [UInt8] = []
    /// How much of the first part there was at the last difference.
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

    /// Appends digits: how many there are but for zeros in front, then the digits.
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

    /// Notes what stood here: how far behind the last difference, so that what differs later comes first, and what it
    /// was.
    private mutating func note(_ scalar: Unicode.Scalar) {
      var gap = first.count - noted
      noted = first.count
      while gap >= 0x60 {
        differences.append(3)
        gap -= 0x60
      }
      differences.append(UInt8(0x7E - gap))
      // Control characters as the signs for them: U+0001 and U+0002 have a meaning here.
      let sign = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar
      differences += Array(UTF8.encode(sign) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

extension String {
  /// Its key as a name: see `NameKey`.
  package var nameKey: String { NameKey.make(folded: foldedName) }
}

extension Unicode.Scalar {
  /// The value of a decimal digit of any script; nil for what is none.
  fileprivate var decimalValue: UInt8? {
    if value < 0x80 { return value >= 0x30 && value <= 0x39 ? UInt8(value - 0x30) : nil }
    guard value >= 0x660, properties.numericType == .decimal, let number = properties.numericValue
    else { return nil }
    return UInt8(number)
  }
}
