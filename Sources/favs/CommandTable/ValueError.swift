/// Why a value is invalid. The parser adds the name of the option.
struct ValueError: Error, Equatable, Sendable {
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
