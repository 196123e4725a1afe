package import Favourites

extension UID {
  /// Thirty-two hexadecimal digits.
  package var hex: String { bytes.hex }

  /// Reads thirty-two hexadecimal digits in lower case; nil for anything else.
  package init?(hex: String) {
    guard hex.utf8.count == 32, let bytes = [UInt8](hex: hex) else { return nil }
    self.init(bytes: bytes)
  }

  /// The category that takes in what has none any more; the least uid there is.
  static let inbox = UID(high: 0x7000, low: 0x8000_696e_626f_7800)

  /// The uid under which a thing comes back that was emptied elsewhere: the same on every device.
  var again: UID { derived("again") }

  /// The uid of a thing that an undo made two again: the same, whoever undoes it.
  var apart: UID { derived("apart") }

  /// A uid of version 8 (RFC 9562, 5.8) with the time of this one, so that it stands where this one stood.
  private func derived(_ word: String) -> UID {
    var bytes = Array(bytes[..<6] + SHA256.hash(Array("favs:\(word):".utf8) + self.bytes)[..<10])
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    return UID(bytes: bytes) ?? self
  }
}

extension Array where Element == UInt8 {
  /// Two hexadecimal digits a byte, in lower case.
  package var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * count)
    for byte in self {
      for digit in [byte >> 4, byte & 0xF] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `hex` gives; nil for anything else.
  package init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count % 2 == 0 else { return nil }
    self = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.digit(digits[place]), let low = Self.digit(digits[place + 1]) else {
        return nil
      }
      append(high << 4 | low)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}

extension Int64 {
  /// Hexadecimal digits in lower case, with zeros in front.
  func hex(digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(digits - text.utf8.count, 0)) + text
  }

  /// Reads hexadecimal digits in lower case; nil for anything else, and for what is too great.
  init?(hex: String) {
    guard !hex.isEmpty,
      hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.init(hex, radix: 16)
  }
}
