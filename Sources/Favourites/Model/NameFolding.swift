extension String {
  /// The form in which names are compared without case, byte by byte: lower case (Unicode's full
  /// mapping, no locale), the Greek final sigma as a sigma.
  ///
  /// Not normalised: the standard library has no public normalisation, so a name typed with
  /// combining accents (NFD) and one with ready-made letters (NFC) stay two names.
  var foldedName: String {
    let lower = lowercased()
    guard lower.utf8.contains(0xCF), lower.unicodeScalars.contains("\u{3C2}") else { return lower }
    var folded = String.UnicodeScalarView()
    for scalar in lower.unicodeScalars { folded.append(scalar == "\u{3C2}" ? "\u{3C3}" : scalar) }
    return String(folded)
  }

  /// Whether white space stands at its beginning or its end.
  var isPadded: Bool {
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return false
    }
    let ends = [unicodeScalars.first, unicodeScalars.last]
    return ends.contains { $0?.properties.isWhitespace ?? false }
  }

  /// Whether it holds a control character: U+0000 to U+001F, U+007F to U+009F.
  var hasControlCharacter: Bool {
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return false }
    return unicodeScalars.contains { $0.isControl }
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character: U+0000 to U+001F, U+007F to U+009F.
  var isControl: Bool { value < 0x20 || (value >= 0x7F && value < 0xA0) }
}
