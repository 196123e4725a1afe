// Decodes bytes from a terminal: one key at a time, from its first byte on.

extension KeyDecoder {
  /// The result of decoding some bytes.
  enum Decoded: Equatable {
    case key(Key)
    case pasteBegins
    /// Nothing known.
    case nothing
  }

  private static let escape: UInt8 = 0x1B

  /// The key at the beginning of the bytes, and its length; nil if more bytes are needed.
  static func key(in bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    guard let first = bytes.first else { return nil }
    if first == escape { return afterEscape(bytes) }
    if first < 0x20 || first == 0x7F { return (.key(control(first)), 1) }
    if first < 0x80 { return (.key(.character(Unicode.Scalar(first))), 1) }
    return character(bytes)
  }

  private static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x0D: .named(.enter)
    case 0x09: .named(.tab)
    case 0x08, 0x7F: .named(.backspace)
    case 0x1B: .named(.escape)
    default: .control(Unicode.Scalar(byte < 0x1B && byte > 0 ? byte | 0x60 : byte | 0x40))
    }
  }

  /// Decodes a UTF-8 character; invalid bytes are skipped one by one.
  private static func character(_ bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    let length: Int
    switch bytes.first ?? 0 {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return (.nothing, 1)
    }
    let unit = bytes.prefix(length)
    guard unit.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return (.nothing, 1) }
    guard unit.count == length else { return nil }
    guard let text = String(validating: unit, as: UTF8.self), let scalar = text.unicodeScalars.first
    else { return (.nothing, 1) }
    // The C1 controls are never typed.
    guard scalar.value >= 0xA0 else { return (.nothing, length) }
    return (.key(.character(scalar)), length)
  }

  private static func afterEscape(_ bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    guard let second = bytes.dropFirst().first else { return nil }
    switch second {
    case UInt8(ascii: "["): return controlSequence(bytes)
    case UInt8(ascii: "O"): return singleShift(bytes)
    case escape:
      // Alt and a key that is itself a sequence, as rxvt sends it.
      guard let third = bytes.dropFirst(2).first else { return nil }
      guard third == UInt8(ascii: "[") || third == UInt8(ascii: "O") else {
        return (.key(.named(.escape)), 1)
      }
      guard let (decoded, length) = afterEscape(bytes.dropFirst()) else { return nil }
      // A terminal's reply may follow a typed Escape.
      guard case .key(.named(let name, let modifiers)) = decoded, length <= longestSequence else {
        return (.key(.named(.escape)), 1)
      }
      return (.key(.named(name, modifiers.union(.alt))), length + 1)
    case _ where beginsString(second): return controlString(bytes)
    default:
      guard let (decoded, length) = key(in: bytes.dropFirst()) else { return nil }
      return (withAlt(decoded), length + 1)
    }
  }

  private static func withAlt(_ decoded: Decoded) -> Decoded {
    switch decoded {
    case .key(.character(let scalar)): .key(.alt(scalar))
    case .key(.named(let name, let modifiers)): .key(.named(name, modifiers.union(.alt)))
    default: .nothing
    }
  }

  /// Whether Escape and this byte begin a control string: OSC, DCS, SOS, PM, APC.
  static func beginsString(_ byte: UInt8) -> Bool { "]PX^_".utf8.contains(byte) }

  /// Decodes a control string, which is never typed: skipped to its end, BEL or the string
  /// terminator.
  private static func controlString(_ bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    var index = bytes.startIndex + 2
    while index < bytes.endIndex {
      let length = index - bytes.startIndex
      if bytes[index] == 0x07 { return (.nothing, length + 1) }
      if bytes[index] == escape {
        guard index + 1 < bytes.endIndex else { return nil }
        return (.nothing, bytes[index + 1] == UInt8(ascii: "\\") ? length + 2 : length)
      }
      index += 1
    }
    return nil
  }

  private static func singleShift(_ bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    guard let third = bytes.dropFirst(2).first else { return nil }
    guard third >= 0x40, third < 0x7F else { return (.nothing, 2) }
    if third == UInt8(ascii: "M") { return (.key(.named(.enter)), 3) }
    return (named(final: third).map { .key(.named($0)) } ?? .nothing, 3)
  }

  private static func controlSequence(_ bytes: ArraySlice<UInt8>) -> (Decoded, length: Int)? {
    let body = bytes.dropFirst(2)
    // The Linux console sends F1 to F5 as two brackets and a letter.
    if body.first == UInt8(ascii: "[") {
      guard let letter = body.dropFirst().first else { return nil }
      let isFunction = (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter)
      return (isFunction ? .key(.named(.function(Int(letter) - 0x40))) : .nothing, 4)
    }
    guard let end = body.firstIndex(where: { $0 < 0x20 || $0 >= 0x40 }) else { return nil }
    let final = body[end]
    // A control character or non-ASCII byte within a sequence: it was not a sequence.
    guard final >= 0x40, final < 0x7F else { return (.nothing, end - bytes.startIndex) }
    let parameters = body[..<end]
    let length = end - bytes.startIndex + 1
    guard parameters.allSatisfy({ $0 >= 0x30 && $0 <= 0x3B }) else { return (.nothing, length) }
    return (meaning(of: numbers(in: parameters), final), length)
  }

  /// The numbers of a sequence, 0 for one left out; only as many as have a meaning.
  private static func numbers(in parameters: ArraySlice<UInt8>) -> [Int] {
    parameters.split(
      separator: UInt8(ascii: ";"), maxSplits: 4, omittingEmptySubsequences: false
    ).map { part in
      let digits = part.prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(7)
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
  }

  private static func meaning(of numbers: [Int], _ final: UInt8) -> Decoded {
    let first = numbers.first ?? 0
    let second = numbers.count > 1 ? numbers[1] : 1
    let modifiers = Key.Modifiers(rawValue: max(0, second - 1) & 7)
    switch final {
    case UInt8(ascii: "R") where numbers.count == 2:
      return .key(.position(row: max(1, first), column: max(1, second)))
    case UInt8(ascii: "Z"): return .key(.named(.tab, modifiers.union(.shift)))
    case UInt8(ascii: "u"): return typed(first, modifiers)
    case UInt8(ascii: "~") where first == 200: return .pasteBegins
    case UInt8(ascii: "~") where first == 27 && numbers.count > 2:
      return typed(numbers[2], modifiers)
    case UInt8(ascii: "~"):
      return named(number: first).map { .key(.named($0, modifiers)) } ?? .nothing
    default: return named(final: final).map { .key(.named($0, modifiers)) } ?? .nothing
    }
  }

  /// A key identified by the character that it types.
  private static func typed(_ value: Int, _ modifiers: Key.Modifiers) -> Decoded {
    guard let scalar = Unicode.Scalar(UInt32(clamping: value)) else { return .nothing }
    if scalar.value < 0x20 || scalar.value == 0x7F {
      guard case .named(let name, _) = control(UInt8(scalar.value)) else { return .nothing }
      return .key(.named(name, modifiers))
    }
    // The C1 controls are never typed; nor are keys without a Unicode character.
    guard !(0x7F...0x9F).contains(scalar.value), !(0xE000...0xF8FF).contains(scalar.value) else {
      return .nothing
    }
    if modifiers.contains(.control) {
      return .key(.control(scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar))
    }
    return .key(modifiers.contains(.alt) ? .alt(scalar) : .character(scalar))
  }

  private static func named(final: UInt8) -> Key.Name? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
    default: nil
    }
  }

  private static func named(number: Int) -> Key.Name? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
