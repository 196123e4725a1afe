internal import Favourites

/// The error message of a command.
struct Failure: Error, Equatable, Sendable {
  let code: ExitCode
  /// The message, in lower case and without a full stop.
  let message: String
  /// Advice on what to do.
  let hint: String?
  /// The underlying `errno`, for the log; nil if there is none.
  let systemError: Int32?

  init(_ code: ExitCode, _ message: String, hint: String? = nil, systemError: Int32? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.systemError = systemError
  }

  /// The message for a person, in up to two lines.
  var text: String {
    let hintLine = hint.map { "hint: \(Escaping.forTerminal($0))\n" } ?? ""
    return "favs: \(Escaping.forTerminal(message))\n" + hintLine
  }

  /// The message for a script, in one line; escaped if it is shown on a terminal.
  func json(isShown: Bool) -> String { isShown ? Escaping.forScreen(json) : json }

  /// The message for a script, in one line.
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
