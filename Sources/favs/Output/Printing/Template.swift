/// A text with names of fields in braces: `{id}\t{title}\n`. `{{` and `}}` stand for braces.
struct Template: Equatable, Sendable {
  /// A part of a template.
  enum Part: Equatable, Sendable {
    case text(String)
    case field(String)
  }

  let parts: [Part]

  /// Parses a template. `\n`, `\t`, `\0` and `\\` have the same meaning as in C.
  init(_ source: String) throws(ValueError) {
    var parts: [Part] = []
    var text = String.UnicodeScalarView()
    var scalars = source.unicodeScalars[...]
    func flush() {
      if !text.isEmpty { parts.append(.text(String(text))) }
      text = String.UnicodeScalarView()
    }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\\":
        switch scalars.popFirst() {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        case "0": text.append("\0")
        case "\\": text.append("\\")
        case let other: throw ValueError("unknown escape '\\\(other.map { String($0) } ?? "")'")
        }
      case "{" where scalars.first == "{", "}" where scalars.first == "}":
        scalars.removeFirst()
        text.append(scalar)
      case "{":
        guard let end = scalars.firstIndex(of: "}") else {
          throw ValueError("a '{' without a '}'")
        }
        flush()
        parts.append(.field(String(scalars[..<end])))
        scalars = scalars[scalars.index(after: end)...]
      case "}": throw ValueError("a '}' without a '{'")
      default: text.append(scalar)
      }
    }
    flush()
    self.parts = parts
  }

  /// The names of its fields.
  var fields: [String] {
    parts.compactMap { part in
      if case .field(let name) = part { name } else { nil }
    }
  }

  /// The text with a value in place of each field.
  ///
  /// Values are escaped as in TSV, so that no stored text can be mistaken for another row or field.
  /// Only if each text ends with NUL, which no value contains, are values unchanged.
  func filled(endsWithNUL: Bool, by value: (String) -> String) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .field(let name): result += endsWithNUL ? value(name) : Escaping.forTSV(value(name))
      }
    }
    return endsWithNUL ? result + "\0" : result
  }
}
