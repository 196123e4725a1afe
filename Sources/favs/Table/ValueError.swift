/// Why a value was refused, without the name of its option, which the parser adds.
struct ValueError: Error, Equatable, Sendable {
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
