extension Double {
  /// The same number as 64 bits, nil when it is not whole or does not fit; 0 for -0.0.
  ///
  /// `Int64(exactly:)` rounds with the C library's mathematics, which nothing here links.
  var wholeNumber: Int64? {
    guard self >= -0x1p63, self < 0x1p63 else { return nil }
    let whole = Int64(self)
    return Double(whole) == self ? whole : nil
  }
}
