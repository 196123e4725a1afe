/// Case conversion of single characters.
enum Folding {
  /// The lower-case form of a letter; other characters unchanged.
  static func folded(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return (0x41...0x5A).contains(value) ? value | 0x20 : value }
    return single(value) { $0.properties.lowercaseMapping }
  }

  /// The upper-case form of a letter; other characters unchanged.
  static func raised(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return (0x61...0x7A).contains(value) ? value & 0x5F : value }
    return single(value) { $0.properties.uppercaseMapping }
  }

  private static func single(_ value: UInt32, _ map: (Unicode.Scalar) -> String) -> UInt32 {
    guard let scalar = Unicode.Scalar(value), scalar.properties.isCased else { return value }
    let mapped = map(scalar).unicodeScalars
    return mapped.count == 1 ? mapped.first?.value ?? value : value
  }
}
