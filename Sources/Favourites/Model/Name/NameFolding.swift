extension String {
  /// The text in Unicode's composed form (NFC), in which all text but links is stored: a letter
  /// followed by a combining accent becomes one character.
  package var composed: String {
    // No character below U+0300 composes with another, and their bytes are all below 0xCC.
    if utf8.allSatisfy({ $0 < 0xCC }) { return self }
    let bytes = _nfcCodeUnits
    return utf8.elementsEqual(bytes) ? self : String(decoding: bytes, as: UTF8.self)
  }

  /// The form in which names are compared: composed (NFC) and case-folded in every script, with
  /// Unicode's full case folding. `STRASSE`, `Straße` and `straße` are the same name, and so are
  /// `Σίσυφος` and `ΣΊΣΥΦΟΣ`.
  package var foldedName: String {
    if isASCII { return lowercased() }
    var folded = String.UnicodeScalarView()
    for scalar in composed.unicodeScalars { scalar.appendFolded(to: &folded) }
    // Case mapping may decompose letters that are composed in lower case.
    return String(folded).composed
  }

  /// Whether all of it is ASCII.
  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

  /// Whether it is the same name as another: see `foldedName`.
  package func isSameName(as other: String) -> Bool {
    var (mine, theirs) = (utf8.makeIterator(), other.utf8.makeIterator())
    // Most names differ in one of the first letters.
    while true {
      let (letter, their) = (mine.next(), theirs.next())
      if max(letter ?? 0, their ?? 0) >= 0x80 { break }
      guard let letter, let their else { return letter == nil && their == nil }
      if letter.loweredASCII != their.loweredASCII { return false }
    }
    return foldedName.utf8.elementsEqual(other.foldedName.utf8)
  }

  /// Whether it begins or ends with white space.
  var isPadded: Bool {
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return false
    }
    let ends = [unicodeScalars.first, unicodeScalars.last]
    return ends.contains { $0?.isWhitespace ?? false }
  }

  /// Whether it contains a control character: U+0000 to U+001F, U+007F to U+009F.
  var hasControlCharacter: Bool {
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return false }
    return unicodeScalars.contains { $0.isControl }
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character: U+0000 to U+001F, U+007F to U+009F.
  package var isControl: Bool { value < 0x20 || (value >= 0x7F && value < 0xA0) }

  /// Appends its case-folded form.
  ///
  /// Swift does not offer Unicode's case folding; mapping to lower case, then upper, then lower
  /// again is equivalent for all letters but the dotless i, whose capital is shared with another
  /// letter.
  fileprivate func appendFolded(to folded: inout String.UnicodeScalarView) {
    let isUncased = (0x2E80..<0xA640).contains(value) || (0xAC00..<0xD7B0).contains(value)
    guard !isUncased, self != "\u{131}" else { return folded.append(self) }
    for small in properties.lowercaseMapping.unicodeScalars {
      for capital in small.properties.uppercaseMapping.unicodeScalars {
        for scalar in capital.properties.lowercaseMapping.unicodeScalars {
          folded.append(scalar == "\u{3C2}" ? "\u{3C3}" : scalar)
        }
      }
    }
  }
}

extension UInt8 {
  /// An ASCII capital in lower case; other bytes unchanged.
  var loweredASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
