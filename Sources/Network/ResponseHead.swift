/// The header fields of a response.
package struct ResponseHead: Equatable, Sendable {
  /// The fields of interest, with names in lower case.
  private var fields: [String: [UInt8]] = [:]

  package init() {}

  /// The fields to keep; all others are skipped.
  private static let known: Set<String> = [
    "location", "content-type", "content-disposition", "etag", "retry-after", "set-cookie",
    "cf-mitigated", "server", "x-amzn-waf-action", "link",
  ]

  /// The value of a field as text; the first one if it is repeated.
  package subscript(name: String) -> String? {
    fields[name].map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a field.
  package func bytes(_ name: String) -> [UInt8]? { fields[name] }

  /// The content type without parameters, in lower case; empty if there is none.
  package var contentType: String {
    let value = fields["content-type"] ?? []
    let type = value.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
    return String(decoding: type.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
  }

  /// The encoding in the content type, in lower case.
  package var charset: String? {
    guard let value = fields["content-type"] else { return nil }
    for piece in value.split(separator: UInt8(ascii: ";")).dropFirst() {
      let sides = piece.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard sides.count == 2 else { continue }
      let name = String(decoding: sides[0].filter { $0 > 0x20 }, as: UTF8.self).lowercased()
      guard name == "charset" else { continue }
      let label = sides[1].filter { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 < 0x7F }
      return label.isEmpty ? nil : String(decoding: label.prefix(40), as: UTF8.self).lowercased()
    }
    return nil
  }

  /// A response as curl writes it: its head, whether that is complete, and the position of the
  /// body.
  struct Start {
    var head = ResponseHead()
    var isWhole = false
    var bodyStart = 0
    fileprivate var status = 0
  }

  /// Parses the head of a response. Skips interim responses before it.
  static func read(_ bytes: [UInt8]) -> Start {
    var start = Start()
    while bytes[start.bodyStart...].starts(with: "HTTP/".utf8) {
      start = block(bytes, from: start.bodyStart)
      guard (100..<200).contains(start.status), start.status != 101 else { break }
    }
    return start
  }

  private static func block(_ bytes: [UInt8], from start: Int) -> Start {
    var head = ResponseHead()
    var status = 0
    var position = start
    var (isFirst, isWhole) = (true, false)
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      var line = bytes[position..<end]
      if line.last == 0x0D { line.removeLast() }
      position = min(end + 1, bytes.count)
      if isFirst {
        status =
          Int(String(decoding: line.drop { $0 != 0x20 }.dropFirst().prefix(3), as: UTF8.self)) ?? 0
        isFirst = false
      } else if line.isEmpty {
        isWhole = true
        break
      } else {
        head.take(line)
      }
    }
    return Start(head: head, isWhole: isWhole, bodyStart: position, status: status)
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex <= 40 else {
      return
    }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    guard Self.known.contains(name), fields[name] == nil else { return }
    var value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
    guard value.count <= Self.longest else { return }
    fields[name] = Array(value)
  }

  /// The longest value to keep, in bytes: as long as a URL may be.
  private static let longest = 65_536
}
