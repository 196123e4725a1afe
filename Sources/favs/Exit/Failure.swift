internal import Favourites

/// What the user is told when a command cannot do what it was asked.
struct Failure: Error, Equatable, Sendable {
  let code: ExitCode
  /// What failed, in lower case and without a full stop.
  let message: String
  /// What helps.
  let hint: String?
  /// The system's `errno` behind it, for the log; nil where there is none.
  let systemError: Int32?

  init(_ code: ExitCode, _ message: String, hint: String? = nil, systemError: Int32? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.systemError = systemError
  }

  /// The two lines for a person.
  var text: String {
    let hintLine = hint.map { "hint: \(Escaping.forTerminal($0))\n" } ?? ""
    return "favs: \(Escaping.forTerminal(message))\n" + hintLine
  }

  /// The one line for a script; where it is shown on a terminal, with nothing in it that is obeyed.
  func json(isShown: Bool) -> String { isShown ? Escaping.forScreen(json) : json }

  /// The one line for a script.
  var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("error")
    json.beginObject()
    json.member("code", code.name)
    json.member("message", message)
    json.member("hint", hint)
    json.member("exit", Int64(code.rawValue))
    json.endObject()
    json.endObject()
    json.newline()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
