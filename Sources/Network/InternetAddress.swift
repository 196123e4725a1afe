internal import Favourites

/// An IP address, and whether it is publicly reachable.
package enum InternetAddress: Hashable, Sendable {
  /// An IPv4 address.
  case four(UInt32)
  /// An IPv6 address, as eight groups.
  case six([UInt16])

  /// Parses an address as printed by the system or as part of a URL: `192.0.2.1`, `2001:db8::1`,
  /// with or without brackets.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)
    if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
      bytes = Array(bytes.dropFirst().dropLast())
    }
    if bytes.contains(UInt8(ascii: ":")) {
      guard let groups = Self.groups(bytes[...]) else { return nil }
      self = .six(groups)
    } else {
      guard let number = Self.dotted(bytes[...]) else { return nil }
      self = .four(number)
    }
  }

  /// The canonical text, without brackets.
  package var text: String {
    switch self {
    case .four(let number):
      [24, 16, 8, 0].map { String(number >> UInt32($0) & 0xFF) }.joined(separator: ".")
    case .six(let groups): groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
  }

  /// Whether it belongs to this machine, to a private network, or to no single machine, so that no
  /// public link may lead to it.
  ///
  /// Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries, without the ranges for
  /// documentation, where there is nothing; RFC 6890; RFC 4291, 2.7.
  package var isPrivate: Bool {
    switch self {
    case .four(let number): Self.isPrivate(number)
    case .six(let groups): Self.isPrivate(groups)
    }
  }

  /// Whether it is a link-local address. No user's bookmarks lead there, but services that reveal
  /// secrets to any program on the machine have such addresses.
  package var isLinkLocal: Bool {
    switch self {
    case .four(let number): number >> 16 == 0xA9FE
    case .six(let groups):
      groups[0] & 0xFFC0 == 0xFE80
        || Self.embedded(in: groups).map { $0 >> 16 == 0xA9FE } ?? false
    }
  }

  private static func isPrivate(_ number: UInt32) -> Bool {
    ranges.contains { number >> (32 - $0.bits) == $0.first >> (32 - $0.bits) }
  }

  /// The first address of each range, and the length of its prefix in bits.
  private static let ranges: [(first: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12), (0xC000_0000, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xE000_0000, 3),
  ]

  private static func isPrivate(_ groups: [UInt16]) -> Bool {
    if let inner = embedded(in: groups) { return isPrivate(inner) }
    // Unspecified and loopback; local NAT64 prefixes; unique local; link-local and site-local;
    // multicast.
    return groups[..<7].allSatisfy { $0 == 0 } || groups.starts(with: [0x64, 0xFF9B, 1])
      || groups[0] & 0xFE00 == 0xFC00 || groups[0] & 0xFF80 == 0xFE80
      || groups[0] & 0xFF00 == 0xFF00
  }

  /// The IPv4 address that an IPv6 address stands for: mapped, translated, or 6to4.
  private static func embedded(in groups: [UInt16]) -> UInt32? {
    let last = UInt32(groups[6]) << 16 | UInt32(groups[7])
    if groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF { return last }
    if groups[..<6].allSatisfy({ $0 == 0 }), last > 1 { return last }
    if groups[..<6].elementsEqual([0x64, 0xFF9B, 0, 0, 0, 0]) { return last }
    if groups[0] == 0x2002 { return UInt32(groups[1]) << 16 | UInt32(groups[2]) }
    return nil
  }
}

extension InternetAddress {
  /// Four numbers separated by dots.
  private static func dotted(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy(\.isASCIIDigit),
        let value = UInt8(String(decoding: part, as: UTF8.self))
      else { return nil }
      number = number << 8 | UInt32(value)
    }
    return number
  }

  /// A URL's host that ends in a number, as programs that open links read it: one to four numbers,
  /// possibly octal or hexadecimal, the last of which fills the remaining bytes.
  ///
  /// - Returns: nil for a name; `.some(nil)` for a number that is not a valid address.
  ///
  /// Source: URL Living Standard, "IPv4 parser".
  static func number(inHost host: String) -> UInt32?? {
    var parts = Array(host.utf8).split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    guard let last = parts.last, isNumber(last) else { return nil }
    guard parts.count <= 4 else { return .some(nil) }
    var values: [UInt64] = []
    for part in parts {
      guard let value = value(part) else { return .some(nil) }
      values.append(value)
    }
    guard values.dropLast().allSatisfy({ $0 < 256 }), let end = values.last,
      end < UInt64(1) << UInt64(8 * (5 - values.count))
    else { return .some(nil) }
    var number = UInt32(truncatingIfNeeded: end)
    for (index, value) in values.dropLast().enumerated() {
      number |= UInt32(truncatingIfNeeded: value) << UInt32(8 * (3 - index))
    }
    return number
  }

  private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
    guard !part.isEmpty else { return false }
    return part.allSatisfy(\.isASCIIDigit) || value(part) != nil
  }

  private static func value(_ part: ArraySlice<UInt8>) -> UInt64? {
    let isHexadecimal =
      part.count >= 2 && part[part.startIndex] == 0x30
      && part[part.startIndex + 1] | 0x20 == UInt8(ascii: "x")
    let digits = isHexadecimal ? part.dropFirst(2) : part
    if digits.isEmpty { return isHexadecimal ? 0 : nil }
    let isOctal = !isHexadecimal && digits.count > 1 && digits.first == 0x30
    guard digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"), digits.count <= 18
    else { return nil }
    return UInt64(
      String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : isOctal ? 8 : 10)
  }

  /// Eight groups separated by colons, with `::` for zeros, and possibly with the last two as four
  /// decimal numbers.
  private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
    var (before, after): ([UInt16], [UInt16]?) = ([], nil)
    var rest = bytes
    if rest.starts(with: "::".utf8) {
      after = []
      rest = rest.dropFirst(2)
    } else if rest.first == UInt8(ascii: ":") {
      return nil
    }
    while !rest.isEmpty {
      let piece = rest.prefix { $0 != UInt8(ascii: ":") }
      rest = rest.dropFirst(piece.count)
      var new: [UInt16] = []
      if piece.contains(UInt8(ascii: ".")) {
        guard rest.isEmpty, let number = dotted(piece) else { return nil }
        new = [UInt16(truncatingIfNeeded: number >> 16), UInt16(truncatingIfNeeded: number)]
      } else {
        guard (1...4).contains(piece.count), piece.first != UInt8(ascii: "+"),
          let group = UInt16(String(decoding: piece, as: UTF8.self), radix: 16)
        else { return nil }
        new = [group]
      }
      if after == nil { before += new } else { after?.append(contentsOf: new) }
      guard !rest.isEmpty else { break }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") {
        guard after == nil else { return nil }
        after = []
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    let count = before.count + (after?.count ?? 0)
    guard after == nil ? count == 8 : count < 8 else { return nil }
    return before + Array(repeating: 0, count: 8 - count) + (after ?? [])
  }
}
