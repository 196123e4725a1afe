internal import Favourites

/// Parses tags in a single text.
enum TagList {
  /// Parses `a, b`, `a;b`, `a|b`, and lists such as `["a","b"]` and `['a', 'b']`.
  static func tags(in text: String) -> [String] {
    let text = text.trimmed
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") {
      return quoted(text)
    }
    for separator: Unicode.Scalar in [",", ";", "|"]
    where text.unicodeScalars.contains(separator) {
      return clean(text.unicodeScalars.split(separator: separator).map(String.init))
    }
    return clean([text])
  }

  /// Parses `a "b c"`: tags separated by spaces, quoted if they contain any.
  static func spaced(_ text: String) -> [String] {
    var names: [String] = []
    var name = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        isQuoted.toggle()
      } else if scalar.isWhitespace, !isQuoted {
        names.append(String(name))
        name = String.UnicodeScalarView()
      } else {
        name.append(scalar)
      }
    }
    return clean(names + [String(name)])
  }

  /// Parses the strings of a list in JSON or Python notation; unquoted text is split at commas.
  private static func quoted(_ text: String) -> [String] {
    if case .array(let values)? = try? JSONValue.parse(Array(text.utf8)) {
      return clean(
        values.compactMap { value in
          if case .string(let text) = value { return text }
          return nil
        })
    }
    var names: [String] = []
    var name = String.UnicodeScalarView()
    var quote: Unicode.Scalar?
    var isEscaped = false
    for scalar in text.unicodeScalars.dropFirst().dropLast() {
      if isEscaped {
        name.append(scalar)
        isEscaped = false
      } else if scalar == "\\", quote != nil {
        isEscaped = true
      } else if let open = quote {
        if scalar == open { quote = nil } else { name.append(scalar) }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if scalar == "," {
        names.append(String(name))
        name = String.UnicodeScalarView()
      } else {
        name.append(scalar)
      }
    }
    return clean(names + [String(name)])
  }

  private static func clean(_ names: [String]) -> [String] {
    names.map(\.trimmed).filter { !$0.isEmpty }
  }
}
