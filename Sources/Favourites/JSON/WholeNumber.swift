extension Double {
  /// The same number in 64 bits; nil if it is not whole or does not fit; 0 for -0.0.
  ///
  /// `Int64(exactly:)` rounds with the C library's maths functions, which are not linked.
  var wholeNumber: Int64? {
    guard self >= -0x1p63, self < 0x1p63 else { return nil }
    let whole = Int64(self)
    return Double(whole) == self ? whole : nil
  }
}
