extension Sniff {
  /// The name of the root element in lower case, if the file is XML or HTML; nil if none is found.
  var rootElement: String? {
    var rest = text[...]
    while rest.first == UInt8(ascii: "<") {
      let body = rest.dropFirst()
      if body.starts(with: "!--".utf8) {
        rest = Self.behind("-->", in: body)
      } else if body.first == UInt8(ascii: "?") {
        rest = Self.behind("?>", in: body)
      } else if body.first == UInt8(ascii: "!") {
        rest = Self.behindDeclaration(body)
      } else {
        let name = body.prefix { !MarkupScanner.endsName($0) }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
      }
      rest = rest.drop(while: MarkupScanner.isSpace)
    }
    return nil
  }

  private static func behind(_ end: String, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = Array(end.utf8)
    var rest = bytes
    while !rest.isEmpty, !rest.starts(with: end) { rest = rest.dropFirst() }
    return rest.dropFirst(end.count)
  }

  /// The text after a declaration, which may contain texts in quotes, and more between brackets.
  private static func behindDeclaration(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var isInside = false
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): rest = rest.drop { $0 != byte }.dropFirst()
      case UInt8(ascii: "<") where rest.starts(with: "!--".utf8): rest = behind("-->", in: rest)
      case UInt8(ascii: "<") where rest.first == UInt8(ascii: "?"): rest = behind("?>", in: rest)
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"): isInside = false
      case UInt8(ascii: ">") where !isInside: return rest
      default: continue
      }
    }
    return rest
  }
}
