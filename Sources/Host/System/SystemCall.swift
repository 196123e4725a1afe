internal import CHost

/// The error of the last system call.
var errno: Int32 {
  get { favs_errno() }
  set { favs_set_errno(newValue) }
}

/// The only way system calls are made and their failures become errors.
enum SystemCall {
  /// Runs `body`, retrying while signals interrupt it; -1 becomes an error.
  ///
  /// Refuses a path with a NUL, because C would silently use the part before it.
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
