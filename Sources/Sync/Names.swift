package import Favourites

extension UID {
  /// Thirty-two hexadecimal digits.
  package var hex: String { bytes.hex }

  /// Parses thirty-two hexadecimal digits in lower case; nil if they are invalid.
  package init?(hex: String) {
    self.init(hexadecimal: hex.utf8)
  }

  /// Parses thirty-two hexadecimal digits in lower case, given as bytes.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for digit in digits {
      guard let value = digit.hexadecimalDigit else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(value)
    }
    self.init(high: high, low: low)
  }

  /// The category for items that have lost theirs; the smallest uid there is.
  static let inbox = UID(high: 0x7000, low: 0x8000_696e_626f_7800)

  /// The uid under which an item purged elsewhere returns: the same on every device.
  var again: UID { derived("again") }

  /// The uid of an item that an undo has separated again: the same on every device.
  var apart: UID { derived("apart") }

  /// A uid of version 8 (RFC 9562, 5.8) with the time of this one, so that it keeps its place in
  /// the order.
  private func derived(_ word: String) -> UID {
    var bytes = Array(bytes[..<6] + SHA256.hash(Array("favs:\(word):".utf8) + self.bytes)[..<10])
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    return UID(bytes: bytes) ?? self
  }
}

extension Array where Element == UInt8 {
  /// Two hexadecimal digits per byte, in lower case.
  package var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * count)
    for byte in self {
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 0xF))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Parses the form of `hex`; nil if it is invalid.
  package init?(hex: String) {
    let count = hex.utf8.count
    guard count % 2 == 0 else { return nil }
    self = []
    reserveCapacity(count / 2)
    var high: UInt8?
    for digit in hex.utf8 {
      guard let value = digit.hexadecimalDigit else { return nil }
      if let first = high {
        append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

extension UInt8 {
  /// The value of a hexadecimal digit in lower case; nil for anything else.
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}

extension Int64 {
  /// Hexadecimal digits in lower case, with leading zeros.
  func hex(digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(digits - text.utf8.count, 0)) + text
  }

  /// Parses hexadecimal digits in lower case; nil if they are invalid or out of range.
  init?(hex: String) {
    guard !hex.isEmpty,
      hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.init(hex, radix: 16)
  }
}
