/// The clipboard of the machine that shows the terminal, even through SSH or a multiplexer.
enum Clipboard {
  /// The longest text that terminals accept, in bytes: xterm's limit.
  static let longest = 74_994

  /// The OSC 52 sequence that puts a text into the terminal's clipboard; nil if the text is too
  /// long.
  ///
  /// Source: XTerm Control Sequences, "Operating System Commands", Ps = 5 2.
  static func sequence(for text: String) -> String? {
    guard text.utf8.count <= longest else { return nil }
    return "\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}"
  }

  /// Base64, RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = group + [0, 0].prefix(3 - group.count)
      let value = padded.reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 {
        text.append(
          place <= group.count ? letters[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
