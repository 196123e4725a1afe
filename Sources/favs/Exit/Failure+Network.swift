internal import Network

extension Failure {
  init(_ error: Curl.Failure) {
    switch error {
    case .missing:
      self.init(
        .inputOutput, "curl is not installed",
        hint: "favs requests web pages with the program curl: install it")
    case .broken(let reason): self.init(.inputOutput, "curl failed: \(reason)")
    case .host(let error): self.init(error)
    }
  }
}
