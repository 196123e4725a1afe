internal import Favourites

/// A key sequence to bind in a shell, in zsh's notation: `^Xf`, `^[g`.
struct KeySequence: Equatable, Sendable {
  /// One key.
  enum Key: Equatable, Sendable {
    /// A letter with the Control key.
    case control(Character)
    case escape
    /// A letter or a digit.
    case plain(Character)
  }

  let keys: [Key]

  /// Keys that must keep their meaning: end of input, interrupt, complete, suspend.
  private static let taken = "CDIJMZ"

  /// Parses `^X` for Control-X, `^[` for Escape, letters and digits. The first key must not be one
  /// that is typed in text, and arrow keys, which terminals send as `^[[A` and `^[OA`, cannot be
  /// bound.
  init(_ text: String) throws(ValueError) {
    var keys: [Key] = []
    var rest = Array(text)[...]
    let refusal = ValueError("'\(text)' is not a key", hint: "such as ^G, ^Xf or ^[g")
    while let sign = rest.popFirst() {
      if sign == "^" {
        guard let letter = rest.popFirst() else { throw refusal }
        if letter == "[" {
          keys.append(.escape)
        } else if let byte = letter.asciiValue, byte.isASCIILetter {
          keys.append(.control(Character(letter.uppercased())))
        } else {
          throw refusal
        }
      } else if let byte = sign.asciiValue, byte.isASCIILetter || byte.isASCIIDigit {
        keys.append(.plain(sign))
      } else {
        throw refusal
      }
    }
    guard let first = keys.first, keys.count <= 4 else { throw refusal }
    switch first {
    case .plain:
      throw ValueError("'\(text)' starts with a letter that people type", hint: refusal.hint)
    case .control(let letter) where Self.taken.contains(letter):
      throw ValueError("^\(letter) is taken by every shell", hint: refusal.hint)
    case .escape where keys.count == 1 || keys[1] == .plain("O"):
      throw ValueError("'\(text)' is how other keys begin", hint: refusal.hint)
    case .control, .escape: break
    }
    self.keys = keys
  }

  /// The notation of readline's `bind`, for use between double quotes.
  var bash: String {
    keys.map { key in
      switch key {
      case .control(let letter): "\\C-\(letter.lowercased())"
      case .escape: "\\e"
      case .plain(let letter): String(letter)
      }
    }.joined()
  }

  /// The notation of zsh's `bindkey`.
  var zsh: String {
    keys.map { key in
      switch key {
      case .control(let letter): "^\(letter)"
      case .escape: "^["
      case .plain(let letter): String(letter)
      }
    }.joined()
  }

  /// The notation of fish's `bind`, unquoted.
  var fish: String {
    keys.map { key in
      switch key {
      case .control(let letter): "\\c\(letter.lowercased())"
      case .escape: "\\e"
      case .plain(let letter): String(letter)
      }
    }.joined()
  }
}
