internal import CHost

/// The error that the last call of the system left.
var errno: Int32 {
  get { favs_errno() }
  set { favs_set_errno(newValue) }
}

/// The one way a call of the system is made and its failure becomes an error.
enum SystemCall {
  /// Runs `body` until no signal interrupts it; -1 becomes an error.
  ///
  /// A path with a NUL in it is refused here, because C would silently use what stands before it.
  @discardableResult
  static func run<Result: SignedInteger>(
    _ call: String, on path: String? = nil, _ body: () -> Result
  ) throws(HostError) -> Result {
    if let path, path.utf8.contains(0) { throw HostError(call: call, path: path, code: EINVAL) }
    while true {
      let result = body()
      if result != -1 { return result }
      let code = errno
      if code != EINTR { throw HostError(call: call, path: path, code: code) }
    }
  }
}
