/// The name of a host in the form used to look it up: lower case, in ASCII.
///
/// Sources: RFC 3986, 3.2.2; Unicode Technical Standard 46, 4 and 5, as browsers take it (letters
/// such as `ß` stay what they are); RFC 3492 for Punycode.
package enum HostName {
  /// The ASCII form of a host in a URL; a label that has none keeps its letters, percent-encoded.
  package static func ascii(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) {
      return bytes.map(\.loweredASCII)
    }
    let decoded = decoded(bytes)
    // Bytes that are not text are compared as they are.
    let text = String(decoding: decoded, as: UTF8.self)
    guard text.utf8.elementsEqual(decoded) else { return LinkKey.escaped(decoded[...]) }
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let mapped = mapped(scalar) else { continue }
      name += mapped.properties.lowercaseMapping.unicodeScalars
    }
    let labels = String(name).composed.unicodeScalars
      .split(separator: ".", omittingEmptySubsequences: false)
    return Array(labels.map { label(Array($0)) }.joined(separator: [UInt8(ascii: ".")]))
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "%"), let value = PercentEncoding.byte(of: bytes[index...]) {
        result.append(value)
        index += 2
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// The mapping of a character in a host name; nil if it is ignored.
  private static func mapped(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x3002, 0xFF0E, 0xFF61: "."
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xAD, 0x200B, 0x2060, 0xFEFF: nil
    default: scalar
    }
  }

  private static func label(_ scalars: [Unicode.Scalar]) -> [UInt8] {
    let letters = Array(String(String.UnicodeScalarView(scalars)).utf8)
    guard scalars.contains(where: { !$0.isASCII }) else { return LinkKey.escaped(letters[...]) }
    guard let code = punycode(scalars) else { return LinkKey.escaped(letters[...]) }
    return Array("xn--".utf8) + code
  }

  /// A label in Punycode; nil if it exceeds the limit of 63 characters.
  static func punycode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    guard scalars.count < 60 else { return nil }
    var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basic = output.count
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    // The names are from RFC 3492, 6.3; with so few characters nothing can overflow.
    var (n, delta, bias, handled) = (128, 0, 72, basic)
    while handled < scalars.count {
      guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= n }).min() else { break }
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in scalars {
        let value = Int(scalar.value)
        if value < n { delta += 1 }
        guard value == n else { continue }
        append(delta, bias, to: &output)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return output.count <= 59 ? output : nil
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var (rest, k) = (delta, 36)
    while true {
      let threshold = min(max(k - bias, 1), 26)
      guard rest >= threshold else { break }
      output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      k += 36
    }
    output.append(digit(rest))
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
  }
}
