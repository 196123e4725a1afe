/// Folds texts in which a part is looked for: like the words of the index, without case, accents
/// and marks.
final class PartFolding {
  /// The folded forms of the characters met so far, by their number; empty until one is met.
  private var known: [[UInt8]?] = []

  /// The folded form of a text in UTF-8.
  func folded(_ text: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      // Most of it is ASCII.
      if text[place] < 0x80 {
        folded.append(text[place].loweredASCII)
        place += 1
        continue
      }
      let end = text[place...].firstIndex { $0 < 0x80 } ?? text.count
      for scalar in String(decoding: text[place..<end], as: UTF8.self).unicodeScalars {
        folded += Self.isPlain(scalar) ? Array(String(scalar).utf8) : form(of: scalar)
      }
      place = end
    }
    return folded
  }

  /// The folded forms of what is in a list of tags or in metadata, with zeros between them.
  func values(of json: [UInt8]) -> [UInt8] {
    let text = String(decoding: json, as: UTF8.self)
    let isList = json.first == UInt8(ascii: "[")
    let values =
      isList ? JSONText.strings(text) : Metadata(stored: text).entries.map(\.value.text)
    return Array(values.map { folded(Array($0.utf8)) }.joined(separator: [0]))
  }

  private func form(of scalar: Unicode.Scalar) -> [UInt8] {
    if known.isEmpty { known = [[UInt8]?](repeating: nil, count: 1 << 16) }
    let number = Int(scalar.value)
    if number < known.count, let form = known[number] { return form }
    let form = Array(String(LetterFolding.folded(scalar)).utf8)
    if number < known.count { known[number] = form }
    return form
  }

  /// The form in which a part is looked for: the part as it stands where nothing is left of it.
  func folded(part: String) -> String {
    let composed = part.composed
    let folded = folded(Array(composed.utf8))
    return folded.isEmpty ? composed : String(decoding: folded, as: UTF8.self)
  }

  /// Whether a character is one of the many that have no other form: Han and Hangul.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
