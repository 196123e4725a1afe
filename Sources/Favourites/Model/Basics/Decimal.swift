extension [UInt8] {
  /// Appends a non-negative number in decimal, padded with zeros to `width` digits.
  mutating func append(decimal value: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: rest / divisor % 10))
      rest %= divisor
      divisor /= 10
    }
  }
}
