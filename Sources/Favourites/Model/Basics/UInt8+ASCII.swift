extension UInt8 {
  /// Whether it is a letter of ASCII, in either case.
  package var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  /// Whether it is a digit from 0 to 9.
  package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
}
