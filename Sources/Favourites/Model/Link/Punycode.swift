/// Labels of host names in ASCII: `mnchen-3ya` for `münchen`.
///
/// Source: RFC 3492; the names of the variables are those of 6.2 and 6.3.
enum Punycode {
  /// What such a label begins with in a host name: RFC 5890, 2.3.2.5.
  static let mark = Array("xn--".utf8)

  /// The most characters of a label behind the mark.
  private static let longest = 59

  // The parameters of RFC 3492, 5.
  private static let (base, tMin, tMax, skew, damp) = (36, 1, 26, 38, 700)
  private static let (initialBias, initialN) = (72, 128)

  /// A label without its mark; nil if it is too long for a host name.
  static func encoded(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    guard scalars.count <= longest else { return nil }
    var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basic = output.count
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    // With so few characters nothing can overflow.
    var (n, delta, bias, handled) = (initialN, 0, initialBias, basic)
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
    return output.count <= longest ? output : nil
  }

  /// What a label without its mark stands for, in any case; nil for what `encoded(_:)` does not
  /// make.
  static func decoded(_ label: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    guard label.count <= longest else { return nil }
    let hyphen = label.lastIndex(of: UInt8(ascii: "-"))
    var output = label[..<(hyphen ?? label.startIndex)].map { Unicode.Scalar($0.loweredASCII) }
    let (basic, digits) = (output.count, label[(hyphen.map { $0 + 1 } ?? label.startIndex)...])
    var (n, i, bias, index) = (initialN, 0, initialBias, digits.startIndex)
    while index < digits.endIndex {
      let start = i
      var (weight, k) = (1, base)
      while true {
        guard index < digits.endIndex, let digit = value(ofDigit: digits[index]) else { return nil }
        index += 1
        i += digit * weight
        let threshold = threshold(k, bias)
        if digit < threshold { break }
        weight *= base - threshold
        k += base
        // No character is as far from the last: what follows is none, and must not overflow.
        guard i < 1 << 32, weight < 1 << 32 else { return nil }
      }
      let count = output.count + 1
      bias = adapted(i - start, count: count, isFirst: start == 0)
      n += i / count
      i %= count
      guard let scalar = UInt32(exactly: n).flatMap(Unicode.Scalar.init) else { return nil }
      output.insert(scalar, at: i)
      i += 1
    }
    guard output.count > basic, encoded(output) == label.map(\.loweredASCII) else { return nil }
    return output
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var (rest, k) = (delta, base)
    while true {
      let threshold = threshold(k, bias)
      guard rest >= threshold else { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      k += base
    }
    output.append(digit(rest))
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, tMin), tMax) }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
  }

  private static func value(ofDigit byte: UInt8) -> Int? {
    if byte.isASCIIDigit { return Int(byte) - 0x30 + 26 }
    return byte.isASCIILetter ? Int(byte.loweredASCII) - 0x61 : nil
  }
}
