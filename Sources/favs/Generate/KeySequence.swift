internal import Favourites

/// Keys that a shell is to bind, as zsh writes them: `^Xf`, `^[g`.
struct KeySequence: Equatable, Sendable {
  /// One key of it.
  enum Key: Equatable, Sendable {
    /// A letter with Control.
    case control(Character)
    case escape
    /// A letter or a digit.
    case plain(Character)
  }

  let keys: [Key]

  /// What no person wants to lose, whatever is bound to it: to end, to interrupt, to complete, to go to sleep.
  private static let taken = "CDIJMZ"

  /// Reads `^X` for Control and X, `^[` for Escape, letters and digits. The first key is no letter that could be typed,
  /// and arrow keys, which terminals send as `^[[A` and `^[OA`, are never taken.
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

  /// As readline's `bind` takes it, between double quotes.
  var bash: String {
    keys.map { key in
      switch key {
      case .control(let letter): "\\C-\(letter.lowercased())"
      case .escape: "\\e"
      case .plain(let letter): String(letter)
      }
    }.joined()
  }

  /// As zsh's `bindkey` takes it.
  var zsh: String {
    keys.map { key in
      switch key {
      case .control(let letter): "^\(letter)"
      case .escape: "^["
      case .plain(let letter): String(letter)
      }
    }.joined()
  }

  /// As fish's `bind` takes it, without quotes.
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
