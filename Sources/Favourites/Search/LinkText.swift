/// The text that the index has of a link, and the origin of each of its bytes.
struct LinkText {
  let text: String
  /// For each byte of the text, the bytes of the link that it stands for.
  private let origins: [Range<Int>]

  init(_ link: String) {
    let bytes = SearchText.wordBytes(ofURL: Array(link.utf8))
    var decoded: [UInt8] = []
    var origins: [Range<Int>] = []
    PercentEncoding.forEachDecoded(bytes[...]) { byte, origin in
      decoded.append(byte)
      origins.append(origin)
    }
    let text = String(decoding: decoded, as: UTF8.self)
    // What is no UTF-8 has another length once it is text.
    let isText = text.utf8.count == decoded.count
    self.text = isText ? text : String(decoding: bytes, as: UTF8.self)
    self.origins = isText ? origins : bytes.indices.map { $0..<($0 + 1) }
  }

  /// The bytes of the link that a range of bytes of the text stands for.
  func origin(of range: Range<Int>) -> Range<Int> {
    guard let last = range.last else { return 0..<0 }
    return origins[range.lowerBound].lowerBound..<origins[last].upperBound
  }
}
