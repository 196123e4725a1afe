extension UInt8 {
  /// Whether it is an ASCII letter, in either case.
  package var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  /// Whether it is an ASCII digit.
  package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
}
